"""The history of a ticket."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from support import events
from support.events import payloads
from support.models import EventKind, EventType, SupportTicket, TicketEvent
from support.services.actor import Actor

LIMIT = 255
Payload = Callable[[SupportTicket, TicketEvent], dict[str, Any]]
CHANGED = (EventType.TICKET_UPDATED, payloads.of_ticket)
RATED = (EventType.RATING_GIVEN, payloads.of_rating)
# Acts that other systems are told of. Sending again is told by the events of the message.
TOLD: dict[EventKind, tuple[EventType, Payload]] = {
    EventKind.OPENED: (EventType.TICKET_OPENED, payloads.of_ticket),
    EventKind.REOPENED: CHANGED,
    EventKind.ANSWERED: CHANGED,
    EventKind.STATUS: CHANGED,
    EventKind.PRIORITY: CHANGED,
    EventKind.CATEGORY: CHANGED,
    EventKind.ASSIGNED: CHANGED,
    EventKind.ENDED: (EventType.CHAT_ENDED, payloads.of_ticket),
    EventKind.RATED: RATED,
    EventKind.COMMENTED: RATED,
}


def record(
    ticket: SupportTicket,
    kind: EventKind,
    actor: Actor,
    *,
    before: str = "",
    after: str = "",
    people: tuple[User | None, User | None] = (None, None),
    at: datetime | None = None,
) -> None:
    """Keep that `actor` did this, and tell other systems. `ticket` is as it is after the act.

    `people` are those whose names `before` and `after` are; `at` is when it was done, if not now.
    """
    before_user, after_user = people
    act = TicketEvent.objects.create(
        ticket=ticket,
        kind=kind,
        actor=actor.user,
        actor_name=actor.name,
        before=before,
        after=after,
        before_user_id=before_user.pk if before_user else None,
        after_user_id=after_user.pk if after_user else None,
        created_at=at or timezone.now(),
    )
    if told := TOLD.get(kind):
        event_type, payload = told
        data = payload(ticket, act)
        events.record(event_type, contact_id=ticket.contact_id, ticket_id=ticket.pk, data=data)
