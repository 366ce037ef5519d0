"""Conversations as integrators read them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from conversations.api.finding import Row
from conversations.states import State
from support.api.delivery import OUTGOING, DeliverySerializer, delivery_of
from support.api.fields import HELP_ON_NUMBERS, TextOrNullField, UtcDateTimeField
from support.api.paging import PageSerializer
from support.api.serializers import MediaSerializer
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Direction, Status

DIRECTIONS = {Direction.INBOUND: "inbound", Direction.OUTBOUND: "outbound"}
STATES = [state.value for state in State]
AUTHORS = {Author.CONTACT: "student", Author.BOT: "bot", Author.AGENT: "agent"}


class ContactSerializer(serializers.Serializer[Contact]):
    """Needs `student` loaded."""

    id = serializers.IntegerField()
    name = serializers.SerializerMethodField(help_text="As registered, else as on WhatsApp.")
    phone_number = TextOrNullField(source="phone", help_text=HELP_ON_NUMBERS)
    registered = serializers.SerializerMethodField()
    student_id = serializers.SerializerMethodField()

    def get_name(self, contact: Contact) -> str:
        student = getattr(contact, "student", None)
        return student.name if student else contact.name

    def get_registered(self, contact: Contact) -> bool:
        return hasattr(contact, "student")

    def get_student_id(self, contact: Contact) -> int | None:
        student = getattr(contact, "student", None)
        return student.pk if student else None


class DirectionField(serializers.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=list(DIRECTIONS.values()), read_only=True, **options)

    def to_representation(self, value: Any) -> str:
        return DIRECTIONS[value]


class LastMessageSerializer(serializers.Serializer[Message]):
    id = serializers.IntegerField()
    direction = DirectionField()
    kind = serializers.CharField(help_text="text, image, audio, …")
    text = serializers.CharField()
    created_at = UtcDateTimeField(source="occurred_at")
    status = serializers.SerializerMethodField(help_text="As in `delivery`; null if inbound.")

    @extend_schema_field(serializers.ChoiceField(choices=OUTGOING, allow_null=True))
    def get_status(self, message: Message) -> str | None:
        return None if message.is_inbound else Status(message.status).value


class ConversationSerializer(serializers.Serializer[Row]):
    contact = ContactSerializer()
    state = serializers.ChoiceField(choices=STATES)
    open_ticket_id = serializers.IntegerField(allow_null=True)
    last_message = LastMessageSerializer(allow_null=True)
    last_activity_at = UtcDateTimeField()


class ConversationListSerializer(PageSerializer):
    conversations = ConversationSerializer(many=True)


class HistoryMessageSerializer(serializers.Serializer[Message]):
    """Needs `media` loaded."""

    id = serializers.IntegerField()
    direction = DirectionField()
    author = serializers.SerializerMethodField()
    kind = serializers.CharField(help_text="text, image, audio, …")
    text = serializers.CharField(help_text="What a person reads; may be empty for a file.")
    media = MediaSerializer(allow_null=True)
    reply_to_id = serializers.IntegerField(allow_null=True, help_text="The message it answers.")
    created_at = UtcDateTimeField(source="occurred_at", help_text="When it was written.")
    delivery = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=list(AUTHORS.values())))
    def get_author(self, message: Message) -> str:
        return AUTHORS[Author(message.author)]

    @extend_schema_field(DeliverySerializer)
    def get_delivery(self, message: Message) -> dict[str, Any]:
        return delivery_of(message)


class HistorySerializer(serializers.Serializer[Any]):
    contact = ContactSerializer()
    messages = HistoryMessageSerializer(many=True, help_text="The newest last.")
    total = serializers.IntegerField(help_text="How many there are in all.")
    has_more = serializers.BooleanField(help_text="There are older ones: ask with `before`.")


class SentData(serializers.Serializer[Any]):
    phone_number = TextOrNullField()
    message_sent = serializers.CharField()
    timestamp = UtcDateTimeField()
    message_id = serializers.IntegerField(help_text="Its id in the conversation's messages.")


class SentSerializer(serializers.Serializer[Any]):
    status = serializers.CharField(default="success")
    message = serializers.CharField(default="Message sent to user")
    data = SentData()  # type: ignore[assignment]  # a field, as the answer has it


class EndedData(serializers.Serializer[Any]):
    phone_number = TextOrNullField()
    session_ended = serializers.BooleanField()


class EndedSerializer(serializers.Serializer[Any]):
    status = serializers.CharField(default="success")
    message = serializers.CharField(default="Chat support session ended")
    data = EndedData()  # type: ignore[assignment]
