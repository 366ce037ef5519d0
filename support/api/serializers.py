"""Tickets and their threads as integrators read them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from support.api.delivery import DeliverySerializer, delivery_of
from support.api.fields import UtcDateTimeField
from support.api.paging import PageSerializer
from support.api.ticket_fields import TicketSerializer
from support.models import (
    EventKind,
    Rating,
    SenderType,
    SupportMessage,
    SupportTicket,
    TicketEvent,
)
from whatsapp.kinds import Kind
from whatsapp.models import Media

SHOWN_SENDERS = [sender for sender in SenderType if sender != SenderType.NOTE]


class TicketMessageSerializer(serializers.ModelSerializer[SupportMessage]):
    """One bubble of the thread. Needs `wire` loaded."""

    sender_type = serializers.ChoiceField(choices=SHOWN_SENDERS)
    created_at = UtcDateTimeField()
    delivery = serializers.SerializerMethodField()

    class Meta:
        model = SupportMessage
        fields = [
            "id",
            "ticket_id",
            "sender_type",
            "sender_name",
            "message",
            "created_at",
            "delivery",
        ]
        read_only_fields = fields

    @extend_schema_field(DeliverySerializer)
    def get_delivery(self, bubble: SupportMessage) -> dict[str, Any]:
        return delivery_of(bubble.wire)


class MediaSerializer(serializers.Serializer[Media]):
    """A file. `url` is null until it is stored, and for good if it could not be fetched."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    mime_type = serializers.CharField(help_text="Found from the bytes.")
    size = serializers.IntegerField(help_text="Bytes.")
    state = serializers.ChoiceField(choices=Media.State.choices)
    url = serializers.SerializerMethodField(help_text="Where the bytes are, for the same token.")

    def get_url(self, media: Media) -> str | None:
        is_stored = media.state == Media.State.STORED
        return reverse("api-media", args=[media.pk]) if is_stored else None


class ThreadMessageSerializer(TicketMessageSerializer):
    """Needs `wire__media` and `wire__reply_to__support_message` loaded."""

    kind = serializers.SerializerMethodField(help_text="text, image, audio, …")
    media = MediaSerializer(source="wire.media", allow_null=True)
    quoted_message_id = serializers.SerializerMethodField(
        help_text="The message of a ticket that it answers."
    )

    class Meta(TicketMessageSerializer.Meta):
        fields = [*TicketMessageSerializer.Meta.fields, "kind", "media", "quoted_message_id"]
        read_only_fields = fields

    def get_kind(self, bubble: SupportMessage) -> str:
        return bubble.wire.kind if bubble.wire else Kind.TEXT.value

    def get_quoted_message_id(self, bubble: SupportMessage) -> int | None:
        quoted = bubble.wire and bubble.wire.reply_to
        found = getattr(quoted, "support_message", None)
        return found.pk if found else None


class ThreadPageSerializer(PageSerializer):
    messages = ThreadMessageSerializer(many=True)


class TicketWithMessagesSerializer(TicketSerializer):
    """`messages` are the newest of the thread, oldest first; internal notes are not among them."""

    messages = ThreadMessageSerializer(many=True, source="newest")  # of `threads.with_newest`
    messages_next = serializers.CharField(
        allow_null=True,
        help_text="If there are older messages: the `cursor` for the ticket's `/messages`.",
    )

    class Meta(TicketSerializer.Meta):
        fields = [*TicketSerializer.Meta.fields, "contact_id", "messages", "messages_next"]
        read_only_fields = fields


class NoteSerializer(serializers.ModelSerializer[SupportMessage]):
    """Something for the team only."""

    created_at = UtcDateTimeField()

    class Meta:
        model = SupportMessage
        fields = ["id", "ticket_id", "sender_name", "message", "created_at"]
        read_only_fields = fields


class NotePageSerializer(PageSerializer):
    notes = NoteSerializer(many=True)


class TicketEventSerializer(serializers.ModelSerializer[TicketEvent]):
    """One act on a ticket."""

    kind = serializers.ChoiceField(choices=EventKind.choices)
    actor_id = serializers.IntegerField(allow_null=True, help_text="Null: the student or the bot.")
    created_at = UtcDateTimeField()

    class Meta:
        model = TicketEvent
        fields = ["id", "kind", "actor_id", "actor_name", "before", "after", "created_at"]
        read_only_fields = fields


class TicketEventPageSerializer(PageSerializer):
    events = TicketEventSerializer(many=True)


class RatedSerializer(serializers.ModelSerializer[SupportTicket]):
    """What a student thought of a chat."""

    ticket_id = serializers.IntegerField(source="pk")
    rating = serializers.ChoiceField(choices=Rating.choices)
    comment = serializers.CharField(source="rating_comment")
    closed_at = UtcDateTimeField(allow_null=True)

    class Meta:
        model = SupportTicket
        fields = [
            "ticket_id",
            "contact_id",
            "rating",
            "comment",
            "assigned_admin_id",
            "closed_at",
        ]
        read_only_fields = fields
        extra_kwargs = {"assigned_admin_id": {"allow_null": True}}


class RatingPageSerializer(PageSerializer):
    ratings = RatedSerializer(many=True)


class TicketListSerializer(PageSerializer):
    tickets = TicketSerializer(many=True)


class NotificationsSerializer(serializers.Serializer[Any]):
    open_tickets = serializers.IntegerField()
    in_progress_tickets = serializers.IntegerField()
    unassigned_tickets = serializers.IntegerField(help_text="Open or in progress, with nobody.")
    has_alerts = serializers.BooleanField(help_text="Somebody waits for a first answer.")
