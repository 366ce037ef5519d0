"""What the admin's first page tells: today at the desk, the last weeks, the machinery."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.utils import timezone

from edubot import health
from support import phones, queries
from support.desk import spans
from support.models import SupportTicket
from support.models.ticket import OPEN_STATUSES
from support.reports import charts, figures
from support.reports.period import USUAL, Period
from support.reports.views import SEE
from whatsapp.models import Message
from whatsapp.models.message import Direction, Status

T = TypeVar("T")
KNOWN_FOR = 60  # seconds; the counts above are always of now
MOST_FAILED = 1000
OPERATE = "whatsapp.view_receipt"


def of(user: User) -> dict[str, Any]:
    """What `user` may see of it; nothing costs more with a million tickets than with a few."""
    sees_tickets, operates = user.has_perm(queries.VIEW), user.has_perm(OPERATE)
    return {
        "support_counts": queries.counts() if sees_tickets else None,
        "today": _known("today", _today) if sees_tickets else None,
        "sees_reports": user.has_perm(SEE),
        "health": _known("health", health.lines) if operates else None,
    }


def _known(what: str, ask: Callable[[], T]) -> T:
    """The answer of the last minute, by day so that the day begins at midnight."""
    key = f"dashboard-{what}-{timezone.localdate()}"
    found: T | None = cache.get(key)
    if found is None:
        cache.set(key, found := ask(), KNOWN_FOR)
    return found


def _today() -> dict[str, Any]:
    tickets, today = SupportTicket.objects.all(), Period.last(1)
    totals = figures.totals(tickets, today)
    return {
        "longest": _longest(),
        "totals": totals,
        "failed": _failed(today.begins_at),
        "charts": [
            charts.by_hour(figures.volume(tickets, today), "Requests today, by hour"),
            charts.ratings(totals.good, totals.bad, "Ratings of today's chats"),
            charts.by_day(
                figures.volume(tickets, Period.last(USUAL)), "Requests in the last four weeks"
            ),
        ],
    }


def _longest() -> dict[str, Any] | None:
    """Whoever waits longest, of those that nobody has put aside; along the index ticket_waiting."""
    waiting = SupportTicket.objects.filter(status__in=OPEN_STATUSES, waiting_since__isnull=False)
    longest = queries.awake(waiting).order_by("waiting_since")
    ticket = longest.only("pk", "sender_name", "phone_number", "waiting_since").first()
    if ticket is None:
        return None
    number = phones.shown(ticket.phone_number, AnonymousUser())  # the answer is kept for everybody
    return {
        "ticket": ticket.pk,
        "name": ticket.called(number),
        "since": spans.since(ticket.waiting_since),
    }


def _failed(since: datetime) -> int:
    """Messages of today that did not arrive; along the index message_status_age."""
    failed = Message.objects.filter(
        status__in=(Status.FAILED, Status.EXPIRED),
        direction=Direction.OUTBOUND,
        created_at__gte=since,
    )
    return failed[:MOST_FAILED].count()
