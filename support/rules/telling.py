"""The e-mails that come round: unassigned tickets, and those open for too long.

Nothing is sent while the desk is shut.
"""

from datetime import UTC, datetime, timedelta
from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from support import mail, queries
from support.models import DeskRules, SupportTicket
from support.models.ticket import OPEN_STATUSES
from support.rules.opening import was_open
from support.services.snoozing import as_read

MOST_LISTED = 20
MOST_READ = 500
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def tell_of_unassigned(rules: DeskRules) -> None:
    """At the whole half hours (by default), of tickets that nobody has since before then."""
    if not rules.mail_unassigned_every:
        return
    every = timedelta(minutes=rules.mail_unassigned_every)
    now = timezone.now()
    slot = now - (now - EPOCH) % every
    free = _open().filter(assigned_admin=None, created_at__lte=slot)
    _tell(free, f"unassigned:{slot:%Y-%m-%dT%H:%M}", "mail_unassigned", "{} unassigned ticket(s)")


def tell_of_unresolved(rules: DeskRules) -> None:
    """Once a day, when the desk opens, of tickets that are open for too long."""
    if not rules.mail_unresolved_after:
        return
    before = timezone.now() - timedelta(hours=rules.mail_unresolved_after)
    old = _open().filter(created_at__lte=before)
    words = f"{{}} ticket(s) unresolved after {rules.mail_unresolved_after} hours"
    _tell(old, f"unresolved:{timezone.localdate():%Y-%m-%d}", "mail_unresolved", words)


def _open() -> QuerySet[SupportTicket]:
    return queries.awake(SupportTicket.objects.filter(status__in=OPEN_STATUSES))


def _tell(tickets: QuerySet[SupportTicket], key: str, wants: str, subject: str) -> None:
    # Sorted here: the index of created_at would tempt MySQL to walk through all tickets ever.
    found = sorted(tickets.order_by()[:MOST_READ], key=attrgetter("created_at", "pk"))
    if not found or not was_open(timezone.now()):
        return
    lines = [_line(ticket) for ticket in found[:MOST_LISTED]]
    count = len(found) if len(found) < MOST_READ else tickets.count()
    if count > MOST_LISTED:
        lines.append(f"… and {count - MOST_LISTED} more.")
    people = list(queries.answering_staff())
    mail.queue(people, key=key, wants=wants, subject=subject.format(count), body="\n".join(lines))


def _line(ticket: SupportTicket) -> str:
    """Without the phone number: mail travels far."""
    return f"{ticket}, since {as_read(ticket.created_at)}\n{mail.link(ticket)}\n"
