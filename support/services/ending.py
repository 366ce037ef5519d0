"""Ending a chat, reopening it, and what the student thought of it."""

from datetime import datetime

from django.utils import timezone

from support.models import (
    EventKind,
    Rating,
    SenderType,
    SupportMessage,
    SupportTicket,
    TicketStatus,
)
from support.services import history
from support.services.actor import BOT, STUDENT, Actor
from support.services.errors import AlreadyOpen, ChatClosed
from support.services.hearing import LAST_WORDS
from support.services.locking import lock
from whatsapp import lanes
from whatsapp.hooks import resolve
from whatsapp.text import shorten
from whatsapp.transactions import unit_of_work

COMMENT_LIMIT = 1000


@unit_of_work
def end(
    ticket_id: int, actor: Actor, *, words: str = "", status: str = TicketStatus.RESOLVED
) -> SupportTicket:
    """End the chat for the support team, with optional closing `words` for the student.

    The bot says goodbye (SUPPORT_CHAT_ENDED_HANDLER) in the same commit. Raises ChatClosed.
    """
    ticket = lock(ticket_id)
    if words:
        ticket.last_words, ticket.last_message_at = shorten(words, LAST_WORDS), timezone.now()
    close_locked(ticket, TicketStatus(status), actor)
    farewell = resolve("SUPPORT_CHAT_ENDED_HANDLER")(ticket, words)
    if words:
        SupportMessage.objects.create(
            ticket=ticket,
            sender_type=SenderType.ADMIN,
            sender_name=actor.name,
            author=actor.user,
            message=words,
            wire=farewell,
        )
    lanes.wake(ticket.contact_id)
    return ticket


@unit_of_work
def end_by_student(ticket_id: int) -> SupportTicket:
    """End the chat for the student; what the student then reads is the bot's affair.

    Raises ChatClosed.
    """
    ticket = lock(ticket_id)
    close_locked(ticket, TicketStatus.CLOSED, STUDENT)
    return ticket


@unit_of_work
def end_by_bot(ticket_id: int) -> SupportTicket:
    """End a chat in which nothing happens any more; as with `end_by_student` the bot speaks.

    Raises ChatClosed.
    """
    ticket = lock(ticket_id)
    close_locked(ticket, TicketStatus.CLOSED, BOT)
    return ticket


@unit_of_work
def reopen(
    ticket_id: int, actor: Actor, *, queue_place: int | None = None, at: datetime | None = None
) -> SupportTicket:
    """Open an ended ticket again; `queue_place` is what its student is told, `at` when they asked.

    Raises AlreadyOpen if the contact has an open one.
    """
    ticket = lock(ticket_id)
    other = SupportTicket.objects.filter(open_for=ticket.contact).first()
    if other is not None:
        raise AlreadyOpen(other.pk)
    return reopen_locked(ticket, actor, queue_place=queue_place, at=at)


def reopen_locked(
    ticket: SupportTicket,
    actor: Actor,
    *,
    queue_place: int | None = None,
    at: datetime | None = None,
) -> SupportTicket:
    """As `reopen`, for a caller who holds the lane and knows that no other ticket is open."""
    before, now = ticket.status, timezone.now()
    at = max(at or now, ticket.closed_at or now)  # who asked before the end asked for what follows
    ticket.status = TicketStatus.OPEN
    ticket.open_for = ticket.contact
    ticket.closed_at = ticket.resolved_at = None
    ticket.waiting_since = now
    ticket.queue_place_told = queue_place
    ticket.due_for = ""
    ticket.save()
    history.record(ticket, EventKind.REOPENED, actor, before=before, at=at)
    return ticket


@unit_of_work
def rate(ticket_id: int, rating: str) -> None:
    """Keep the student's rating; a second one replaces the first."""
    ticket = lock(ticket_id)
    ticket.rating = Rating(rating)
    ticket.save(update_fields=["rating", "updated_at"])
    history.record(ticket, EventKind.RATED, STUDENT, after=ticket.rating)


@unit_of_work
def comment(ticket_id: int, words: str) -> None:
    """Keep what the student says about the chat beside the rating; a second time replaces it."""
    ticket = lock(ticket_id)
    ticket.rating_comment = shorten(words, COMMENT_LIMIT)
    ticket.save(update_fields=["rating_comment", "updated_at"])
    history.record(ticket, EventKind.COMMENTED, STUDENT, after=shorten(words, history.LIMIT))


def close_locked(ticket: SupportTicket, status: TicketStatus, actor: Actor) -> None:
    """Close for a caller who holds the lane. Raises ChatClosed."""
    if not ticket.is_open:
        raise ChatClosed("This chat has already ended.")
    now, before = timezone.now(), ticket.status
    ticket.status = status
    ticket.open_for = None
    ticket.closed_at = now
    ticket.resolved_at = now if status == TicketStatus.RESOLVED else None
    ticket.waiting_since = ticket.snoozed_until = None
    ticket.unread_count = 0
    ticket.save()
    history.record(ticket, EventKind.ENDED, actor, before=before, after=status)
