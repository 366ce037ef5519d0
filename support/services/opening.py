"""Opening a ticket."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from support.models import EventKind, Priority, SupportTicket
from support.services import history
from support.services.actor import Actor
from support.services.changing import set_priority
from support.services.ending import reopen_locked
from support.services.errors import AlreadyOpen
from support.services.hearing import LAST_WORDS, add_external
from whatsapp import lanes
from whatsapp.models import Contact
from whatsapp.text import shorten
from whatsapp.transactions import unit_of_work


@unit_of_work
def open_ticket(
    contact: Contact,
    actor: Actor,
    *,
    sender_name: str = "",
    student_id: int | None = None,
    issue_description: str = "",
    priority: str | None = None,
    queue_place: int | None = None,
    at: datetime | None = None,
) -> SupportTicket:
    """A new open ticket, or the last one reopened if it ended within SUPPORT_REOPEN_WITHIN.

    A reopened ticket gets the new description as further words of the student, and the new
    priority if one is given. `queue_place` is the place in the queue that the student is told,
    if any; `at` is when they asked, if that was earlier: in the thread their words come after it.
    Raises AlreadyOpen if the contact has an open one.
    """
    contact = lanes.lock(contact.pk)
    if open_now := SupportTicket.objects.filter(open_for=contact).first():
        raise AlreadyOpen(open_now.pk)
    if recent := _recently_ended(contact):
        reopened = reopen_locked(recent, actor, queue_place=queue_place, at=at)
        return _with_more(reopened, actor, issue_description, priority)
    ticket = SupportTicket.objects.create(
        contact=contact,
        open_for=contact,
        student_id=student_id,
        phone_number=contact.phone,
        sender_name=sender_name or contact.name,
        issue_description=issue_description,
        priority=priority or Priority.MEDIUM,
        last_words=shorten(issue_description, LAST_WORDS),
        waiting_since=timezone.now(),
        last_message_at=timezone.now(),
        queue_place_told=queue_place,
    )
    about = shorten(issue_description, history.LIMIT)  # else the thread would be empty
    history.record(ticket, EventKind.OPENED, actor, after=about, at=at)
    return ticket


def _with_more(
    ticket: SupportTicket, actor: Actor, words: str, priority: str | None
) -> SupportTicket:
    """The reopened ticket with what is said and asked for this time."""
    if priority:
        ticket = set_priority(ticket.pk, actor, priority)
    if words:
        add_external(ticket.pk, actor, words)
        ticket.refresh_from_db()
    return ticket


def _recently_ended(contact: Contact) -> SupportTicket | None:
    if not settings.SUPPORT_REOPEN_WITHIN:
        return None
    since = timezone.now() - settings.SUPPORT_REOPEN_WITHIN
    return contact.tickets.filter(closed_at__gt=since).order_by("-id").first()
