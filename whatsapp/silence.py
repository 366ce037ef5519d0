"""Is Meta still talking to us? A webhook that was unsubscribed or moved fails without an error."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from whatsapp.kinds import Kind
from whatsapp.models import Message, Receipt
from whatsapp.models.message import Status

log = structlog.get_logger(__name__)

TICK_LATE = timedelta(minutes=15)  # Meta tells of an accepted message within seconds
LOOKS_BACK = timedelta(days=1)
TOLD_EVERY = timedelta(days=1)
CURE = "Is the webhook still subscribed? manage.py doctor finds out."


def problem() -> str:
    """A sentence if Meta seems to send no webhooks; empty if all is well, or never asked for (0).

    A message that Meta accepted, and about which no webhook has come, is a sure sign. Without one
    only a long time counts (WHATSAPP_SILENCE_HOURS): at night and in holidays nobody writes.
    """
    longest = settings.WHATSAPP_SILENCE
    if not longest:
        return ""
    newest = Receipt.objects.order_by("-id").values_list("received_at", flat=True).first()
    now = timezone.now()
    if _was_not_told(newest, now):
        return f"WhatsApp took messages and has told nothing of them since. {CURE}"
    if newest is None or now - newest < longest:
        return ""
    hours = (now - newest) // timedelta(hours=1)
    return f"No webhook came for {hours} hours. {CURE}"


def tell() -> None:
    """Log the problem as an error, which Sentry shows too; once a day while it lasts."""
    sentence = problem()
    if sentence and cache.add("whatsapp-silence-told", True, TOLD_EVERY.total_seconds()):
        log.error("webhooks_silent", why=sentence)


def _was_not_told(newest: datetime | None, now: datetime) -> bool:
    accepted = Message.objects.filter(
        status=Status.ACCEPTED, created_at__gte=now - LOOKS_BACK, accepted_at__lt=now - TICK_LATE
    )
    waiting = accepted.exclude(kind=Kind.TEMPLATE)  # those Meta may hold back to examine them
    return (waiting.filter(accepted_at__gt=newest) if newest else waiting).exists()
