"""Celery's entrances of the desk. Every task may be lost, repeated or run twice at once."""

from celery import shared_task
from django.conf import settings

from support import mail
from support.api import keys
from support.events import publishing, retention
from support.rules import sweeping
from support.webhooks import delivering, leases, notices
from whatsapp.nudges import nudge


@shared_task
def keep_order() -> None:
    """Planned answers, ended snoozes, tickets to give out or take back."""
    sweeping.often()


@shared_task
def keep_levels() -> None:
    """Service levels, and the e-mails that come round."""
    sweeping.by_the_minute()


@shared_task
def send_mail() -> None:
    """E-mails to staff."""
    mail.send_due()


@shared_task
def forget_idempotency_keys() -> None:
    """Forget what was answered to POSTs of yesterday."""
    keys.forget_old()


@shared_task
def publish_events() -> None:
    """Put new events in order."""
    publishing.publish()


@shared_task
def deliver_webhooks(endpoint_id: int) -> None:
    """Post what waits for one endpoint."""
    delivering.deliver(endpoint_id)


@shared_task
def sweep_events() -> None:
    """Do what lost nudges left undone."""
    publishing.publish()
    for endpoint_id in leases.with_work():
        nudge("support.tasks.deliver_webhooks", endpoint_id)
    notices.tell_of_pauses(settings.EVENTS_KEPT.days)


@shared_task
def prune_events() -> None:
    """Delete events that are older than they are kept."""
    retention.prune()
