"""The queue as the page shows it: counts on its tabs, a row for each ticket."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from support import phones, queries, services
from support.desk import filters
from support.desk.access import number
from support.desk.filters import QueueForm
from support.desk.gate import SOON
from support.models import SupportTicket
from support.services import name_of

MENTIONS = 5  # shown at once
ROWS, MOST = 50, 500  # shown at first, and at most kept fresh
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """`closes_at` is the end of the 24-hour window, if that is near.

    `due_at` is when the service level wants an answer or an end, if that is near or `is_late`.
    """

    ticket: SupportTicket
    name: str
    who: str
    is_mine: bool
    closes_at: datetime | None
    due_at: datetime | None
    is_late: bool


def form_of(request: HttpRequest, user: User, ticket: SupportTicket | None = None) -> QueueForm:
    """The form as the address says; else where there is something to do, or the ticket stands."""
    if "tab" in request.GET or "q" in request.GET:
        return QueueForm(request.GET)
    if ticket is not None:
        return QueueForm(request.GET, _tab_of(ticket))
    counts = queries.tab_counts(user)
    busy = [tab for tab in (filters.MINE, filters.UNASSIGNED) if counts[tab]]
    return QueueForm(request.GET, busy[0] if busy else filters.ALL)


def _tab_of(ticket: SupportTicket) -> str:
    if not ticket.is_open:
        return filters.RESOLVED
    return filters.SNOOZED if ticket.snoozed_until else filters.ALL


def shown(request: HttpRequest, form: QueueForm, user: User) -> Context:
    """The first rows, as many as the page has already, and the counts."""
    limit = min(max(number(request, "rows"), ROWS), MOST)
    tickets = form.order.first(_tickets(form, user), limit + 1)
    counts = queries.tab_counts(user)
    tabs = [(tab, label, filters.COUNTED[tab], counts[tab]) for tab, label in filters.TABS]
    mentions = list(services.unread_mentions(user)[:MENTIONS])
    return {"queue": form, "tabs": tabs, "mentions": mentions, **_rows(form, tickets, limit, user)}


def following(request: HttpRequest, form: QueueForm, user: User) -> Context:
    """The rows after those that the page has."""
    cursor = request.GET.get("after", "")
    tickets = form.order.after(_tickets(form, user), cursor, ROWS + 1)
    return {"queue": form, **_rows(form, tickets, ROWS, user)}


def _tickets(form: QueueForm, user: User) -> filters.Tickets:
    return filters.chosen(queries.with_people(queries.visible_to(user)), form, user)


def _rows(form: QueueForm, tickets: list[SupportTicket], limit: int, user: User) -> Context:
    kept = tickets[:limit]
    cursor = form.order.cursor(kept[-1]) if len(tickets) > limit else ""
    return {"rows": [_row(ticket, user) for ticket in kept], "cursor": cursor}


def _row(ticket: SupportTicket, user: User) -> Row:
    due_at = _due_soon(ticket)
    return Row(
        ticket=ticket,
        due_at=due_at,
        is_late=due_at is not None and due_at <= timezone.now(),
        name=ticket.called(phones.shown(ticket.present_number, user)),
        who=name_of(ticket.assigned_admin),
        is_mine=ticket.assigned_admin_id == user.pk,
        closes_at=_closes_soon(ticket),
    )


def _due_soon(ticket: SupportTicket) -> datetime | None:
    """The target that is still to be met: the first answer, then the end."""
    if not ticket.is_open:
        return None
    answered = ticket.first_response_at is not None
    due_at = ticket.resolution_due_at if answered else ticket.first_response_due_at
    return due_at if due_at and due_at - timezone.now() < SOON else None


def _closes_soon(ticket: SupportTicket) -> datetime | None:
    ends_at = ticket.contact.window_ends_at()
    left = ends_at - timezone.now() if ends_at else None
    near = left is not None and left < SOON and ticket.contact.window_is_open()
    return ends_at if near and ticket.is_open else None
