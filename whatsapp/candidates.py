"""Contacts who may be one person: noted where ids contradict each other, decided by staff."""

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone

from whatsapp.models import Contact, MergeCandidate
from whatsapp.transactions import unit_of_work


@unit_of_work
def record(one: int, other: int, reason: str) -> None:
    """Note that the contacts with these ids may be one person; an earlier decision stands."""
    _insert([_pair(one, other, reason)])


def of_pair(one: int, other: int) -> QuerySet[MergeCandidate]:
    older, younger = sorted((one, other))
    return MergeCandidate.objects.filter(older=older, younger=younger)


def keep_apart(one: int, other: int, user: User) -> bool:
    """Record that `user` says they are two people. False if this was not asked, or is decided."""
    asked = of_pair(one, other).filter(decided_at=None)
    return bool(asked.update(decided_at=timezone.now(), decided_by=user))


def move(*, keep: Contact, gone: Contact) -> None:
    """`gone` is merged into `keep`: its open questions become questions about `keep`."""
    pairs = MergeCandidate.objects.filter(Q(older=gone) | Q(younger=gone)).exclude(
        Q(older=keep) | Q(younger=keep)
    )
    _insert(
        [
            _pair(keep.pk, pair.older_id + pair.younger_id - gone.pk, pair.reason)
            for pair in pairs.filter(decided_at=None)
        ]
    )


def _pair(one: int, other: int, reason: str) -> MergeCandidate:
    older, younger = sorted((one, other))
    return MergeCandidate(older_id=older, younger_id=younger, reason=reason)


def _insert(pairs: list[MergeCandidate]) -> None:
    MergeCandidate.objects.bulk_create(pairs, ignore_conflicts=True)
