"""Handling what waits in a lane, in order; each message in one transaction, all or nothing."""

from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from whatsapp import lanes, statements
from whatsapp.guard import guarded
from whatsapp.hooks import resolve
from whatsapp.lanes import Lane, LaneLost
from whatsapp.models import Message
from whatsapp.models.message import Direction, Status
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

BUDGET = 20  # messages a turn
WAITING_IN_LANE = """
    WHERE contact_id = %(contact)s AND direction = 'in' AND status = 'waiting'
    ORDER BY occurred_at, id LIMIT %(limit)s
"""
MARK_HANDLED = """
    UPDATE whatsapp_message SET status = 'handled' WHERE id = %(id)s AND status = 'waiting'
"""
PAUSES = [timedelta(seconds=s) for s in (1, 5, 30, 120, 600)]


def waiting(lane: Lane) -> list[Message]:
    """The lane's next messages. Meta's time decides, then arrival: webhooks overtake each other."""
    return statements.rows(Message, WAITING_IN_LANE, contact=lane.contact.pk, limit=BUDGET)


def handle_waiting(lane: Lane) -> tuple[datetime | None, Message | None]:
    """Hand each waiting message to WHATSAPP_MESSAGE_HANDLER.

    Returns when the lane has more to handle (None: nothing left), and the last message that was
    read by the bot. A message that fails blocks its own lane only, is tried again with growing
    pauses, and after the last try is left to a person. Raises LaneLost.
    """
    read: Message | None = None
    messages = waiting(lane)
    for message in messages:
        if message.due_at and message.due_at > timezone.now():
            return message.due_at, read
        try_again_at, was_read = _handled(lane, message)
        if try_again_at:
            return try_again_at, read
        read = message if was_read else read
    return (timezone.now() if len(messages) == BUDGET else None), read


def _handled(lane: Lane, message: Message) -> tuple[datetime | None, bool]:
    return guarded(
        lambda: (None, _handle(lane, message)),
        lambda traceback: (_postpone(lane, message, traceback), False),
    )


@unit_of_work
def _handle(lane: Lane, message: Message) -> bool:
    """Whether the bot has read it, as opposed to passing it on to a person."""
    lanes.fence(lane)
    was_read = bool(resolve("WHATSAPP_MESSAGE_HANDLER")(message))
    if not statements.change(MARK_HANDLED, id=message.pk):
        raise LaneLost(f"message {message.pk} has been handled")
    return was_read


@unit_of_work
def _postpone(lane: Lane, message: Message, traceback: str) -> datetime | None:
    """When it is tried again; None when it has failed for good and the lane goes on."""
    lanes.fence(lane)
    gave_up = message.attempts >= len(PAUSES)
    due_at = None if gave_up else timezone.now() + PAUSES[message.attempts]
    Message.objects.filter(pk=message.pk).update(
        status=Status.FAILED if gave_up else Status.WAITING,
        attempts=message.attempts + 1,
        due_at=due_at,
        traceback=traceback,
        error="EduBot could not process this message." if gave_up else "",
        failed_at=timezone.now() if gave_up else None,
    )
    return due_at


@unit_of_work
def process_again(message: Message) -> bool:
    """Have a failed message handled again, as if never tried; False if it has not failed."""
    contact = lanes.lock(message.contact_id)
    failed = Message.objects.filter(
        pk=message.pk, status=Status.FAILED, direction=Direction.INBOUND
    )
    if not failed.update(status=Status.WAITING, attempts=0, due_at=None, error="", failed_at=None):
        return False
    lanes.wake(contact.pk)
    return True
