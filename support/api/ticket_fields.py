"""A ticket as integrators read it, in answers and in events. It imports little: services use it."""

from rest_framework import serializers

from support.api.fields import HELP_ON_NUMBERS, TextOrNullField, UtcDateTimeField
from support.models import SupportTicket


class TicketSerializer(serializers.ModelSerializer[SupportTicket]):
    """Needs `category` loaded."""

    phone_number = TextOrNullField(help_text=HELP_ON_NUMBERS)
    category = TextOrNullField(help_text="Name of the category.")
    created_at = UtcDateTimeField()
    updated_at = UtcDateTimeField()
    resolved_at = UtcDateTimeField(allow_null=True)

    class Meta:
        model = SupportTicket
        fields = [
            "id",
            "phone_number",
            "sender_name",
            "student_id",
            "issue_description",
            "status",
            "priority",
            "assigned_admin_id",
            "category",
            "created_at",
            "updated_at",
            "resolved_at",
        ]
        extra_kwargs = {"assigned_admin_id": {"allow_null": True}}
        read_only_fields = fields
