"""One lane per contact: at most one worker at a time, everything in order.

A lane is claimed by a compare-and-swap on the contact's `epoch` and held by a lease. A worker
that slept past its lease finds the epoch raised and can no longer write. Claiming also moves
`due_at` to the end of the lease, so that the sweep finds the lane of a worker that died.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from whatsapp import statements
from whatsapp.guard import TakenByAnother
from whatsapp.models import Contact
from whatsapp.nudges import nudge_lane, nudge_lanes
from whatsapp.transactions import step_by_step, unit_of_work

ONE = "WHERE id = %(id)s"
CLAIM = """
    UPDATE whatsapp_contact
    SET epoch = epoch + 1, lease_until = %(until)s, due_at = %(until)s
    WHERE id = %(id)s AND epoch = %(epoch)s AND (lease_until IS NULL OR lease_until <= %(now)s)
"""
FENCE = """
    UPDATE whatsapp_contact
    SET lease_until = %(until)s, spent_until = COALESCE(%(spent_until)s, spent_until)
    WHERE id = %(id)s AND epoch = %(epoch)s
"""
RELEASE = """
    UPDATE whatsapp_contact SET lease_until = NULL, due_at = %(due_at)s
    WHERE id = %(id)s AND epoch = %(epoch)s AND due_at = %(claimed_until)s
"""
RELEASE_BUT_STAY_DUE = """
    UPDATE whatsapp_contact SET lease_until = NULL WHERE id = %(id)s AND epoch = %(epoch)s
"""


class LaneLost(TakenByAnother):
    """Another worker has taken over; whatever was being done must not be written."""


@dataclass(slots=True)
class Lane:
    contact: Contact
    epoch: int
    claimed_until: datetime = field(compare=False)
    # The number's line to Meta, as the worker finds it before it delivers.
    held_until: datetime | None = field(default=None, compare=False)


@step_by_step
def claim(contact_id: int, *, if_due: bool = False) -> Lane | None:
    """The lane of `contact_id`, held for WHATSAPP_LEASE; None if another worker has it.

    With `if_due` also None if it has nothing to do now.
    """
    found = statements.rows(Contact, ONE, id=contact_id)
    now = timezone.now()
    if not found or not _is_free(found[0], now) or (if_due and not _is_due(found[0], now)):
        return None
    [contact] = found
    until = now + settings.WHATSAPP_LEASE
    claimed = statements.change(CLAIM, id=contact.pk, epoch=contact.epoch, now=now, until=until)
    return Lane(contact, contact.epoch + 1, until) if claimed else None


def _is_free(contact: Contact, now: datetime) -> bool:
    return contact.lease_until is None or contact.lease_until <= now


def _is_due(contact: Contact, now: datetime) -> bool:
    return contact.due_at is not None and contact.due_at <= now


def fence(lane: Lane, *, spent_until: datetime | None = None) -> None:
    """Lock the lane's row for this transaction, and note until when its pace is spent, if given.

    Raises LaneLost if the lane is no longer ours.
    """
    until = timezone.now() + settings.WHATSAPP_LEASE
    own = _own(lane)
    if not statements.change(FENCE, **own, until=until, spent_until=spent_until):
        raise LaneLost(f"lane {lane.contact.pk}, epoch {lane.epoch}")


@step_by_step
def release(lane: Lane, due_at: datetime | None) -> bool:
    """Give the lane back, to be due again at `due_at` (None: when something happens).

    False if someone woke the lane meanwhile: it was released, but stays due now.
    """
    own, until = _own(lane), lane.claimed_until
    if statements.change(RELEASE, **own, due_at=due_at, claimed_until=until):
        return True
    statements.change(RELEASE_BUT_STAY_DUE, **own)
    return False


def _own(lane: Lane) -> dict[str, int]:
    return {"id": lane.contact.pk, "epoch": lane.epoch}


def wake(contact_id: int) -> None:
    """There is work in this lane: make it due now and, once that is committed, nudge a worker."""
    Contact.objects.filter(pk=contact_id).update(due_at=timezone.now())
    transaction.on_commit(lambda: nudge_lane(contact_id))


def wake_later(due: Iterable[int], waiting: Iterable[int]) -> None:
    """After the commit nudge the lanes that are `due`, and make those `waiting` due first.

    Their rows are not touched before: whoever holds locks of messages must not ask for lanes.
    """
    due, waiting = set(due), set(waiting)

    def wake_now() -> None:
        if waiting:
            _make_due(waiting)
        nudge_lanes(sorted(due | waiting))

    transaction.on_commit(wake_now)


@unit_of_work
def _make_due(contact_ids: set[int]) -> None:
    Contact.objects.filter(pk__in=contact_ids).update(due_at=timezone.now())


def lock(contact_id: int | Subquery) -> Contact:
    """The contact, locked until the transaction ends: the first lock of whoever acts on a chat.

    Order of locks everywhere: lane, ticket, message. Raises Contact.DoesNotExist.
    """
    return Contact.objects.select_for_update().get(pk=contact_id)  # type: ignore[misc]


def due(limit: int = 500) -> list[int]:
    """Ids of lanes that have work now and no worker, longest waiting first."""
    return list(_due(timezone.now()).values_list("pk", flat=True)[:limit])


def _due(now: datetime) -> QuerySet[Contact]:
    free = Contact.objects.filter(Q(lease_until=None) | Q(lease_until__lte=now), due_at__lte=now)
    return free.order_by("due_at")


def to_nudge(every: timedelta, limit: int = 500) -> list[int]:
    """Of the lanes that are due, those that a sweep at intervals of `every` should nudge.

    A nudge is probably on its way: as the wait grows (0, 1, 2, 4, 8, 16, 24 … intervals) it is
    taken for lost. To nudge everybody each time would bury workers that lag behind.
    """
    now = timezone.now()
    rows = _due(now).values_list("pk", "due_at")[:limit]
    return [pk for pk, due_at in rows if due_at and _is_overdue((now - due_at) // every)]


def _is_overdue(intervals: int) -> bool:
    return intervals % 8 == 0 or intervals in (1, 2, 4)
