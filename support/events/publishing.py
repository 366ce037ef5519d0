"""Putting events in order: each gets its position once it is committed, one publisher at a time.

Ids of rows appear out of order: a transaction that took its id first may commit last, and a
reader who has seen a later id would never look back. Positions are given to committed rows only,
under the lock of one row, so they appear in order and without gaps.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from support.models import Event, EventCounter, WebhookDelivery, WebhookEndpoint
from whatsapp.nudges import nudge
from whatsapp.transactions import unit_of_work

BATCH = 200  # events a transaction


def publish() -> int:
    """Give positions to all that wait, and set down who is to be told; how many there were."""
    total = done = _publish_some()
    while done == BATCH:
        done = _publish_some()
        total += done
    return total


@unit_of_work
def _publish_some() -> int:
    counter, _ = EventCounter.objects.select_for_update().get_or_create(pk=1)
    waiting = Event.objects.filter(position=None).only("type", "contact_id")
    events = list(waiting.order_by("id")[:BATCH])
    if not events:
        return 0
    _number(events, counter.last + 1)
    EventCounter.objects.filter(pk=counter.pk).update(last=counter.last + len(events))
    _address(events)
    return len(events)


def _number(events: Sequence[Event], start: int) -> None:
    """One UPDATE for each stretch of ids without a gap: there position and id go up together."""
    stretches: dict[int, list[int]] = {}
    for position, event in enumerate(events, start):
        stretches.setdefault(position - event.pk, []).append(event.pk)
    for shift, ids in stretches.items():
        Event.objects.filter(pk__in=ids).update(position=F("pk") + shift)


def _address(events: Sequence[Event]) -> None:
    """A delivery for each event and each endpoint that wants it."""
    endpoints = list(WebhookEndpoint.objects.filter(active=True))
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=endpoint, event=event, contact_id=event.contact_id)
        for event in events
        for endpoint in endpoints
        if endpoint.wants(event.type)
    )
    now = timezone.now()
    _nudge_later(e.pk for e in endpoints if not e.paused_at and not (e.due_at and e.due_at > now))


def _nudge_later(endpoint_ids: Iterable[int]) -> None:
    ids = list(endpoint_ids)

    def nudge_all() -> None:
        for endpoint_id in ids:
            nudge("support.tasks.deliver_webhooks", endpoint_id)

    transaction.on_commit(nudge_all)
