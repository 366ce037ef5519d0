"""Meta's limits on our number: so many messages a second, and none while something is wrong.

A refusal that concerns the whole number (the token was revoked, the bill is unpaid, too many a
second) holds the line for every worker. What is queued stays queued, in order. Each time the hold
runs out one message goes as a trial: if Meta takes it, the line is open for all again.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from whatsapp import statements
from whatsapp.errors import Failure, Verdict, classify, retry_delay
from whatsapp.models import Contact, Line, Message
from whatsapp.models.message import Direction, Status
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

SECOND = 1_000_000  # microseconds
# How far the number may run ahead of its pace. What nobody waits for (reminders, broadcasts)
# leaves the rest to what somebody does wait for.
AHEAD, AHEAD_UNHURRIED = SECOND // 4, SECOND // 10
FAR = 5 * SECOND  # a value further ahead was written by a wrong clock and does not count
HOLDS = (Verdict.STOP, Verdict.SLOW_DOWN)
TAKE = """
    UPDATE whatsapp_line
    SET spent_until = %(share)s
        + CASE WHEN spent_until BETWEEN %(now)s AND %(far)s THEN spent_until ELSE %(now)s END
    WHERE number_id = %(number)s AND held_until IS NULL
        AND (spent_until <= %(limit)s OR spent_until > %(far)s)
"""
OF_NUMBER = "WHERE number_id = %(number)s"


class Busy(Exception):
    """Not now: the number is held, or at its pace. Nothing was sent; `until`: ask again then."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until}")
        self.until = until


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing goes out, for staff, and since when."""

    sentence: str
    since: datetime


def _own() -> QuerySet[Line]:
    return Line.objects.filter(number_id=settings.WHATSAPP_PHONE_NUMBER_ID)


def take(*, is_urgent: bool) -> bool:
    """Take one message's share of the number's pace: one UPDATE while nothing is wrong.

    True if this message is the trial of a held line: `open_again` or `hold` follows. Raises Busy.
    """
    now = timezone.now()
    micros = _micros(now)
    limit = micros + (AHEAD if is_urgent else AHEAD_UNHURRIED)
    number, share = (
        settings.WHATSAPP_PHONE_NUMBER_ID,
        SECOND // settings.WHATSAPP_MESSAGES_PER_SECOND,
    )
    far = micros + FAR
    if statements.change(TAKE, number=number, now=micros, far=far, limit=limit, share=share):
        return False
    line, is_new = Line.objects.get_or_create(number_id=number)
    if is_new:
        return take(is_urgent=is_urgent)
    if line.held_until is None:
        raise Busy(now + timedelta(microseconds=max(line.spent_until - limit, 1000)))
    if line.held_until > now:
        raise Busy(line.held_until)
    _try(line, now)
    return True


def _try(line: Line, now: datetime) -> None:
    """Be the one trial of a held line. Raises Busy if somebody else is."""
    until = now + _delay(classify(line.code or 0), line.trials + 2)
    held = _own().filter(held_until=line.held_until)
    if not held.update(held_until=until, trials=F("trials") + 1):
        raise Busy(until)


def _delay(failure: Failure, attempt: int) -> timedelta:
    return retry_delay(failure.verdict, attempt) * random.uniform(1, 1.2)  # noqa: S311


@unit_of_work
def hold(failure: Failure) -> datetime:
    """Meta refused for a reason that concerns the whole number; until when nothing goes out.

    Of many workers who are refused at once the first one's hold counts.
    """
    now = timezone.now()
    line, _ = Line.objects.get_or_create(number_id=settings.WHATSAPP_PHONE_NUMBER_ID)
    if line.code == failure.code and line.held_until and line.held_until > now:
        return line.held_until
    until = now + _delay(failure, 1)
    _own().update(code=failure.code, held_until=until, held_since=line.held_since or now, trials=0)
    log.error("line_held", code=failure.code, until=until.isoformat())
    return until


@unit_of_work
def open_again() -> None:
    """Meta has taken a trial: everything that waits goes out, lane by lane, at the usual pace."""
    code = _own().values_list("code", flat=True).first()
    if (
        not _own()
        .exclude(held_until=None)
        .update(held_until=None, held_since=None, trials=0, code=None)
    ):
        return
    queued = Message.objects.filter(direction=Direction.OUTBOUND, status=Status.QUEUED)
    now = timezone.now()
    waiting = set(queued.values_list("contact_id", flat=True))
    Contact.objects.filter(pk__in=waiting, due_at__gt=now, lease_until=None).update(due_at=now)
    queued.filter(error_code=code, due_at__gt=now).update(due_at=now)
    log.warning("line_open", code=code, lanes=len(waiting))


def held_until() -> datetime | None:
    """Until when our number is held; None if it is not."""
    found = statements.rows(Line, OF_NUMBER, number=settings.WHATSAPP_PHONE_NUMBER_ID)
    return found[0].held_until if found else None


def trouble() -> Trouble | None:
    """Why nothing goes out until somebody acts; None while all is well or merely slow."""
    line = _own().exclude(held_since=None).first()
    if line is None or line.held_since is None:
        return None
    failure = classify(line.code or 0)
    is_serious = failure.verdict is Verdict.STOP
    return Trouble(failure.sentence, line.held_since) if is_serious else None


def _micros(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * SECOND)
