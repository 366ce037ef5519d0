"""Status webhooks: ticks that only move forward.

Order is not guaranteed, duplicates are normal, `delivered` may be left out, and one message may
be both delivered and failed (several devices): delivered wins.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from whatsapp import news
from whatsapp.changes import Changes
from whatsapp.errors import Verdict, classify
from whatsapp.models import Message
from whatsapp.models.fields import digest
from whatsapp.models.message import Direction, Status
from whatsapp.news import News
from whatsapp.payload import StatusUpdate

RANK = {
    Status.QUEUED: 0,
    Status.SENDING: 1,
    Status.UNCERTAIN: 1,
    Status.ACCEPTED: 2,
    Status.SENT: 3,
    Status.FAILED: 4,
    Status.EXPIRED: 4,
    Status.DELIVERED: 5,
    Status.READ: 6,
    Status.PLAYED: 7,
    Status.CANCELLED: 8,
}
# Meta's word -> our status and the column that keeps its moment
MEANING = {
    "sent": (Status.SENT, "sent_at"),
    "delivered": (Status.DELIVERED, "delivered_at"),
    "read": (Status.READ, "read_at"),
    "played": (Status.PLAYED, "read_at"),
    "failed": (Status.FAILED, "failed_at"),
}
MOMENTS = ["sent_at", "delivered_at", "read_at", "failed_at"]
LARGE = ["payload", "reason", "traceback"]  # of no use for ticks: neither read nor taken apart
COLUMNS = ["status", "wamid", "wamid_digest", "due_at", "error_code", "error", *MOMENTS]


def apply(updates: Sequence[StatusUpdate], now: datetime) -> set[int]:
    """Move the messages that `updates` speak of; ids of contacts whose lane waited for it.

    Found by our own id (it is there before Graph's answer is stored) or by wamid; what is not
    ours, other apps on the account for instance, is ignored. One SELECT for any number, and one
    UPDATE for each kind of change while these are few.
    """
    known = [update for update in updates if update.status in MEANING]
    if not known:
        return set()
    found = _find(known)
    changes = Changes(Message, COLUMNS)
    for outgoing in found.values():
        changes.remember(outgoing)
    unblocked: set[int] = set()
    moved: dict[int, Message] = {}
    told: list[tuple[News, Message]] = []
    for update in known:
        message = found.get(_canonical(update.callback_id)) or found.get(digest(update.wamid))
        if message is None:
            continue
        found[digest(update.wamid)] = message  # the next one may come without our id
        if RANK[Status(message.status)] < RANK[Status.ACCEPTED]:
            unblocked.add(message.contact_id)
        told += _advance(message, update, now)
        moved[message.pk] = message
    changes.save(moved.values())
    news.tell(told)
    return unblocked


def _find(updates: Iterable[StatusUpdate]) -> dict[str, Message]:
    """The outgoing messages by callback id and by the digest of their wamid, locked."""
    callback_ids = {_canonical(update.callback_id) for update in updates} - {""}
    digests = {digest(update.wamid) for update in updates}
    messages = Message.objects.select_for_update().filter(
        Q(callback_id__in=callback_ids) | Q(wamid_digest__in=digests),
        direction=Direction.OUTBOUND,
    )
    found: dict[str, Message] = {}
    for message in messages.defer(*LARGE).order_by("id"):
        found[str(message.callback_id)] = message
        if message.wamid_digest:
            found[message.wamid_digest] = message
    return found


def _advance(message: Message, update: StatusUpdate, now: datetime) -> list[tuple[News, Message]]:
    """What there is to tell: copies, for the next update may move the same message."""
    was_taken = RANK[Status(message.status)] >= RANK[Status.ACCEPTED]
    status, column = MEANING[update.status]
    if getattr(message, column) is None:
        setattr(message, column, update.occurred_at or now)
    if not message.wamid:
        message.wamid, message.wamid_digest = update.wamid, digest(update.wamid)
    if RANK[status] <= RANK[Status(message.status)]:
        return []
    message.status = status
    message.due_at = None
    if status == Status.FAILED and update.errors:
        failure = classify(update.errors[0].code)
        message.error_code, message.error = failure.code, failure.sentence
        if failure.verdict is Verdict.WINDOW:
            message.status = Status.EXPIRED
    elif status != Status.FAILED:
        message.error_code, message.error = None, ""
    is_taken_now = not was_taken and status != Status.FAILED
    return [(kind, copy(message)) for kind in ([News.SENT] * is_taken_now + [News.STATUS])]


def _canonical(callback_id: str) -> str:
    """The id as we write it; empty if it is none of ours."""
    try:
        return str(UUID(callback_id))
    except ValueError:
        return ""
