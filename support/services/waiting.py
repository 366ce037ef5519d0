"""The queue: when the desk is open, who waits, how long it takes today."""

from datetime import timedelta
from statistics import median

from django.db.models import QuerySet
from django.utils import timezone

from support.hours import Holidays, Span, Week
from support.models import Holiday, OpeningHours, SupportTicket, TicketStatus

RECENT = 20  # tickets from which the wait is told


def opening_hours() -> tuple[Week, Holidays]:
    """What `support.hours` reckons with: two queries."""
    rows = OpeningHours.objects.values_list("weekday", "opens", "closes")
    week = [Span(*row) for row in rows]
    days = Holiday.objects.values_list("date", "every_year")
    once = frozenset(date for date, every_year in days if not every_year)
    yearly = frozenset((date.month, date.day) for date, every_year in days if every_year)
    return week, Holidays(once, yearly)


def how_many_wait() -> int:
    """Tickets whose student waits for a first answer."""
    return _waiting().count()


def expected_wait() -> timedelta | None:
    """How long today's last tickets waited for their first answer (median); None without any.

    One query along the index ticket_created.
    """
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = SupportTicket.objects.filter(created_at__gte=midnight, first_response_at__isnull=False)
    times = today.order_by("-created_at").values_list("created_at", "first_response_at")[:RECENT]
    waits = [(answered - created).total_seconds() for created, answered in times if answered]
    return timedelta(seconds=median(waits)) if waits else None


def next_in_queue() -> SupportTicket | None:
    """The ticket that has waited longest for its first answer."""
    return _waiting().order_by("waiting_since", "id").first()


def tell_next(ticket: SupportTicket) -> bool:
    """Note that the student knows to be next; False if it is known, or no place was ever told.

    The caller holds the contact's lane.
    """
    rows = SupportTicket.objects.filter(pk=ticket.pk, queue_place_told__gt=1)
    return bool(rows.update(queue_place_told=1))


def _waiting() -> QuerySet[SupportTicket]:
    """Along the index ticket_waiting."""
    return SupportTicket.objects.filter(
        status=TicketStatus.OPEN, waiting_since__isnull=False, snoozed_until=None
    )
