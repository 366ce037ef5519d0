"""A report as a file for a spreadsheet: one row per ticket, sent while it is read."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils import timezone

from support import phones
from support.models import SupportTicket
from support.reports.figures import Tickets
from support.services import name_of

Reader = AbstractBaseUser | AnonymousUser

PAGE = 2000  # tickets read at once
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Where a cell may begin for a spreadsheet that parts them by semicolons or tabs, which minds no
# quotes in the middle of a cell; the last signs are the wide ones of East Asia. No look goes past
# the next place of the same kind: each takes its own.
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_BEGINS = re.compile(rf"^(?=[\s\"]*{_SIGN})|(?<=[;\t\r\n])(?=(?:[^\S\t\r\n]|\")*{_SIGN})")
COLUMNS = (
    "Ticket",
    "Opened",
    "First answer",
    "Ended",
    "Minutes to first answer",
    "Minutes to end",
    "Status",
    "Priority",
    "Category",
    "Agent",
    "Name",
    "Phone",
    "Rating",
    "Comment",
    "Issue",
)


class _Line:
    """A file that hands back what is written."""

    def write(self, line: str) -> str:
        return line


def lines(tickets: Tickets, reader: Reader) -> Iterator[str]:
    """CSV with the oldest ticket first; times in TIME_ZONE. One query for each PAGE tickets.

    Phone numbers are as `reader` may see them.
    """
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)  # Excel takes a file without the mark for Latin-1
    for ticket in _all(tickets):
        yield writer.writerow(map(safe, _row(ticket, reader)))


def safe(value: Any) -> str:
    """A spreadsheet must not run what a student wrote: formulas become text."""
    text = "" if value is None else str(value)
    text = _BEGINS.sub("'", text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _all(tickets: Tickets) -> Iterator[SupportTicket]:
    related = tickets.select_related("assigned_admin", "category").order_by("pk")
    page: Iterable[SupportTicket] = related[:PAGE]
    while page := list(page):
        yield from page
        page = related.filter(pk__gt=page[-1].pk)[:PAGE]


def _row(ticket: SupportTicket, reader: Reader) -> list[Any]:
    return [
        ticket.pk,
        _local(ticket.created_at),
        _local(ticket.first_response_at),
        _local(ticket.closed_at),
        _minutes(ticket.created_at, ticket.first_response_at),
        _minutes(ticket.created_at, ticket.closed_at),
        ticket.get_status_display(),
        ticket.get_priority_display(),
        ticket.category,
        name_of(ticket.assigned_admin),
        ticket.sender_name,
        phones.shown(ticket.phone_number, reader),
        ticket.rating,
        ticket.rating_comment,
        ticket.issue_description,
    ]


def _local(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


def _minutes(start: datetime, end: datetime | None) -> int | None:
    return max(0, int((end - start).total_seconds() // 60)) if end else None
