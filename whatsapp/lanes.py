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
from django.db.models import F, Q, QuerySet, Subquery
from django.utils import timezone

from whatsapp import line
from whatsapp.guard import TakenByAnother
from whatsapp.models import Contact
from whatsapp.nudges import nudge_lane, nudge_lanes
from whatsapp.transactions import unit_of_work


class LaneLost(TakenByAnother):
    """Another worker has taken over; whatever was being done must not be written."""


@dataclass(slots=True)
class Lane:
    contact: Contact
    epoch: int
    claimed_until: datetime = field(compare=False)
    held_until: datetime | None = field(default=None, compare=False)  # the number's line to Meta


@unit_of_work
def claim(contact_id: int, *, if_due: bool = False) -> Lane | None:
    """The lane of `contact_id`, held for WHATSAPP_LEASE; None if another worker has it.

    With `if_due` also None if it has nothing to do now.
    """
    found = Contact.objects.annotate(held_until=Subquery(line.held_until()))
    contact = found.filter(pk=contact_id).first()
    now = timezone.now()
    if contact is None or (contact.lease_until and contact.lease_until > now):
        return None
    if if_due and (contact.due_at is None or contact.due_at > now):
        return None
    until = now + settings.WHATSAPP_LEASE
    claimed = Contact.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=now), pk=contact_id, epoch=contact.epoch
    ).update(epoch=F("epoch") + 1, lease_until=until, due_at=until)
    return Lane(contact, contact.epoch + 1, until, contact.held_until) if claimed else None


def fence(lane: Lane, **changes: object) -> None:
    """Lock the lane's row for this transaction, and write `changes` to it in the same statement.

    Raises LaneLost if the lane is no longer ours.
    """
    until = timezone.now() + settings.WHATSAPP_LEASE
    row = Contact.objects.filter(pk=lane.contact.pk, epoch=lane.epoch)
    held = row.update(lease_until=until, **changes)
    if not held:
        raise LaneLost(f"lane {lane.contact.pk}, epoch {lane.epoch}")


@unit_of_work
def release(lane: Lane, due_at: datetime | None) -> bool:
    """Give the lane back, to be due again at `due_at` (None: when something happens).

    False if someone woke the lane meanwhile: it was released, but stays due now.
    """
    released = Contact.objects.filter(
        pk=lane.contact.pk, epoch=lane.epoch, due_at=lane.claimed_until
    ).update(lease_until=None, due_at=due_at)
    if released:
        return True
    Contact.objects.filter(pk=lane.contact.pk, epoch=lane.epoch).update(lease_until=None)
    return False


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
