"""Telling staff by e-mail that an endpoint was paused; the admin's first page shows it besides."""

from smtplib import SMTPException

import structlog
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.utils import timezone

from support import queries
from support.models import WebhookEndpoint

log = structlog.get_logger(__name__)

CHANGE = "support.change_webhookendpoint"
SUBJECT = "EduBot: a webhook endpoint is paused"
WORDS = """\
{name} ({url}) has taken no event since {since:%d %B %H:%M} UTC, so EduBot has stopped trying.

Nothing is lost: events are kept for {days} days. Once the receiver works again, choose the
endpoint in the admin (Support > Webhook endpoints) and run "Resume": it gets all that it missed.
"""


def tell_of_pauses(days: int) -> int:
    """Write to those who may resume, once a pause; how many pauses were told.

    Noted before it is sent: a mail server that is down costs the mail, not a mail every second.
    """
    told = 0
    for endpoint in paused().filter(pause_told_at=None):
        row = WebhookEndpoint.objects.filter(pk=endpoint.pk, pause_told_at=None)
        if row.update(pause_told_at=timezone.now()):
            told += 1
            _send(endpoint, days)
    return told


def paused() -> QuerySet[WebhookEndpoint]:
    return WebhookEndpoint.objects.filter(active=True, paused_at__isnull=False)


def _send(endpoint: WebhookEndpoint, days: int) -> None:
    words = WORDS.format(
        name=endpoint,
        url=endpoint.url,
        since=endpoint.failing_since or endpoint.paused_at,
        days=days,
    )
    people = User.objects.with_perm(CHANGE, backend=queries.AUTH_BACKEND)
    to = [person.email for person in people.filter(is_staff=True) if person.email]
    try:
        send_mail(SUBJECT, words, None, to)
    except (SMTPException, OSError) as error:
        log.warning("pause_not_mailed", endpoint=endpoint.pk, error=str(error))
