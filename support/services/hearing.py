"""What the student says, put into the thread, and that the team has seen it."""

from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from support.models import EventKind, SenderType, SupportMessage, SupportTicket
from support.services import history
from support.services.actor import STUDENT, Actor
from support.services.errors import ChatClosed
from support.services.locking import lock
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.nudges import nudge
from whatsapp.text import shorten
from whatsapp.transactions import unit_of_work

LAST_WORDS = 150  # characters of them that the queue shows
NO_QUESTION = frozenset({Kind.REACTION, Kind.SYSTEM})  # a thumbs-up is an answer


def add_from_student(ticket: SupportTicket, wire: Message) -> SupportMessage:
    """Put the student's message into the thread; the first becomes the issue description.

    For the lane's transaction: the caller holds the contact's lane.
    """
    bubble = SupportMessage.objects.create(
        ticket=ticket,
        sender_type=SenderType.USER,
        sender_name=ticket.sender_name,
        message=wire.text,
        wire=wire,
        created_at=wire.occurred_at,
    )
    asks = wire.kind not in NO_QUESTION
    _heard(ticket, wire.text or wire.kind, wire.occurred_at, asks=asks)
    return bubble


@unit_of_work
def add_external(ticket_id: int, actor: Actor, text: str) -> SupportMessage:
    """Put what the student said elsewhere into the thread; nothing goes to WhatsApp.

    `actor` is who brings it. Raises ChatClosed.
    """
    ticket = lock(ticket_id)
    if not ticket.is_open:
        raise ChatClosed
    bubble = SupportMessage.objects.create(
        ticket=ticket,
        sender_type=SenderType.USER,
        sender_name=ticket.sender_name,
        author=actor.user,
        message=text,
    )
    _heard(ticket, text, bubble.created_at)
    return bubble


def _heard(ticket: SupportTicket, words: str, at: datetime, *, asks: bool = True) -> None:
    """The student said `words` and, if that `asks` for an answer, waits for one."""
    if ticket.snoozed_until:
        history.record(ticket, EventKind.WOKEN, STUDENT)
    SupportTicket.objects.filter(pk=ticket.pk).update(
        snoozed_until=None,
        issue_description=ticket.issue_description or words,
        last_words=shorten(words, LAST_WORDS),
        last_message_at=at,
        waiting_since=ticket.waiting_since or (at if asks else None),
        unread_count=F("unread_count") + 1,
        receipt_sent_at=ticket.receipt_sent_at,
        updated_at=timezone.now(),
    )


def mark_seen(ticket: SupportTicket) -> None:
    """An agent looks at the thread: nothing in it is unread, and the student gets blue ticks."""
    unread = SupportTicket.objects.filter(pk=ticket.pk, unread_count__gt=0)
    if not unread.update(unread_count=0, updated_at=timezone.now()):  # which all queues show
        return
    last = ticket.messages.filter(sender_type=SenderType.USER, wire__isnull=False).last()
    if last is not None and settings.WHATSAPP_MARK_READ:
        nudge("whatsapp.tasks.mark_read", last.wire_id)
