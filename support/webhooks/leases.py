"""One worker an endpoint, by compare-and-swap on its epoch, as with lanes (`whatsapp.lanes`)."""

from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from support.models import WebhookDelivery, WebhookEndpoint
from whatsapp.guard import TakenByAnother
from whatsapp.transactions import unit_of_work

WINDOW = 200  # waiting deliveries looked at for other contacts
LEASE = timedelta(seconds=60)  # several times what one batch may take


class EndpointLost(TakenByAnother):
    """Another worker has taken over, or a person has paused it; nothing may be written."""


@unit_of_work
def claim(endpoint_id: int) -> WebhookEndpoint | None:
    """The endpoint, held for LEASE; None if it is not due or another worker has it."""
    endpoint = due().filter(pk=endpoint_id).first()
    if endpoint is None:
        return None
    claimed = WebhookEndpoint.objects.filter(pk=endpoint_id, epoch=endpoint.epoch).update(
        epoch=F("epoch") + 1, lease_until=timezone.now() + LEASE
    )
    endpoint.epoch += 1
    return endpoint if claimed else None


def fence(endpoint: WebhookEndpoint, **changes: object) -> None:
    """Lock the endpoint for this transaction and write `changes`. Raises EndpointLost."""
    held = WebhookEndpoint.objects.filter(pk=endpoint.pk, epoch=endpoint.epoch)
    if not held.update(lease_until=timezone.now() + LEASE, **changes):
        raise EndpointLost(f"endpoint {endpoint.pk}, epoch {endpoint.epoch}")


@unit_of_work
def release(endpoint: WebhookEndpoint) -> None:
    WebhookEndpoint.objects.filter(pk=endpoint.pk, epoch=endpoint.epoch).update(lease_until=None)


def due() -> QuerySet[WebhookEndpoint]:
    """Endpoints that may be posted to now and that no worker holds."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    not_later = Q(due_at=None) | Q(due_at__lte=now)
    return WebhookEndpoint.objects.filter(free, not_later, active=True, paused_at=None)


def with_work() -> list[int]:
    """Ids of the endpoints that are due and have something to deliver."""
    return [endpoint.pk for endpoint in due() if heads(endpoint, 1)]


def heads(endpoint: WebhookEndpoint, limit: int) -> list[WebhookDelivery]:
    """Of each contact the oldest that waits, unless it is to be tried again later.

    Of an endpoint that takes nothing, one is tried all the same, the least recently tried.
    """
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, state=WebhookDelivery.State.WAITING)
    later = waiting.filter(due_at__gt=timezone.now()).order_by("tried_at")
    tried_later = dict(later.values_list("contact_id", "pk"))
    rows = waiting.exclude(contact_id__in=list(tried_later)).order_by("id")
    by_contact: dict[int, int] = {}
    for pk, contact_id in rows.values_list("pk", "contact_id")[:WINDOW]:
        by_contact.setdefault(contact_id, pk)
    ids = list(by_contact.values())[:limit]
    if not ids and endpoint.failures:
        ids = list(tried_later.values())[:1]
    return list(WebhookDelivery.objects.filter(pk__in=ids).select_related("event").order_by("id"))
