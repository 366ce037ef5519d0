"""How far a WhatsApp message has come."""

from functools import cache
from typing import Any

from rest_framework import serializers

from support.api.fields import TextOrNullField, UtcDateTimeField
from whatsapp.models import Message
from whatsapp.models.message import Status

OUTGOING = [
    (status.value, status.label)
    for status in Status
    if status not in (Status.WAITING, Status.HANDLED)
]


class DeliverySerializer(serializers.Serializer[Message]):
    """The ticks of a message to the student; all null for one that did not go to WhatsApp.

    `accepted` means taken by WhatsApp and no more; `uncertain` that its answer never came;
    `expired` that the 24 hours were over before it could go.
    """

    status = serializers.ChoiceField(choices=OUTGOING, allow_null=True)
    error = TextOrNullField(help_text="Why it failed, in plain words.")
    sent_at = UtcDateTimeField(allow_null=True)
    delivered_at = UtcDateTimeField(allow_null=True)
    read_at = UtcDateTimeField(allow_null=True)

    def to_representation(self, instance: Message | None) -> dict[str, Any]:
        if instance is None or instance.is_inbound:
            return dict.fromkeys(self.fields)
        return super().to_representation(instance)


def delivery_of(wire: Message | None) -> dict[str, Any]:
    return _serializer().to_representation(wire)


@cache
def _serializer() -> DeliverySerializer:
    """One for all: making its fields takes longer than using them, and it keeps no state."""
    return DeliverySerializer()
