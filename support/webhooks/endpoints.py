"""What people do with endpoints and deliveries, in the admin and through the API."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from support.models import WebhookDelivery, WebhookEndpoint
from support.models.webhook import OLD_SECRET_LASTS
from support.webhooks import signing
from whatsapp.nudges import nudge
from whatsapp.transactions import unit_of_work


def create(*, url: str, name: str, event_types: Iterable[str], by: User | None) -> WebhookEndpoint:
    """A new endpoint with a new secret: it is told of what happens from now on."""
    return WebhookEndpoint.objects.create(
        url=url, name=name, event_types=sorted(set(event_types)), created_by=by
    )


@unit_of_work
def change(endpoint_id: int, changes: dict[str, Any]) -> None:
    """Write what `changes` names; `paused` (false) resumes."""
    values = {name: value for name, value in changes.items() if name != "paused"}
    if values:
        WebhookEndpoint.objects.filter(pk=endpoint_id).update(**values)
    if "paused" in changes:
        resume(endpoint_id)


@unit_of_work
def rotate(endpoint_id: int, *, keep_old: bool = True) -> WebhookEndpoint:
    """A new secret; with `keep_old` everything is signed with the one before as well, for a day.

    Raises WebhookEndpoint.DoesNotExist.
    """
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    endpoint.old_secret = endpoint.secret if keep_old else ""
    endpoint.secret = signing.new_secret()
    endpoint.old_secret_until = timezone.now() + OLD_SECRET_LASTS
    endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
    return endpoint


@unit_of_work
def resume(endpoint_id: int) -> None:
    """Try again now, from the oldest event that was missed, with a whole day of patience."""
    WebhookEndpoint.objects.filter(pk=endpoint_id).update(
        paused_at=None, pause_told_at=None, failures=0, failing_since=None, due_at=None
    )
    WebhookDelivery.objects.filter(
        endpoint=endpoint_id, state=WebhookDelivery.State.WAITING
    ).update(due_at=None, first_tried_at=None)
    _nudge_later(endpoint_id)


@unit_of_work
def send_again(delivery: WebhookDelivery) -> bool:
    """Post a delivery once more, under the same id; False if it waits already."""
    done = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(
        state=WebhookDelivery.State.WAITING
    )
    sent = done.update(
        state=WebhookDelivery.State.WAITING, attempts=0, due_at=None, first_tried_at=None
    )
    if sent:
        _nudge_later(delivery.endpoint_id)
    return bool(sent)


def _nudge_later(endpoint_id: int) -> None:
    transaction.on_commit(lambda: nudge("support.tasks.deliver_webhooks", endpoint_id))
