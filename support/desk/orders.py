"""The orders of the queue, and going on after a row without counting those before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from support.models import Priority, SupportTicket
from whatsapp.models.contact import CUSTOMER_SERVICE_WINDOW

Tickets = QuerySet[SupportTicket]
URGENCY = [Priority.URGENT, Priority.HIGH, Priority.MEDIUM, Priority.LOW]


@dataclass(frozen=True, slots=True)
class Order:
    """Ordered by `keys` (`-` downwards), the last of which is unique. Nulls only where upwards."""

    keys: tuple[str, ...]

    def first(self, tickets: Tickets, limit: int) -> list[SupportTicket]:
        return list(tickets.annotate(**_annotations(self.keys)).order_by(*self.keys)[:limit])

    def after(self, tickets: Tickets, cursor: str, limit: int) -> list[SupportTicket]:
        """What follows the row of `cursor`; nothing for a cursor that is not ours."""
        try:
            place = signing.loads(cursor)
        except signing.BadSignature:
            return []
        if len(place) != len(self.keys):
            return []
        annotated = tickets.annotate(**_annotations(self.keys))
        return list(annotated.filter(_beyond(self.keys, place)).order_by(*self.keys)[:limit])

    def cursor(self, ticket: SupportTicket) -> str:
        """Where `ticket`, which came from here, stands."""
        place = [getattr(ticket, key.removeprefix("-")) for key in self.keys]
        return signing.dumps([p.isoformat() if isinstance(p, datetime) else p for p in place])


WAITING = Order(("idle", "urgency", "waiting_since", "id"))
WINDOW = Order(("shut", "heard", "id"))
ENDED = Order(("-closed_at", "-id"))  # along the index ticket_ended
NEWEST = Order(("-id",))


def _annotations(keys: tuple[str, ...]) -> Mapping[str, Any]:
    """Of open tickets only, of which there are never many: no index holds these."""
    window_begins = timezone.now() - CUSTOMER_SERVICE_WINDOW
    ranks = [When(priority=priority, then=rank) for rank, priority in enumerate(URGENCY)]
    known = {
        "idle": Case(When(waiting_since=None, then=1), default=0),
        "urgency": Case(*ranks, default=len(URGENCY)),
        "shut": Case(When(contact__last_inbound_at__gt=window_begins, then=0), default=1),
        "heard": F("contact__last_inbound_at"),
    }
    return {key: known[key] for key in keys if key in known}


def _beyond(keys: tuple[str, ...], place: list[Any]) -> Q:
    """As a row value comparison, which not every database does along an index; nulls come first."""
    beyond, same = Q(), Q()
    for key, value in zip(keys, place, strict=True):
        name = key.removeprefix("-")
        side = "lt" if key.startswith("-") else "gt"
        further = {f"{name}__isnull": False} if value is None else {f"{name}__{side}": value}
        beyond |= same & Q(**further)
        same &= Q(**{name: value})
    return beyond
