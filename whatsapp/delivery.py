"""Sending what is queued in a lane, in order: claim, call with no transaction open, record.

What is recorded stands in `whatsapp.outcomes`.

A send whose answer never came is not repeated blindly. The message carries our own id, and a
status webhook that bears it settles the matter. Only after WHATSAPP_RECONCILE_WAIT without one
is a bot's message sent once more; an agent's stays uncertain, for the agent to decide.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from whatsapp import client, lanes, line, outcomes, statements, uploads
from whatsapp.errors import Failure, Verdict, classify, retry_delay
from whatsapp.lanes import Lane
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Status
from whatsapp.pacing import TO_ONE_PERSON
from whatsapp.payload import Kind
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

BUDGET = 30  # messages a turn, so that one busy contact does not keep a worker for itself
MAX_REFUSALS = 6
RE_ENGAGEMENT = 131047
UNREADABLE_ANSWER = 131000
WAITS_FOR_US = timedelta(minutes=5)  # who wrote this lately is probably still looking at the phone
QUEUED_IN_LANE = """
    WHERE contact_id = %(contact)s AND direction = 'out' AND (
        status IN ('queued', 'sending') OR (status = 'uncertain' AND due_at IS NOT NULL)
    )
    ORDER BY id LIMIT %(limit)s
"""
CLAIM = """
    UPDATE whatsapp_message SET status = 'sending', attempts = %(attempts)s, due_at = NULL
    WHERE id = %(id)s AND status = 'queued'
"""


class NotQueued(Exception):
    """Somebody took the message back, or sent it, meanwhile."""


def deliver_queued(lane: Lane) -> datetime | None:
    """Send what is due; when the lane next has something to send, None if nothing is left.

    Raises LaneLost.
    """
    queued = _queued(lane)
    for message in queued:
        wait_until = _blocked_until(lane, message)
        if wait_until:
            return wait_until
    return timezone.now() if len(queued) == BUDGET else None


def _queued(lane: Lane) -> list[Message]:
    """The lane's next messages; each is claimed by itself, so that one taken back stays back."""
    queued = statements.rows(Message, QUEUED_IN_LANE, contact=lane.contact.pk, limit=BUDGET)
    for message in queued:
        message.contact = lane.contact  # loaded already: saves a query for each message
    return queued


def _blocked_until(lane: Lane, head: Message) -> datetime | None:
    """Deal with the head of the lane; the moment until which it holds up the lane, if any."""
    if head.status == Status.SENDING:
        return outcomes.make_uncertain(lane, head, "A worker stopped while sending.")
    if head.due_at and head.due_at > timezone.now():
        return head.due_at
    if head.status == Status.UNCERTAIN:
        wait_until = outcomes.settle(lane, head)
        if head.status == Status.UNCERTAIN:
            return wait_until
    if head.kind != Kind.TEMPLATE and _window_is_closed(lane):
        outcomes.finish(lane, head, Status.EXPIRED, classify(RE_ENGAGEMENT))
        return None
    return _must_wait_until(lane) or _send(lane, head)


def _must_wait_until(lane: Lane) -> datetime | None:
    """Known without a query: the number is held, or this person has been sent too much lately."""
    now = timezone.now()
    if lane.held_until and lane.held_until > now:
        return lane.held_until
    free_at = TO_ONE_PERSON.free_at(lane.contact.spent_until, now)
    return free_at if free_at > now else None


def _window_is_closed(lane: Lane) -> bool:
    """Looked up again before it counts: the student may have written since the lane was taken."""
    if lane.contact.window_is_open():
        return False
    last_inbound_at = Contact.objects.values_list("last_inbound_at", flat=True)
    lane.contact.last_inbound_at = last_inbound_at.filter(pk=lane.contact.pk).first()
    return not lane.contact.window_is_open()


def _send(lane: Lane, message: Message) -> datetime | None:
    is_trial = False
    try:
        body = _request(lane, message)  # before the claim: an upload may outlast the lease
        is_trial = _claim(lane, message)
        wamid = client.send(body)
    except line.Busy as busy:
        return busy.until
    except NotQueued:
        return None
    except client.NotSent:
        return _try_again(lane, message, classify(UNREADABLE_ANSWER))
    except client.Unconfirmed as error:
        return outcomes.make_uncertain(lane, message, str(error))
    except client.Refused as error:
        return _refused(lane, message, error.failure, is_trial)
    outcomes.record_accepted(message, wamid)
    if is_trial:
        line.open_again()
    return None


def _refused(lane: Lane, message: Message, failure: Failure, is_trial: bool) -> datetime | None:
    log.info("message_refused", message=message.pk, code=failure.code)
    if is_trial and failure.verdict not in line.HOLDS:
        line.open_again()  # what is wrong is wrong with this message only
    return REACTIONS[failure.verdict](lane, message, failure)


def _request(lane: Lane, message: Message) -> dict[str, object]:
    """The whole body of the call; uploads the message's file first if it has one."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **lane.contact.address,
        **uploads.with_file(message),
        "biz_opaque_callback_data": str(message.callback_id),
    }


@unit_of_work
def _claim(lane: Lane, message: Message) -> bool:
    """Whether it is the trial of a held line. Raises NotQueued, LaneLost or line.Busy."""
    spent_until = TO_ONE_PERSON.spent(lane.contact.spent_until, timezone.now())
    lanes.fence(lane, spent_until=spent_until)
    is_trial = line.take(is_urgent=_is_awaited(lane, message))
    if not statements.change(CLAIM, id=message.pk, attempts=message.attempts + 1):
        raise NotQueued
    message.attempts += 1
    lane.contact.spent_until = spent_until
    return is_trial


def _is_awaited(lane: Lane, message: Message) -> bool:
    """What a person wrote, and the bot's answers, go before its reminders and broadcasts."""
    wrote_at = lane.contact.last_inbound_at
    is_there = wrote_at is not None and wrote_at > timezone.now() - WAITS_FOR_US
    return message.author == Author.AGENT or is_there


def _fail(lane: Lane, message: Message, failure: Failure) -> None:
    outcomes.finish(lane, message, Status.FAILED, failure)


def _expire(lane: Lane, message: Message, failure: Failure) -> None:
    outcomes.finish(lane, message, Status.EXPIRED, failure)


def _wait(lane: Lane, message: Message, failure: Failure) -> datetime:
    """Too fast, or refused for now: not the message's fault, so this try does not count."""
    delay = retry_delay(failure.verdict, message.attempts) * random.uniform(1, 1.2)  # noqa: S311
    due_at = timezone.now() + delay
    outcomes.requeue(lane, message, failure, due_at)
    return due_at


def _hold(lane: Lane, message: Message, failure: Failure) -> datetime:
    """It concerns the whole number: nobody sends for a while."""
    due_at = lane.held_until = line.hold(failure)
    outcomes.requeue(lane, message, failure, due_at)
    return due_at


def _try_again(lane: Lane, message: Message, failure: Failure) -> datetime | None:
    message.refusals += 1
    if message.refusals > MAX_REFUSALS:
        _fail(lane, message, failure)
        return None
    return _wait(lane, message, failure)


REACTIONS: dict[Verdict, Callable[[Lane, Message, Failure], datetime | None]] = {
    Verdict.PERMANENT: _fail,
    Verdict.WINDOW: _expire,
    Verdict.RETRY: _try_again,
    Verdict.THROTTLE: _wait,
    Verdict.SLOW_DOWN: _hold,
    Verdict.STOP: _hold,
}
