"""Answers for later, above the reply box: planned, changed, cancelled."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from support import drafts, queries, services
from support.desk import moments
from support.desk.access import ticket_for, user_with
from support.desk.acts import undoable
from support.desk.forms import NOTE_MODE, box_token
from support.desk.told import give_back, tell
from support.models import ScheduledReply
from support.services import REFUSALS, Actor
from support.services.snoozing import as_read

NO_NOTE = "A note stays at the desk; it cannot be sent later. Choose “Reply to the student” first."


@require_POST
def plan(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """Send the words of the reply box at the time that was chosen."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    user = user_with(request, queries.REPLY)
    if request.POST.get("mode") == NOTE_MODE:
        return tell(request, ticket, NO_NOTE, refused=True)
    try:
        at, text = moments.chosen(request.POST), _words(request)
        services.send_later(ticket.pk, Actor.of(user), text, at)
    except REFUSALS as error:
        return tell(request, ticket, str(error), refused=True)
    if box := box_token(request):
        drafts.sent(ticket.pk, user, box)
    planned = {"token": str(uuid4())}  # the box is another one from now on
    return tell(request, ticket, f"It will be sent on {as_read(at)}.", planned=planned)


@require_POST
def change(request: HttpRequest, ticket_id: int, planned_id: int) -> HttpResponse:
    """Other words, another time."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    planned = get_object_or_404(ScheduledReply, pk=planned_id, ticket=ticket)
    actor = Actor.of(user_with(request, queries.REPLY))
    try:
        at = moments.chosen(request.POST)
        services.change_planned(planned, actor, _words(request), at)
    except REFUSALS as error:
        return tell(request, ticket, str(error), refused=True)
    return tell(request, ticket, f"It will be sent on {as_read(at)}.")


@require_POST
def send_now(request: HttpRequest, ticket_id: int, planned_id: int) -> HttpResponse:
    """Do not wait any longer; who says so answers, with the words as they stand in the form."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    planned = get_object_or_404(ScheduledReply, pk=planned_id, ticket=ticket)
    actor = Actor.of(user_with(request, queries.REPLY))
    try:
        services.send_planned_now(planned, actor, _words(request), after=undoable())
    except REFUSALS as error:
        return tell(request, ticket, str(error), refused=True)
    return tell(request, ticket, "It is on its way.", answered="")


@require_POST
def cancel(request: HttpRequest, ticket_id: int, planned_id: int) -> HttpResponse:
    """Do not send it; its words go back into the reply box."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    user = user_with(request, queries.REPLY)
    planned = get_object_or_404(ScheduledReply, pk=planned_id, ticket=ticket)
    try:
        text = services.cancel_planned(planned, Actor.of(user))
    except REFUSALS as error:
        return tell(request, ticket, str(error), refused=True)
    return give_back(request, ticket, "It will not be sent.", text)


def _words(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")
