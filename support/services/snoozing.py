"""Putting a ticket aside for a while."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from support.models import EventKind, SupportTicket
from support.services import history
from support.services.actor import Actor
from support.services.errors import ChatClosed, ServiceError
from support.services.locking import lock
from whatsapp.transactions import unit_of_work

RULES = Actor("Desk rules")
BATCH = 200


@unit_of_work
def snooze(ticket_id: int, actor: Actor, until: datetime) -> SupportTicket:
    """Take it out of the queue until then, or until the student writes.

    Raises ChatClosed, or ServiceError for a time that has passed.
    """
    ticket = lock(ticket_id)
    if not ticket.is_open:
        raise ChatClosed
    if until <= timezone.now():
        raise ServiceError("Choose a time that lies ahead.")
    ticket.snoozed_until = until
    ticket.save(update_fields=["snoozed_until", "updated_at"])
    history.record(ticket, EventKind.SNOOZED, actor, after=as_read(until))
    return ticket


@unit_of_work
def wake(ticket_id: int, actor: Actor) -> bool:
    """Bring it back into the queue; False if it is there."""
    ticket = lock(ticket_id)
    if ticket.snoozed_until is None:
        return False
    ticket.snoozed_until = None
    ticket.save(update_fields=["snoozed_until", "updated_at"])
    history.record(ticket, EventKind.WOKEN, actor)
    return True


def snoozes_over() -> list[int]:
    """The tickets that come back now, along the index ticket_snoozed."""
    over = SupportTicket.objects.filter(snoozed_until__lte=timezone.now())
    return list(over.order_by("snoozed_until").values_list("pk", flat=True)[:BATCH])


@unit_of_work
def wake_if_over(ticket_id: int) -> bool:
    """As `wake`, for the sweep: a snooze that was prolonged meanwhile stays."""
    ticket = lock(ticket_id)
    if ticket.snoozed_until is None or ticket.snoozed_until > timezone.now():
        return False
    return wake(ticket_id, RULES)


def as_read(moment: datetime) -> str:
    """A time as the history and notes show it."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")
