"""A lane is claimed along the primary key, and nobody else's row is locked for it."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from whatsapp import lanes
from whatsapp.models import Contact

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MANY = 2000


@pytest.fixture
def contact(transactional_db) -> Contact:
    """One of many who are all due."""
    now = timezone.now()
    Contact.objects.bulk_create(Contact(due_at=now) for _ in range(MANY))
    ask("ANALYZE TABLE whatsapp_contact")
    return Contact.objects.order_by("id")[MANY // 2]


def ask(sql: str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def steps(statements: CaptureQueriesContext) -> Iterator[tuple[str, str, int]]:
    """Of each look at a contact: the kind of statement, the index, the rows looked at."""
    for sql in (query["sql"] for query in statements):
        if "whatsapp_contact" in sql:
            for step in ask(f"EXPLAIN {sql}"):
                if step["table"] == "whatsapp_contact":
                    yield sql.split()[0], step["key"], int(step["rows"])


def test_a_claim_looks_at_one_row_by_its_primary_key(contact: Contact):
    with CaptureQueriesContext(connection) as statements:
        lane = lanes.claim(contact.pk, if_due=True)
        assert lane is not None
        lanes.fence(lane)
    assert list(steps(statements)) == [
        ("SELECT", "PRIMARY", 1),
        ("UPDATE", "PRIMARY", 1),  # claim
        ("UPDATE", "PRIMARY", 1),  # fence
    ]


def test_it_locks_one_row(contact: Contact):
    with transaction.atomic():
        assert lanes.claim(contact.pk)
        [mine] = ask(
            "SELECT trx_rows_locked FROM information_schema.innodb_trx "
            "WHERE trx_mysql_thread_id = CONNECTION_ID()"
        )
    assert int(mine["trx_rows_locked"]) == 1
