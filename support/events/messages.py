"""What the wire has to tell (WHATSAPP_NEWS_HANDLER): messages that came, went and got there."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from support.events import payloads
from support.events.recording import record_many
from support.models import Event, EventType
from whatsapp import statements
from whatsapp.models import Message
from whatsapp.news import News

TYPES = {
    News.RECEIVED: EventType.MESSAGE_RECEIVED,
    News.SENT: EventType.MESSAGE_SENT,
    News.STATUS: EventType.MESSAGE_STATUS,
}
OPEN_TICKETS = "SELECT open_for_id, id FROM support_supportticket WHERE open_for_id IN ({keys})"
TICKETS_OF_WIRES = "SELECT wire_id, ticket_id FROM support_supportmessage WHERE wire_id IN ({keys})"
Told = tuple[News, Message]


def hear(told: Sequence[Told]) -> None:
    """Write an event for each, in their order: three statements at most for any number.

    Locks nothing: the caller may hold messages, and must not ask for lanes or tickets then.
    """
    messages = [message for _, message in told]
    prefetch_related_objects(messages, "contact")  # of those whose contact is not at hand
    tickets = _tickets(told)
    now = timezone.now()

    def event(news: News, message: Message) -> Event:
        data: dict[str, Any] = payloads.of_message(message)
        return Event(
            type=TYPES[news],
            contact_id=message.contact_id,
            ticket_id=tickets.get(message.pk),
            data=data,
            created_at=now,
        )

    record_many([event(*each) for each in told])


def _tickets(told: Sequence[Told]) -> dict[int, int]:
    """By message: the ticket whose thread it is in or, if it has just come, will be put into."""
    came = [message for news, message in told if news is News.RECEIVED]
    went = {message.pk for news, message in told if news is not News.RECEIVED}
    by_contact = statements.mapping(OPEN_TICKETS, {message.contact_id for message in came})
    found = {m.pk: by_contact[m.contact_id] for m in came if m.contact_id in by_contact}
    return found | statements.mapping(TICKETS_OF_WIRES, went)
