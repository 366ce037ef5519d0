"""Taking a ticket and giving it back."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from support import services
from support.api import requests, threads
from support.api.inputs import Nothing
from support.api.permissions import REPLY
from support.api.schema import posting_refusals
from support.api.ticket_fields import TicketSerializer
from support.api.views import ApiView, actor


@extend_schema(tags=["Tickets"])
class TakeView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="take_ticket",
        summary="Take a ticket that nobody has",
        description="It is assigned to the token's owner. 409 when a colleague has it.",
        request=Nothing,
        responses={200: TicketSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.body(request, Nothing)
        ticket = threads.ticket(request, id)
        return Response(TicketSerializer(services.take(ticket.pk, actor(request))).data)


@extend_schema(tags=["Tickets"])
class ReleaseView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="release_ticket",
        summary="Give back one's own ticket, for somebody else to take",
        description="409 when a colleague has it.",
        request=Nothing,
        responses={200: TicketSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.body(request, Nothing)
        ticket = threads.ticket(request, id)
        return Response(TicketSerializer(services.release(ticket.pk, actor(request))).data)
