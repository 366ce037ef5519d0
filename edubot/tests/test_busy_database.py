"""A lock held for long: who waits for it is told to come again, and nothing is half done."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse

from edubot import middleware
from support.models import SupportTicket
from support.tests import api, desk
from whatsapp import lanes, transactions
from whatsapp.tests.threads import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

IN_WORDS = "Go back and try again"


@pytest.fixture(autouse=True)
def little_patience(transactional_db, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second's wait, once; in earnest five times five seconds, of which a request has ten."""
    monkeypatch.setattr(transactions, "ATTEMPTS", 1)
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION innodb_lock_wait_timeout = 1")
    yield
    connection.close()


@contextmanager
def held(contact_id: int) -> Iterator[None]:
    """Somebody else has locked the lane."""
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            lanes.lock(contact_id)
            locked.set()
            done.wait(20)

    holder = threading.Thread(target=together, args=[hold])
    holder.start()
    assert locked.wait(10)
    try:
        yield
    finally:
        done.set()
        holder.join()


def assert_busy(answer: HttpResponse, words: str) -> None:
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert words in answer.content.decode()


def test_the_desk_says_so_and_the_same_answer_goes_out_once_afterwards(agent: User):
    ticket, client = desk.chat(), desk.browser(agent)
    client.raise_request_exception = False
    token = "0b1f4a3e-6a0c-4f0e-9a57-0d9e1c1f2a3b"
    with held(ticket.contact_id):
        assert client.get(desk.page(ticket)).status_code == 200
        assert_busy(desk.compose(client, ticket, "Hello", token=token), IN_WORDS)
        assert_busy(client.post(desk.url(ticket, "act", "take")), IN_WORDS)
    ticket.refresh_from_db()
    assert (desk.outgoing(ticket), ticket.assigned_admin) == ([], None)
    assert desk.compose(client, ticket, "Hello", token=token).status_code == 200
    desk.compose(client, ticket, "Hello", token=token)
    assert len(desk.outgoing(ticket)) == 1


def test_a_request_does_not_wait_for_all_the_attempts_that_a_worker_has(
    agent: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(transactions, "ATTEMPTS", 5)
    monkeypatch.setattr(middleware, "PATIENCE", 2)
    ticket, client = desk.chat(), desk.browser(agent)
    client.raise_request_exception = False
    with held(ticket.contact_id), structlog.testing.capture_logs() as logs:
        assert_busy(client.post(desk.url(ticket, "act", "take")), IN_WORDS)
    assert sum(line["event"] == "unit_repeated" for line in logs) <= 1  # two waits of a second


def test_the_api_says_so_in_json_and_the_key_is_free_afterwards():
    ticket, client = api.ticket(), api.client(api.staff(is_superuser=True))
    client.raise_request_exception = False
    address, key = f"/api/support/tickets/{ticket.pk}/messages", {"Idempotency-Key": "1"}
    with held(ticket.contact_id):
        answer = client.post(address, {"message": "Hello"}, headers=key)
        assert_busy(answer, "Ask again, with the same Idempotency-Key.")
    for _ in range(2):
        assert client.post(address, {"message": "Hello"}, headers=key).status_code == 201
    assert len(desk.outgoing(SupportTicket.objects.get())) == 1
