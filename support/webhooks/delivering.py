"""Posting what waits for an endpoint: in order for each contact, until the receiver has it.

Claim, call with no transaction open, record. A worker that dies in between leaves the delivery
waiting: it is posted again under the same `webhook-id`, by which receivers know it.
"""

import json
import time
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.utils import timezone

from support.models import WebhookDelivery, WebhookEndpoint
from support.webhooks import client, leases, signing
from support.webhooks.client import Outcome, Request
from whatsapp.guard import TakenByAnother
from whatsapp.nudges import nudge
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

AT_ONCE = 8  # posts to one endpoint at the same time, each for another contact
TURN = 20.0  # seconds, so that one busy endpoint does not keep a worker for itself
PATIENCE = timedelta(hours=24)
PAUSES = [
    *(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800)),
    *(timedelta(hours=h) for h in (1, 2, 4, 8, 8)),
]  # of one event that is refused
PROBES = [timedelta(seconds=s) for s in (5, 15, 60, 300)]  # of an endpoint that takes nothing
NOTED = [
    *("state", "attempts", "due_at", "first_tried_at", "tried_at", "delivered_at"),
    *("request", "status_code", "response", "error", "milliseconds"),
]
Tried = list[tuple[WebhookDelivery, Outcome]]


def deliver(endpoint_id: int) -> int:
    """Post what is due; how many the receiver took. 0 if another worker is at it."""
    endpoint = leases.claim(endpoint_id)
    if endpoint is None:
        return 0
    taken, until = 0, time.monotonic() + TURN
    try:
        while batch := leases.heads(endpoint, 1 if endpoint.failures else AT_ONCE):
            good = _deliver(endpoint, batch)
            taken += good
            if not good:
                break
            if time.monotonic() > until:
                nudge("support.tasks.deliver_webhooks", endpoint_id)
                break
        leases.release(endpoint)
    except TakenByAnother:
        log.info("webhook_endpoint_lost", endpoint=endpoint_id)
    return taken


def _deliver(endpoint: WebhookEndpoint, batch: list[WebhookDelivery]) -> int:
    now = timezone.now()
    requests = [_request(endpoint, delivery, now) for delivery in batch]
    tried = list(zip(batch, client.post_all(requests), strict=True))
    for delivery, request in zip(batch, requests, strict=True):
        delivery.request = dict(request.headers)
    return _record(endpoint, tried, now)


def _request(endpoint: WebhookEndpoint, delivery: WebhookDelivery, now: datetime) -> Request:
    body = json.dumps(delivery.event.body, separators=(",", ":"))
    signed = signing.headers(str(delivery.event.position), now, body, endpoint.secrets)
    headers = {"Content-Type": "application/json", "User-Agent": "EduBot-Webhooks/1", **signed}
    return Request(endpoint.url, headers, body.encode())


@unit_of_work
def _record(endpoint: WebhookEndpoint, tried: Tried, now: datetime) -> int:
    """Write down what came of it; how many were taken. Raises EndpointLost."""
    good, was_failing = sum(outcome.is_good for _, outcome in tried), endpoint.failures > 0
    health = _well() if good else _ill(endpoint, tried, now)
    leases.fence(endpoint, **health)
    for name, value in health.items():
        setattr(endpoint, name, value)
    for delivery, outcome in tried:
        _note(endpoint, delivery, outcome, now)
    WebhookDelivery.objects.bulk_update([delivery for delivery, _ in tried], NOTED)
    if good and was_failing:
        _wake_all(endpoint)
    return good


def _well() -> dict[str, Any]:
    return {"failures": 0, "failing_since": None, "due_at": None}


def _ill(endpoint: WebhookEndpoint, tried: Tried, now: datetime) -> dict[str, Any]:
    """The endpoint takes nothing: wait longer each time. After a day, or at a 410, pause it."""
    since = endpoint.failing_since or now
    is_hopeless = now - since >= PATIENCE or any(outcome.is_gone for _, outcome in tried)
    return {
        "failures": endpoint.failures + 1,
        "failing_since": since,
        "due_at": now + PROBES[min(endpoint.failures, len(PROBES) - 1)],
        "paused_at": now if is_hopeless else None,
    }


def _note(
    endpoint: WebhookEndpoint, delivery: WebhookDelivery, outcome: Outcome, now: datetime
) -> None:
    delivery.first_tried_at = delivery.first_tried_at or now
    delivery.tried_at = now
    delivery.status_code, delivery.response = outcome.status, outcome.answer
    delivery.error, delivery.milliseconds = outcome.error, outcome.milliseconds
    delivery.due_at = None
    if outcome.is_good:
        delivery.state = WebhookDelivery.State.DELIVERED
        delivery.delivered_at = now
    elif now - delivery.first_tried_at >= PATIENCE and not endpoint.paused_at:
        delivery.state = WebhookDelivery.State.FAILED
    else:
        later = now + PAUSES[min(delivery.attempts, len(PAUSES) - 1)]
        last_try = delivery.first_tried_at + PATIENCE
        delivery.due_at = min(later, last_try) if last_try > now else later
    delivery.attempts += 1


def _wake_all(endpoint: WebhookEndpoint) -> None:
    """The receiver is back: nothing that was refused meanwhile waits any longer."""
    WebhookDelivery.objects.filter(
        endpoint=endpoint, state=WebhookDelivery.State.WAITING, due_at__isnull=False
    ).update(due_at=None)
