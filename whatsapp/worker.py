"""What a worker does with a lane: handle what came in, send what is queued, mark what was read."""

from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.utils import timezone

from whatsapp import client, courtesies, delivery, inbox, lanes, line
from whatsapp.guard import TakenByAnother
from whatsapp.lanes import Lane
from whatsapp.models import Message
from whatsapp.nudges import nudge_lane
from whatsapp.outgoing import mark_read

log = structlog.get_logger(__name__)

TYPING_LASTS = timedelta(seconds=25)  # Meta shows it no longer


def run(contact_id: int, *, if_due: bool = False) -> bool:
    """Work in the contact's lane until nothing is due; False if another worker has it.

    With `if_due` a lane that has nothing to do is left alone, for one statement.
    """
    lane = lanes.claim(contact_id, if_due=if_due)
    if lane is None:
        return False
    try:
        due_at = _work(lane)
    except TakenByAnother:
        log.info("lane_lost", contact=contact_id)
        return False
    is_quiet = due_at is None or due_at > timezone.now()
    if not lanes.release(lane, due_at) or not is_quiet:
        nudge_lane(contact_id)
    return True


def _work(lane: Lane) -> datetime | None:
    more_to_handle, read = inbox.handle_waiting(lane)
    lane.held_until = line.held_until()  # late: what was sent meanwhile may have had it held
    more_to_send = None
    try:
        more_to_send = delivery.deliver_queued(lane)  # first: the student waits for the answer
    finally:
        if read is not None and settings.WHATSAPP_MARK_READ and lane.held_until is None:
            _show_ticks(read, typing=_is_near(more_to_send))
    return min((at for at in (more_to_handle, more_to_send) if at), default=None)


def _show_ticks(read: Message, *, typing: bool) -> None:
    """In a thread; but "typing…" at once, or it could come after the answer that it announces."""
    if typing:
        mark_as_read(read, typing=True)
    else:
        courtesies.beside(partial(mark_as_read, read, typing=False))


def _is_near(moment: datetime | None) -> bool:
    return moment is not None and moment - timezone.now() < TYPING_LASTS


def mark_as_read(message: Message, *, typing: bool) -> None:
    """Blue ticks for this message and all before it, with "typing…" if an answer is to come.

    A courtesy: its failure changes nothing.
    """
    try:
        client.mark_read(mark_read(message.wamid, typing=typing))
    except (client.NotSent, client.Unconfirmed, client.Refused) as error:
        log.info("mark_read_failed", message=message.pk, error=str(error))
