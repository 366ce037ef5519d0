"""Events are kept for a time only, with the log of their deliveries."""

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils import timezone

from support.models import Event, EventCounter, WebhookDelivery
from whatsapp.transactions import unit_of_work

BATCH = 500


def prune() -> int:
    """Delete published events older than EVENTS_KEPT, in small batches; how many."""
    total = 0
    while done := _prune_some():
        total += done
    return total


@unit_of_work
def _prune_some() -> int:
    """Whoever asks for events from before is told so: the counter remembers how far it went."""
    before = timezone.now() - settings.EVENTS_KEPT
    old = Event.objects.filter(created_at__lt=before, position__isnull=False)
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    rows = Event.objects.filter(pk__in=ids)
    newest = rows.aggregate(newest=Max("position"))["newest"]
    EventCounter.objects.filter(pk=1).update(pruned=Greatest("pruned", newest))
    WebhookDelivery.objects.filter(event__in=ids).delete()
    rows.delete()
    return len(ids)
