"""Taking back an answer that has not left yet.

Who answers with `after` gets a few seconds; the ticket is put back as it was before.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from support.models import (
    BeforeReply,
    EventKind,
    SenderType,
    SupportMessage,
    SupportTicket,
    TicketStatus,
)
from support.services import history
from support.services.actor import Actor
from support.services.errors import ServiceError
from support.services.locking import lock
from support.services.snoozing import wake
from whatsapp import lanes, outbox
from whatsapp.models import Media, Message
from whatsapp.text import shorten
from whatsapp.transactions import unit_of_work

WORDS = 60
KEEP = timedelta(hours=1)
TOO_LATE = "It is too late to take this back: it has left, or is about to."
KEPT = (
    "status",
    "assigned_admin_id",
    "assigned_at",
    "first_response_at",
    "waiting_since",
    "last_message_at",
    "last_words",
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an answer said, the files that it carried and the message of the thread that it quoted.

    The files are kept as long as its messages.
    """

    text: str
    files: tuple[Media, ...] = ()
    quoting: SupportMessage | None = None


def remember(ticket: SupportTicket, message: SupportMessage, text: str) -> None:
    """Keep how `ticket` stood before it was answered with `text`; for the unit that sends it."""
    BeforeReply.objects.create(message=message, text=text, **_standing(ticket))


def forget_old() -> None:
    """Delete what was kept of answers that can no longer be taken back."""
    BeforeReply.objects.filter(created_at__lt=timezone.now() - KEEP).delete()


@unit_of_work
def undo(ticket_id: int, actor: Actor, message: SupportMessage) -> TakenBack:
    """Take back an answer of one's own that was given with `after`; what is to come back of it.

    All of its parts, or none. Raises ServiceError if it has left or is somebody else's.
    """
    ticket = lock(ticket_id)
    before = BeforeReply.objects.filter(message=message, message__ticket=ticket).first()
    if before is None or message.author_id != (actor.user and actor.user.pk):
        raise ServiceError(TOO_LATE)
    parts = _parts(ticket, message)
    wires = [part.wire_id for part in parts if part.wire_id]
    if not outbox.take_back(wires):
        raise ServiceError(TOO_LATE)
    if _put_back(ticket, before, parts[-1]) and _snoozed_since(ticket, message):
        wake(ticket.pk, actor)  # by a macro perhaps: the student waits for an answer again
    quoting = _quoted(ticket, parts[0])
    SupportMessage.objects.filter(pk__in=[part.pk for part in parts]).delete()
    history.record(ticket, EventKind.UNDONE, actor, after=shorten(before.text, WORDS))
    lanes.wake(ticket.contact_id)
    files = tuple(Media.objects.filter(message__in=wires).order_by("pk"))
    return TakenBack(before.text, files, quoting)


def _parts(ticket: SupportTicket, message: SupportMessage) -> list[SupportMessage]:
    """The bubbles of one answer: they wait for the same moment. None once the first has left."""
    wire = Message.objects.filter(support_message=message).first()
    if wire is None or wire.due_at is None:
        return []
    ours = ticket.messages.filter(author=message.author_id, pk__gte=message.pk)
    return list(ours.filter(wire__due_at=wire.due_at).order_by("pk"))


def _quoted(ticket: SupportTicket, answer: SupportMessage) -> SupportMessage | None:
    quoted = answer.wire.reply_to_id if answer.wire else None
    return ticket.messages.filter(wire=quoted).first() if quoted else None


def _snoozed_since(ticket: SupportTicket, answer: SupportMessage) -> bool:
    """Whether who answered has then put the ticket aside."""
    snoozes = ticket.events.filter(kind=EventKind.SNOOZED, actor=answer.author_id)
    return snoozes.filter(created_at__gte=answer.created_at).exists()


def _put_back(ticket: SupportTicket, before: BeforeReply, last: SupportMessage) -> bool:
    """As it was before; but False if another answer followed: that one is now the first."""
    later = ticket.messages.filter(pk__gt=last.pk)
    answers = later.filter(sender_type=SenderType.ADMIN).order_by("pk")
    if follower := answers.first():
        BeforeReply.objects.filter(message=follower).update(**_standing(before))
        return False
    if ticket.status == TicketStatus.IN_PROGRESS:
        ticket.status = before.status
    ticket.first_response_at = before.first_response_at
    if ticket.is_open:
        ticket.waiting_since = before.waiting_since or ticket.waiting_since
    if ticket.assigned_admin_id == last.author_id:
        ticket.assigned_admin_id, ticket.assigned_at = before.assigned_admin_id, before.assigned_at
    if not later.filter(sender_type=SenderType.USER).exists():
        ticket.last_message_at, ticket.last_words = before.last_message_at, before.last_words
    ticket.save()
    return True


def _standing(of: SupportTicket | BeforeReply) -> dict[str, Any]:
    return {name: getattr(of, name) for name in KEPT}
