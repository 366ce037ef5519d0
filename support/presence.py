"""Who has which ticket open and who types in it: rows, because web machines share nothing else.

An open page tells every few seconds that it is there: one statement to write (two when it has
just been opened), one to read. What is not told again goes stale by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from support.models import Presence
from support.services.actor import name_of
from whatsapp.transactions import unit_of_work

QUEUE: Final = 0  # the place of who looks at the queue and at no ticket
STALE: Final = timedelta(seconds=15)
# Browsers wake a page in the background only once a minute.
ONLINE: Final = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Other:
    """A colleague who is in the ticket now."""

    user_id: int
    name: str
    is_typing: bool


@unit_of_work
def touch(ticket_id: int, user: User, typing: bool = False) -> None:
    """`user` has the ticket open (QUEUE: the queue) and types in it, or does not."""
    now = timezone.now()
    typed: dict[str, Any] = {"typed_at": now if typing else None}
    here = Presence.objects.filter(place=ticket_id, user=user)
    if not here.update(seen_at=now, **typed):
        fresh = Presence(place=ticket_id, user=user, seen_at=now, **typed)
        Presence.objects.bulk_create([fresh], ignore_conflicts=True)  # a second tab was quicker


def others(ticket_ids: Iterable[int], user: User) -> dict[int, list[Other]]:
    """Who but `user` is in these tickets, by ticket; who types comes first. One statement."""
    now = timezone.now()
    rows = Presence.objects.filter(place__in=list(ticket_ids), seen_at__gt=now - STALE)
    found: dict[int, list[Other]] = {}
    for row in rows.exclude(user=user).select_related("user"):
        is_typing = bool(row.typed_at and row.typed_at > now - STALE)
        other = Other(row.user_id, name_of(row.user), is_typing)
        found.setdefault(row.place, []).append(other)
    return {
        place: sorted(people, key=lambda other: (not other.is_typing, other.name))
        for place, people in found.items()
    }


def leave(ticket_id: int, user: User) -> None:
    """`user` has closed the page."""
    Presence.objects.filter(place=ticket_id, user=user).delete()


def online() -> QuerySet[Presence, int]:
    """The ids of people who have any page of the desk open."""
    fresh = Presence.objects.filter(seen_at__gt=timezone.now() - ONLINE)
    return fresh.order_by().values_list("user_id", flat=True).distinct()


def sweep() -> None:
    """Forget who has left."""
    Presence.objects.filter(seen_at__lt=timezone.now() - ONLINE).delete()
