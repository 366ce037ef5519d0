"""Celery's entrances. Every task may be lost, repeated or run twice at once without harm."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from whatsapp import client, files, lanes, silence, sorting, templates, worker
from whatsapp.models import Media, Message, Receipt
from whatsapp.nudges import nudge, nudge_lanes, nudge_sorting

log = structlog.get_logger(__name__)

SWEEPS_EVERY = timedelta(seconds=2)  # edubot.schedule


@shared_task
def sort() -> None:
    """Sort what webhooks brought."""
    sorting.sort_all()


@shared_task
def run_lane(*contact_ids: int) -> None:
    """Handle and deliver what is due for each contact; a nudge that comes late finds nothing."""
    for contact_id in contact_ids:
        worker.run(contact_id, if_due=True)


@shared_task
def fetch_media() -> None:
    """Download files that came with messages."""
    files.fetch_due()


@shared_task
def mark_read(message_id: int) -> None:
    """Tell the student that a person has read this."""
    if message := Message.objects.filter(pk=message_id).first():
        worker.mark_as_read(message, typing=False)


@shared_task
def sync_templates() -> None:
    """Learn which templates Meta has; if it does not say, the next hour's run asks again."""
    if not settings.WHATSAPP_BUSINESS_ACCOUNT_ID:
        log.warning("templates_unknown", why="WHATSAPP_BUSINESS_ACCOUNT_ID is not set.")
        return
    try:
        templates.sync()
    except client.FAILURES as error:
        log.warning("templates_not_synced", why=str(error))


@shared_task
def notice_silence() -> None:
    """Say so if Meta has stopped talking to us."""
    silence.tell()


@shared_task
def sweep() -> None:
    """Nudge again whatever is due: this is what makes losing a nudge harmless."""
    now = timezone.now()
    if Receipt.objects.filter(state=Receipt.State.UNSORTED, due_at__lte=now).exists():
        nudge_sorting()
    if Media.objects.filter(state=Media.State.WAITING, due_at__lte=now).exists():
        nudge("whatsapp.tasks.fetch_media")
    nudge_lanes(lanes.to_nudge(SWEEPS_EVERY))
