"""Tickets: /api/support/…"""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from support import queries
from support.api import finding, requests, threads, ticket_changes
from support.api.inputs import NewTicket, TicketChange, TicketQuery
from support.api.permissions import CHANGE, READ, REPLY
from support.api.requests import PageQuery, Query
from support.api.schema import posting_refusals, refusals, writing_refusals
from support.api.serializers import (
    NotificationsSerializer,
    TicketListSerializer,
    TicketWithMessagesSerializer,
)
from support.api.ticket_fields import TicketSerializer
from support.api.views import ApiView, actor
from support.models.ticket import OPEN_STATUSES

NEW_TICKET = OpenApiExample(
    "A new ticket",
    {
        "phone_number": "+2348031234567",
        "sender_name": "John Doe",
        "issue_description": "My payment went through, but I still cannot hand in homework.",
        "priority": "HIGH",
    },
    request_only=True,
)


@extend_schema(tags=["Tickets"])
class TicketsView(ApiView):
    access = {"GET": READ, "POST": REPLY}

    @extend_schema(
        operation_id="list_tickets",
        summary="Find tickets, the newest first",
        parameters=[TicketQuery],
        responses={200: TicketListSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, TicketQuery)
        tickets = finding.matching(request, wanted)
        return Response(TicketListSerializer(finding.page(tickets, wanted)).data)

    @extend_schema(
        operation_id="open_ticket",
        summary="Open a ticket for a student",
        description="A phone number that is not known yet becomes a new contact.",
        request=NewTicket,
        examples=[NEW_TICKET],
        responses={201: TicketSerializer, **posting_refusals()},
    )
    def post(self, request: Request) -> Response:
        new = requests.body(request, NewTicket)
        ticket = ticket_changes.open_ticket(actor(request), new)
        return Response(TicketSerializer(ticket).data, status=status.HTTP_201_CREATED)


@extend_schema(tags=["Tickets"])
class OpenTicketsView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="list_open_tickets",
        summary="Tickets that are OPEN or IN_PROGRESS, the newest first",
        parameters=[PageQuery],
        responses={200: TicketListSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, PageQuery)
        tickets = queries.visible_to(request.user).filter(status__in=OPEN_STATUSES)
        return Response(TicketListSerializer(finding.page(tickets, wanted)).data)


@extend_schema(tags=["Tickets"])
class TicketView(ApiView):
    access = {"GET": READ, "PATCH": CHANGE}

    @extend_schema(
        operation_id="get_ticket",
        summary="A ticket with the newest messages of its thread",
        responses={200: TicketWithMessagesSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.query(request, Query)
        ticket = threads.with_newest(threads.ticket(request, id))
        return Response(TicketWithMessagesSerializer(ticket).data)

    @extend_schema(
        operation_id="change_ticket",
        summary="Change status, priority, assignment or category: all of it or nothing",
        description="RESOLVED and CLOSED end the chat and say goodbye to the student; "
        "OPEN and IN_PROGRESS open an ended ticket again.",
        request=TicketChange,
        responses={200: TicketSerializer, **writing_refusals(404, 409)},
    )
    def patch(self, request: Request, id: int) -> Response:  # noqa: A002
        threads.ticket(request, id)
        changes = requests.body(request, TicketChange)
        if "assigned_admin_id" in changes and not request.user.has_perm(queries.ASSIGN):
            raise PermissionDenied(f"The token's owner needs {queries.ASSIGN}.")
        ticket_changes.change(id, actor(request), changes)
        return Response(TicketSerializer(threads.ticket(request, id)).data)


@extend_schema(tags=["Tickets"])
class NotificationsView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="get_notifications",
        summary="How many tickets wait",
        responses={200: NotificationsSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        requests.query(request, Query)
        counts = queries.counts()
        return Response(
            {
                "open_tickets": counts.open,
                "in_progress_tickets": counts.in_progress,
                "unassigned_tickets": counts.unassigned,
                "has_alerts": counts.open > 0 or counts.unassigned > 0,
            }
        )
