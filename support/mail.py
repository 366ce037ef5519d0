"""E-mails to staff: a row for each occasion and person, sent once, tried again when that fails.

No mail server is talked to inside a transaction. A worker claims a row by moving `due_at`; one
that dies between sending and noting it sends that e-mail a second time, ten minutes later.
"""

from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from support.models import DeskPreferences, StaffMail, SupportTicket
from whatsapp.nudges import nudge
from whatsapp.text import shorten
from whatsapp.transactions import refuse_inside_transaction

log = structlog.get_logger(__name__)

CLAIM = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)  # doubled with each failure
MOST_ATTEMPTS = 8  # the last one after about two hours
BATCH = 50
KEEP = timedelta(days=30)
SUBJECT = 150


def queue(people: Iterable[User], *, key: str, subject: str, body: str, wants: str = "") -> None:
    """Tell `people` of the occasion `key`, each once: those with an address who want it.

    `wants` names a field of DeskPreferences. For the caller's transaction; nothing is sent in it.
    """
    addressed = [user for user in people if user.email and user.is_active]
    told = _without_the_unwilling(addressed, wants)
    if not told:
        return
    line = shorten(" ".join(subject.split()), SUBJECT)  # a header has one line
    StaffMail.objects.bulk_create(
        [StaffMail(user=user, key=key, subject=line, body=body) for user in told],
        ignore_conflicts=True,
    )
    transaction.on_commit(lambda: nudge("support.tasks.send_mail"))


def link(ticket: SupportTicket) -> str:
    """The address of the ticket's page, as it works outside the desk."""
    return absolute(reverse("admin:desk_ticket", args=[ticket.pk]))


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def send_due() -> int:
    """Send what is due; how many e-mails left."""
    refuse_inside_transaction("The mail server")
    due = StaffMail.objects.filter(due_at__lte=timezone.now()).select_related("user")
    return sum(map(_send, list(due.order_by("due_at")[:BATCH])))


def sweep() -> None:
    """Forget what is long done."""
    old = StaffMail.objects.filter(due_at=None, created_at__lt=timezone.now() - KEEP)
    old.delete()


def _without_the_unwilling(people: list[User], wants: str) -> list[User]:
    if not (people and wants):
        return people
    unwilling = DeskPreferences.objects.filter(user__in=people, **{wants: False})
    refused = set(unwilling.values_list("user_id", flat=True))
    return [user for user in people if user.pk not in refused]


def _send(mail: StaffMail) -> bool:
    if not _claim(mail):
        return False
    try:
        send_mail(mail.subject, mail.body, None, [mail.user.email])
    except (SMTPException, OSError) as error:
        _failed(mail, error)
        return False
    StaffMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), due_at=None, error="")
    return True


def _claim(mail: StaffMail) -> bool:
    row = StaffMail.objects.filter(pk=mail.pk, due_at=mail.due_at)
    mail.attempts += 1
    return bool(row.update(due_at=timezone.now() + CLAIM, attempts=mail.attempts))


def _failed(mail: StaffMail, error: Exception) -> None:
    log.warning("mail_not_sent", mail=mail.pk, error=type(error).__name__)
    gives_up = mail.attempts >= MOST_ATTEMPTS
    due_at = None if gives_up else timezone.now() + PAUSE * 2 ** (mail.attempts - 1)
    why = shorten(f"{type(error).__name__}: {error}", 500)
    StaffMail.objects.filter(pk=mail.pk).update(due_at=due_at, error=why)
