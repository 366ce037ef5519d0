"""Long lists are read along an index in their own order, so a page costs the same at any size.

SQLite says so in words; MySQL's plans depend on how much is in the tables.
"""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import QuerySet

from support import queries
from support.models import ScheduledReply, StaffMail, SupportTicket
from support.tests.queries_made import queries_made
from whatsapp.models import Contact

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite,
]

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ENDED = SupportTicket.objects.filter(closed_at__isnull=False).order_by("-closed_at", "-id")
LISTS: dict[str, tuple[QuerySet, str]] = {
    "conversations, who wrote last first": (
        Contact.objects.order_by("-last_inbound_at", "-id"),
        "contact_recent",
    ),
    "ended tickets, newest words first": (
        SupportTicket.objects.filter(status="CLOSED").order_by("-last_message_at", "-id"),
        "ticket_queue",
    ),
    "ended tickets, latest first": (ENDED, "ticket_ended"),
    "ended tickets of a priority": (ENDED.filter(priority="LOW"), "ticket_priority"),
    "ended tickets of a category": (ENDED.filter(category=1), "ticket_category"),
    "ended tickets of a person": (ENDED.filter(assigned_admin=1), "ticket_person"),
    "tickets whose snooze is over": (
        SupportTicket.objects.filter(snoozed_until__lte=NOON).order_by("snoozed_until"),
        "ticket_snoozed",
    ),
    "answers whose time has come": (
        ScheduledReply.objects.filter(state="waiting", send_at__lte=NOON).order_by("send_at"),
        "scheduledreply_due",
    ),
    "e-mails to be sent": (
        StaffMail.objects.filter(due_at__lte=NOON).order_by("due_at"),
        "staffmail_due",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_is_read_along_its_index_and_never_sorted(name: str):
    rows, index = LISTS[name]
    plan = rows[:50].explain()
    assert f"USING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan


def test_what_is_new_in_a_thread_is_asked_along_its_index():
    with queries_made() as found:
        queries.version(1, 200)
    plan = plan_of(found[0])
    assert "SEARCH support_supportmessage USING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())
