"""What came of a send, written down: accepted, failed, to be tried again, or uncertain.

Each function is one transaction. All but `record_accepted` raise LaneLost if another worker has the
lane by now.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Func, IntegerField, Value
from django.utils import timezone

from whatsapp import lanes, news, statements
from whatsapp.errors import Failure
from whatsapp.lanes import Lane
from whatsapp.models import Message, Receipt
from whatsapp.models.fields import digest
from whatsapp.models.message import Author, Status
from whatsapp.news import News
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

A_MOMENT = timedelta(seconds=5)
RECORD_ACCEPTED = """
    UPDATE whatsapp_message
    SET status = 'accepted', due_at = NULL, error_code = NULL, error = '',
        wamid = %(wamid)s, wamid_digest = %(wamid_digest)s, accepted_at = %(accepted_at)s
    WHERE id = %(id)s AND attempts = %(attempts)s AND status IN ('sending', 'uncertain')
"""


@unit_of_work
def record_accepted(message: Message, wamid: str) -> None:
    """What Graph accepted is true whoever holds the lane now, so this is not fenced."""
    known = {"wamid": wamid, "wamid_digest": digest(wamid), "accepted_at": timezone.now()}
    if statements.change(RECORD_ACCEPTED, id=message.pk, attempts=message.attempts, **known):
        settled = {"status": Status.ACCEPTED, "due_at": None, "error_code": None, "error": ""}
        for name, value in (settled | known).items():
            setattr(message, name, value)  # as stored now, without asking again
        news.tell([(News.SENT, message)])
    else:  # a status webhook was quicker
        row = Message.objects.filter(pk=message.pk, attempts=message.attempts, wamid="")
        row.update(**known)


@unit_of_work
def finish(lane: Lane, message: Message, status: Status, failure: Failure) -> None:
    """It will not go out: `status` is FAILED or EXPIRED."""
    lanes.fence(lane)
    unsent = Message.objects.filter(pk=message.pk, status__in=[Status.QUEUED, Status.SENDING])
    if unsent.update(
        status=status, error_code=failure.code, error=failure.sentence, failed_at=timezone.now()
    ):
        news.tell_of(News.STATUS, message.pk)


@unit_of_work
def requeue(lane: Lane, message: Message, failure: Failure, due_at: datetime) -> None:
    """It is tried again at `due_at`."""
    lanes.fence(lane)
    Message.objects.filter(pk=message.pk, status__in=[Status.QUEUED, Status.SENDING]).update(
        status=Status.QUEUED,
        due_at=due_at,
        refusals=message.refusals,
        error_code=failure.code,
        error=failure.sentence,
    )


@unit_of_work
def make_uncertain(lane: Lane, message: Message, why: str) -> datetime | None:
    """Nobody knows if it arrived: until when to wait for a status webhook; None if one came."""
    lanes.fence(lane)
    due_at = timezone.now() + settings.WHATSAPP_RECONCILE_WAIT
    uncertain = Message.objects.filter(pk=message.pk, status=Status.SENDING).update(
        status=Status.UNCERTAIN, due_at=due_at, error="WhatsApp has not confirmed this message."
    )
    if uncertain:
        news.tell_of(News.STATUS, message.pk)
    log.warning("message_uncertain", message=message.pk, why=why)
    return due_at if uncertain else None


@unit_of_work
def settle(lane: Lane, message: Message) -> datetime | None:
    """The wait for a status webhook is over: send a bot's message once more, leave the rest."""
    lanes.fence(lane)
    if _is_behind(message.due_at) or _has_proof(message):
        return timezone.now() + A_MOMENT  # what is to be sorted says whether it arrived
    row = Message.objects.filter(pk=message.pk, status=Status.UNCERTAIN)
    if message.author == Author.BOT and message.resends == 0:
        if row.update(status=Status.QUEUED, due_at=None, resends=1):
            message.status = Status.QUEUED
    else:
        row.update(due_at=None)
    return None


def _is_behind(moment: datetime | None) -> bool:
    """Whether webhooks that came until `moment` still wait to be sorted; later ones may wait."""
    unsorted = Receipt.objects.filter(state=Receipt.State.UNSORTED)
    return moment is not None and unsorted.filter(received_at__lte=moment).exists()


def _has_proof(message: Message) -> bool:
    """Whether a webhook that waits to be sorted names the message, however late it came."""
    ours = Value(str(message.callback_id).encode())
    place = Func("body", ours, function="INSTR", output_field=IntegerField())
    unsorted = Receipt.objects.filter(state=Receipt.State.UNSORTED)
    return unsorted.alias(place=place).filter(place__gt=0).exists()
