"""A ticket's thread: /api/support/tickets/{id}/messages."""

from collections.abc import Callable

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from support import services
from support.api import paging, requests, threads
from support.api.inputs import NewAnswer, Nothing, SenderQuery
from support.api.permissions import READ, REPLY
from support.api.requests import PageQuery
from support.api.schema import posting_refusals, refusals
from support.api.serializers import (
    ThreadMessageSerializer,
    ThreadPageSerializer,
    TicketMessageSerializer,
)
from support.api.views import ApiView, actor
from support.models import SenderType, SupportMessage
from support.services import Actor

Act = Callable[[SupportMessage, Actor], None]
ANSWER = OpenApiExample("An answer", {"message": "Please send me a screenshot."}, request_only=True)


@extend_schema(tags=["Tickets"])
class TicketMessagesView(ApiView):
    access = {"GET": READ, "POST": REPLY}

    @extend_schema(
        operation_id="list_ticket_messages",
        summary="The thread of a ticket, the newest first",
        parameters=[PageQuery],
        responses={200: ThreadPageSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        wanted = requests.query(request, PageQuery)
        shown = threads.shown(threads.ticket(request, id))
        return Response(ThreadPageSerializer(paging.page("messages", shown, wanted)).data)

    @extend_schema(
        operation_id="send_ticket_message",
        summary="Answer the student on WhatsApp, or add what the student said elsewhere",
        description="409 when the chat has ended, or when the student wrote more than 24 hours "
        "ago and WhatsApp allows no free text. Of a text that needs several WhatsApp messages "
        "the first is returned.",
        parameters=[SenderQuery],
        request=NewAnswer,
        examples=[ANSWER],
        responses={201: TicketMessageSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        sender = requests.query(request, SenderQuery)["sender_type"]
        said = requests.body(request, NewAnswer)
        text, quoted_id = said["message"], said.get("quoted_message_id")
        ticket = threads.ticket(request, id)
        if sender == SenderType.ADMIN:
            quoting = threads.quoted(ticket, quoted_id)
            bubble = services.reply(ticket.pk, actor(request), text, quoting=quoting)
        elif quoted_id is None:
            bubble = services.add_external(ticket.pk, actor(request), text)
        else:
            raise ValidationError({"quoted_message_id": ["Only an answer can quote."]})
        return Response(TicketMessageSerializer(bubble).data, status=status.HTTP_201_CREATED)


@extend_schema(tags=["Tickets"])
class SendAgainView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="send_message_again",
        summary="Send a message once more that failed or was never confirmed",
        description="409 when it did neither, when the chat has ended, or after 24 hours.",
        request=Nothing,
        responses={200: ThreadMessageSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int, message_id: int) -> Response:  # noqa: A002
        return _decide(request, id, message_id, services.send_again)


@extend_schema(tags=["Tickets"])
class ConfirmArrivalView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="confirm_message_arrival",
        summary="Say that a message arrived which WhatsApp never confirmed",
        description="409 when it is not unconfirmed.",
        request=Nothing,
        responses={200: ThreadMessageSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int, message_id: int) -> Response:  # noqa: A002
        return _decide(request, id, message_id, services.confirm_arrival)


def _decide(request: Request, ticket_id: int, message_id: int, act: Act) -> Response:
    """Do what the caller decided about a message that did not go through."""
    requests.body(request, Nothing)
    ticket = threads.ticket(request, ticket_id)
    act(threads.message(ticket, message_id), actor(request))
    return Response(ThreadMessageSerializer(threads.message(ticket, message_id)).data)
