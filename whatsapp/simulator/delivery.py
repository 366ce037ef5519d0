"""Delivery of webhooks: signed, at least once, retried for days, in no promised order."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from whatsapp.signature import sign
from whatsapp.simulator import phones
from whatsapp.simulator.models import Sender, SimulatedCall, SimulatedWebhook

PAUSES = {
    Sender.META: [timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600, 3600)],
    Sender.PAYSTACK: [timedelta(minutes=minutes) for minutes in (3, 3, 3, 3, 60)],
}
TRIED_FOR = {Sender.META: timedelta(days=7), Sender.PAYSTACK: timedelta(hours=72)}
KEPT_FOR = timedelta(days=1)
BATCH = 200

Post = Callable[[bytes, str], int]  # body, signature header -> HTTP status, 0 if none came


def deliver_due(now: datetime, post: Post, sender: Sender = Sender.META) -> int:
    """Post what of `sender` is due at `now`, oldest first; how many webhooks were taken."""
    return deliver(SimulatedWebhook.objects.filter(sender=sender, due_at__lte=now), post)


def deliver(webhooks: QuerySet[SimulatedWebhook], post: Post) -> int:
    """Post these webhooks in the order they are due. Only 200 counts as taken."""
    taken = 0
    for webhook in webhooks.order_by("due_at", "id")[:BATCH]:
        body = bytes(webhook.body)
        status = post(body, _signature(webhook.sender, body))
        _record(webhook, status, timezone.now())
        taken += status == 200
    return taken


def _signature(sender: str, body: bytes) -> str:
    if sender == Sender.META:
        return sign(body, settings.WHATSAPP_APP_SECRET)
    return hmac.new(settings.PAYSTACK_SECRET_KEY.encode(), body, hashlib.sha512).hexdigest()


def _record(webhook: SimulatedWebhook, status: int, now: datetime) -> None:
    """One write per webhook: a crash in between repeats a delivery, as Meta does."""
    webhook.attempts += 1
    webhook.last_status = status
    webhook.last_error = "" if status else "no answer"
    if status == 200:
        webhook.delivered_at, webhook.due_at = now, None
    else:
        sender = Sender(webhook.sender)
        due_at = now + PAUSES[sender][min(webhook.attempts, len(PAUSES[sender])) - 1]
        webhook.due_at = due_at if due_at < webhook.created_at + TRIED_FOR[sender] else None
    webhook.save()
    if webhook.delivered_at and webhook.tick:
        phones.tick(webhook.wamid, webhook.tick)


def forget_old(now: datetime) -> None:
    """Delete what the page's log no longer needs."""
    SimulatedWebhook.objects.filter(due_at=None, created_at__lt=now - KEPT_FOR).delete()
    SimulatedCall.objects.filter(created_at__lt=now - KEPT_FOR).delete()
