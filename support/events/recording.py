"""Writing events, in the transaction of what happened."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from support.models import Event, EventType, WebhookDelivery
from whatsapp import statements
from whatsapp.models import Contact
from whatsapp.nudges import Gathered

PAUSE = 1.0  # seconds; one nudge stands for all events of that time
_publishing = Gathered("support.tasks.publish_events", PAUSE)


def record(
    kind: EventType, *, contact_id: int, data: dict[str, Any], ticket_id: int | None = None
) -> None:
    """Tell other systems that this happened. One INSERT; the caller's transaction commits it."""
    record_many([Event(type=kind, contact_id=contact_id, ticket_id=ticket_id, data=data)])


def record_many(events: Iterable[Event]) -> None:
    """As `record`, for many, in their order."""
    if rows := list(events):
        statements.insert_all(rows)
        transaction.on_commit(_publishing.ask)


def move(*, keep: Contact, gone: Contact) -> None:
    """The events of a contact who turns out to be another one; what they say stays as it was."""
    Event.objects.filter(contact=gone).update(contact=keep)
    WebhookDelivery.objects.filter(contact=gone).update(contact=keep)
