"""Idempotency keys in the database: claimed first, answered in the commit that does the work.

Nothing of the work leaves the house before that commit, and only who still holds the claim can
make it: a request that is repeated, in parallel or after a crash, does its work once (decision 23).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from rest_framework.response import Response

from support.api.errors import KeyInFlight, KeyReused
from support.models import IdempotencyKey
from whatsapp.transactions import unit_of_work

LEASE = timedelta(minutes=1)  # longer than the web server lets a request live
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do the work of a key."""

    pk: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The work has been done; this was the answer."""

    status_code: int
    body: Any


def claim(digest: str, fingerprint: str) -> Claim | Answered:
    """Take the key, or learn what was answered. Raises KeyInFlight or KeyReused."""
    try:
        return _make(digest, fingerprint)
    except IntegrityError:
        row = IdempotencyKey.objects.filter(digest=digest).first()
    if row is None:  # freed between the two statements
        raise KeyInFlight
    return _look(row, fingerprint)


@unit_of_work
def carry_out(held: Claim, work: Callable[[], Response], secrets: Collection[str] = ()) -> Response:
    """Do the work and keep its answer in one commit. Raises KeyInFlight if the claim is lost.

    The fields in `secrets` are kept as null: whoever asks again is not told them.
    """
    response = work()
    keep(held, response.status_code, {**response.data, **dict.fromkeys(secrets)})
    return response


def keep(held: Claim, status_code: int, body: Any) -> None:
    """Keep the answer. Raises KeyInFlight if somebody has taken the key over."""
    rows = IdempotencyKey.objects.filter(pk=held.pk, epoch=held.epoch, status_code=None)
    if not rows.update(status_code=status_code, answer=body):
        raise KeyInFlight


def free(held: Claim) -> None:
    """The work could not be done: whoever comes next may try."""
    IdempotencyKey.objects.filter(pk=held.pk, epoch=held.epoch, status_code=None).delete()


def forget_old() -> int:
    """Delete what is older than a day; how many keys that were."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lte=timezone.now() - KEPT).delete()
    return deleted


@unit_of_work
def _make(digest: str, fingerprint: str) -> Claim:
    row = IdempotencyKey.objects.create(
        digest=digest, fingerprint=fingerprint, claimed_until=timezone.now() + LEASE
    )
    return Claim(row.pk, row.epoch)


def _look(row: IdempotencyKey, fingerprint: str) -> Claim | Answered:
    now = timezone.now()
    if row.created_at > now - KEPT:
        if row.fingerprint != fingerprint:
            raise KeyReused
        if row.status_code is not None:
            return Answered(row.status_code, row.answer)
        if row.claimed_until > now:
            raise KeyInFlight
    return _take_over(row, fingerprint)


@unit_of_work
def _take_over(row: IdempotencyKey, fingerprint: str) -> Claim:
    """An abandoned claim, or a key of yesterday. Raises KeyInFlight if another was quicker."""
    now = timezone.now()
    taken = IdempotencyKey.objects.filter(pk=row.pk, epoch=row.epoch, status_code=row.status_code)
    if not taken.update(
        epoch=row.epoch + 1,
        fingerprint=fingerprint,
        claimed_until=now + LEASE,
        created_at=now,
        status_code=None,
        answer=None,
    ):
        raise KeyInFlight
    return Claim(row.pk, row.epoch + 1)
