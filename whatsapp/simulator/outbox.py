"""The outbox: webhooks are queued here and posted by delivery.py."""

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from whatsapp.simulator.models import Misbehaviour, Sender, SimulatedWebhook

SHUFFLE_SECONDS = 3


def chance(percent: int) -> bool:
    """True in `percent` of a hundred cases."""
    return secrets.randbelow(100) < percent


def queue(
    body: bytes,
    about: str,
    mood: Misbehaviour,
    *,
    due_at: datetime | None = None,
    wamid: str = "",
    tick: str = "",
    sender: Sender = Sender.META,
) -> None:
    """Queue one webhook, twice or out of order if it is told to be like that."""
    now = timezone.now()
    copies = 2 if chance(mood.duplicate_webhooks_percent) else 1
    SimulatedWebhook.objects.bulk_create(
        SimulatedWebhook(
            sender=sender,
            body=body,
            about=about[:200],
            wamid=wamid,
            tick=tick,
            created_at=now,
            due_at=(due_at or now) + _pause(mood),
        )
        for _ in range(copies)
    )


def _pause(mood: Misbehaviour) -> timedelta:
    if not mood.shuffle_webhooks:
        return timedelta(0)
    return timedelta(milliseconds=secrets.randbelow(SHUFFLE_SECONDS * 1000))
