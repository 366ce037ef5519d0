"""What only the team reads about a ticket: its internal notes, and who did what with it."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from support import services
from support.api import paging, requests, threads
from support.api.inputs import NewNote
from support.api.permissions import READ, REPLY
from support.api.requests import PageQuery
from support.api.schema import posting_refusals, refusals
from support.api.serializers import (
    NotePageSerializer,
    NoteSerializer,
    TicketEventPageSerializer,
)
from support.api.views import ApiView, actor


@extend_schema(tags=["Tickets"])
class NotesView(ApiView):
    access = {"GET": READ, "POST": REPLY}

    @extend_schema(
        operation_id="list_ticket_notes",
        summary="The internal notes on a ticket, the newest first",
        parameters=[PageQuery],
        responses={200: NotePageSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        wanted = requests.query(request, PageQuery)
        notes = threads.notes(threads.ticket(request, id))
        return Response(NotePageSerializer(paging.page("notes", notes, wanted)).data)

    @extend_schema(
        operation_id="add_ticket_note",
        summary="Note something that never leaves the desk",
        request=NewNote,
        responses={201: NoteSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        text = requests.body(request, NewNote)["message"]
        note = services.note(threads.ticket(request, id).pk, actor(request), text)
        return Response(NoteSerializer(note).data, status=status.HTTP_201_CREATED)


@extend_schema(tags=["Tickets"])
class HistoryView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="list_ticket_events",
        summary="Who did what with a ticket and when, the newest first",
        parameters=[PageQuery],
        responses={200: TicketEventPageSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        wanted = requests.query(request, PageQuery)
        events = threads.ticket(request, id).events.all()
        return Response(TicketEventPageSerializer(paging.page("events", events, wanted)).data)
