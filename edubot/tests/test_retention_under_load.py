"""The night's forgetting while people write: small bites, and nobody waits for it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from conversations import retention as forgetting
from edubot.tests.stack import eventually
from whatsapp import lanes, retention, sorting, worker
from whatsapp.models import Contact, Message, Receipt
from whatsapp.models.message import Author, Direction, Status
from whatsapp.tests.lane import Lane
from whatsapp.tests.threads import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

OLD, BITE = 1500, 50  # rows that go, rows at a time
LONG_AGO = timedelta(days=701)


@pytest.fixture(autouse=True)
def ages(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RECEIPT_BODIES_KEPT = timedelta(days=14)
    settings.RECEIPTS_KEPT = timedelta(days=90)
    settings.MESSAGES_KEPT = timedelta(days=700)
    monkeypatch.setattr(retention, "BATCH", BITE)


@pytest.fixture
def people(transactional_db) -> list[Lane]:
    """They wrote much, long ago, and got answers."""
    people = [Lane(f"23480{number:08}") for number in range(3)]
    then = timezone.now() - LONG_AGO
    Receipt.objects.bulk_create(
        Receipt(body=b"x", digest=uuid4().hex, state=Receipt.State.SORTED, received_at=then)
        for _ in range(OLD)
    )
    Message.objects.bulk_create(
        Message(
            contact=people[number % 3].contact,
            direction=Direction.OUTBOUND,
            author=Author.BOT,
            kind="text",
            status=Status.READ,
            text="old",
            created_at=then,
            occurred_at=then,
        )
        for number in range(OLD)
    )
    return people


def old_rows() -> int:
    return Message.objects.filter(text="old").count() + Receipt.objects.filter(body=b"x").count()


def work_until(over: threading.Event) -> None:
    while not over.is_set():
        if not sorting.sort_all() + sum(map(worker.run, lanes.due())):
            time.sleep(0.01)


def test_everybody_is_answered_meanwhile_and_all_that_is_old_goes(people: list[Lane]):
    over, bites = threading.Event(), []

    def write(person: Lane) -> None:
        for number in range(10):
            person.phone.say(f"what is {number}")

    def forget() -> dict[str, int]:
        def bite(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
            bites.extend([len(params)] if sql.startswith(("DELETE", "UPDATE")) else [])
            return execute(sql, params, *rest)

        with connection.execute_wrapper(bite):
            return forgetting.sweep()

    def all_at_once() -> dict[str, int]:
        try:
            counts = together(forget, *(partial(write, person) for person in people))[0]
            eventually(lambda: all(len(person.phone.received) == 10 for person in people))
            return counts
        finally:
            over.set()

    *_, counts = together(*[partial(work_until, over)] * 2, all_at_once)
    assert (counts["receipts"], counts["messages"]) == (OLD, OLD)
    assert old_rows() == 0
    assert max(bites) <= BITE + 2  # what a row is set to stands beside the ids
    assert Message.objects.filter(direction="in", status="handled").count() == 30


@contextmanager
def half_forgotten(rows: type[Message] | type[Receipt]) -> Iterator[None]:
    """Some old rows are deleted in a transaction that does not end yet."""
    deleted, done = threading.Event(), threading.Event()

    def forget() -> None:
        with transaction.atomic():
            ids = rows.objects.order_by("pk").values_list("pk", flat=True)[:BITE]
            assert retention.delete(rows, list(ids)) == BITE
            deleted.set()
            done.wait(20)

    forgetter = threading.Thread(target=together, args=[forget])
    forgetter.start()
    assert deleted.wait(10)
    try:
        yield
    finally:
        done.set()
        forgetter.join()


@pytest.mark.parametrize("rows", [Message, Receipt])
def test_no_lane_that_is_alive_is_locked_by_it(people: list[Lane], rows):
    """Not even of those whose old messages go: who had to wait would be refused."""
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION innodb_lock_wait_timeout = 1")
    with half_forgotten(rows):
        for person in people:
            with transaction.atomic():
                Contact.objects.select_for_update(nowait=True).get(pk=person.contact.pk)
            person.phone.say("hello")
            assert sorting.sort_all()
            assert worker.run(person.contact.pk)
            assert len(person.phone.received) == 1
    connection.close()
