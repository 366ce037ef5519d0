"""Conversations: /api/admin/conversations…"""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from conversations.api import finding
from conversations.api.inputs import ClosingWords, ConversationQuery, HistoryQuery
from conversations.api.serializers import (
    ConversationListSerializer,
    EndedSerializer,
    HistorySerializer,
    SentSerializer,
)
from support import services
from support.api import people, requests
from support.api.inputs import NewMessage
from support.api.permissions import READ, REPLY
from support.api.schema import posting_refusals, refusals
from support.api.views import ApiView, actor
from support.models import SupportTicket
from support.services import ChatClosed
from whatsapp.models import Contact

PHONE = OpenApiParameter(
    "phone_number",
    str,
    OpenApiParameter.PATH,
    description="With or without `+` or in national form; or `contact:` and the id of a contact, "
    "for a student who hides the number.",
)
of_phone = extend_schema(parameters=[PHONE], tags=["Conversations"])


@extend_schema(tags=["Conversations"])
class ConversationsView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="list_conversations",
        summary="Everyone who talks with the bot or the desk; who wrote last comes first",
        parameters=[ConversationQuery],
        responses={200: ConversationListSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, ConversationQuery)
        return Response(ConversationListSerializer(finding.page(wanted, request.user)).data)


@of_phone
class HistoryView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="list_conversation_messages",
        summary="What was said on WhatsApp, both ways, page by page from the newest",
        parameters=[HistoryQuery],
        responses={200: HistorySerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, phone_number: str) -> Response:
        wanted = requests.query(request, HistoryQuery)
        found = finding.history(people.at(phone_number), wanted["limit"], wanted.get("before"))
        return Response(HistorySerializer(found).data)


@of_phone
class SendView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="send_in_chat",
        summary="Answer the student in the active chat",
        request=NewMessage,
        responses={200: SentSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, phone_number: str) -> Response:
        text = requests.body(request, NewMessage)["message"]
        contact = people.at(phone_number)
        bubble = services.reply(_chat(contact).pk, actor(request), text)
        data = {
            "phone_number": contact.phone,
            "message_sent": text,
            "timestamp": bubble.created_at,
            "message_id": bubble.wire_id,
        }
        return Response(SentSerializer({"data": data}).data)


@of_phone
class EndView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="end_chat",
        summary="End the active chat; the student is told, with your closing words",
        request=ClosingWords,
        responses={200: EndedSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, phone_number: str) -> Response:
        words = requests.body(request, ClosingWords).get("message", "")
        contact = people.at(phone_number)
        services.end(_chat(contact).pk, actor(request), words=words)
        data = {"phone_number": contact.phone, "session_ended": True}
        return Response(EndedSerializer({"data": data}).data)


def _chat(contact: Contact) -> SupportTicket:
    """The open ticket. Raises ChatClosed."""
    ticket: SupportTicket | None = getattr(contact, "open_ticket", None)
    if ticket is None:
        raise ChatClosed("No chat is active with this student.")
    return ticket
