"""Meta's door: who may enter, and that whatever enters is stored with one INSERT."""

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery, current_app
from django.conf import settings as django_settings
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from whatsapp import receipts, statements
from whatsapp.models import Receipt
from whatsapp.signature import sign
from whatsapp.tests.webhooks import body, envelope, text

WEBHOOK = "/webhooks/whatsapp"
HELLO = body(envelope(text("Caf\u00e9 😀 / hello")))
MEGABYTE = 1024 * 1024


def post(content: bytes, **headers: str) -> HttpResponse:
    """Post `content` signed with our secret, unless other headers are given."""
    given = headers or {"X-Hub-Signature-256": sign(content, django_settings.WHATSAPP_APP_SECRET)}
    return Client().post(WEBHOOK, content, content_type="application/json", headers=given)


def shake_hands(**query: str) -> HttpResponse:
    right = {"mode": "subscribe", "verify_token": "test-verify-token", "challenge": "1158201444"}
    asked = {f"hub.{name}": value for name, value in {**right, **query}.items() if value}
    return Client().get(WEBHOOK, asked)


class TestHandshake:
    def test_the_challenge_is_echoed_as_plain_text(self):
        response = shake_hands()

        assert (response.status_code, response.content) == (200, b"1158201444")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("token", ["wrong", "", "té", "TEST-VERIFY-TOKEN"])
    def test_a_wrong_or_missing_token_is_refused(self, token: str):
        assert shake_hands(verify_token=token).status_code == 403

    @pytest.mark.parametrize("mode", ["unsubscribe", ""])
    def test_anything_but_a_subscription_is_refused(self, mode: str):
        assert shake_hands(mode=mode).status_code == 403

    def test_without_a_token_of_our_own_nobody_is_let_in(self, settings):
        settings.WHATSAPP_VERIFY_TOKEN = ""

        assert shake_hands(verify_token="").status_code == 403

    @pytest.mark.parametrize("challenge", ["<script>alert(1)</script>", "a b", "", "9" * 129])
    def test_a_challenge_that_could_do_harm_is_not_echoed(self, challenge: str):
        response = shake_hands(challenge=challenge)

        assert response.status_code == 400
        assert b"script" not in response.content


def _digest(content: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


SECRET = "test-app-secret"
FORGED = {
    "empty": "",
    "no prefix": _digest(HELLO, SECRET),
    "sha1": f"sha1={_digest(HELLO, SECRET)}",
    "of another body": f"sha256={_digest(b'{}', SECRET)}",
    "with another secret": f"sha256={_digest(HELLO, 'guess')}",
    "too short": f"sha256={_digest(HELLO, SECRET)[:-1]}",
    "not ASCII": "sha256=é",
    "10 kB": "sha256=" + "a" * 10_240,
}


@pytest.mark.django_db
class TestSignature:
    @pytest.mark.parametrize("header", FORGED.values(), ids=FORGED)
    def test_a_forged_signature_is_refused_and_nothing_is_stored(self, header: str):
        response = post(HELLO, **{"X-Hub-Signature-256": header})

        assert response.status_code == 403
        assert not Receipt.objects.exists()

    def test_no_signature_at_all_is_refused(self):
        assert post(HELLO, **{"X-Hub-Signature": f"sha1={'0' * 40}"}).status_code == 403
        assert not Receipt.objects.exists()

    def test_without_a_secret_of_our_own_nothing_is_believed(self, settings):
        settings.WHATSAPP_APP_SECRET = ""

        assert post(HELLO, **{"X-Hub-Signature-256": sign(HELLO, "")}).status_code == 403
        assert not Receipt.objects.exists()

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_other_methods_are_not_allowed(self, method: str):
        assert getattr(Client(), method)(WEBHOOK).status_code == 405


@pytest.mark.django_db
class TestStoring:
    def test_the_body_is_kept_byte_by_byte(self):
        assert post(HELLO).status_code == 200

        receipt = Receipt.objects.get()
        assert bytes(receipt.body) == HELLO
        assert receipt.state == "unsorted"

    @pytest.mark.parametrize("rubbish", [b"", b"\xff\x00", b"not JSON", b'{"a":"\\ud83d"}'])
    def test_whatever_is_signed_is_kept_to_be_looked_at_later(self, rubbish: bytes):
        assert post(rubbish).status_code == 200
        assert bytes(Receipt.objects.get().body) == rubbish

    def test_nearly_three_megabytes_are_taken(self):
        large = body(envelope(text("x" * (29 * MEGABYTE // 10))))

        assert post(large).status_code == 200
        assert bytes(Receipt.objects.get().body) == large

    def test_more_than_four_megabytes_are_refused(self):
        assert post(b"x" * (41 * MEGABYTE // 10)).status_code == 413
        assert not Receipt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_storing_costs_one_statement_and_that_is_an_insert():
    with CaptureQueriesContext(connection) as captured:
        post(HELLO)

    (query,) = captured.captured_queries
    assert query["sql"].startswith("INSERT INTO")


@pytest.mark.django_db
def test_the_same_body_five_times_is_one_receipt():
    assert [post(HELLO).status_code for _ in range(5)] == [200] * 5
    assert Receipt.objects.count() == 1


@pytest.mark.django_db
def test_what_is_stored_is_what_django_would_have_stored():
    receipts.store(b"\x00\xff by the short way")
    usual = Receipt.objects.create(body=b"\x00\xff by the long way", digest="d")

    short = Receipt.objects.get(digest=hashlib.sha256(b"\x00\xff by the short way").hexdigest())

    usual.refresh_from_db()
    assert bytes(short.body) == b"\x00\xff by the short way"
    for name in ("state", "attempts", "error"):
        assert getattr(short, name) == getattr(usual, name)
    for name in ("received_at", "due_at"):
        assert abs(getattr(short, name) - getattr(usual, name)) < timedelta(minutes=1)
    known = {field.name for field in Receipt._meta.concrete_fields}
    assert known == {"id", "body", "digest", "state", "attempts", "error", "received_at", "due_at"}


@pytest.mark.django_db
def test_bodies_that_differ_in_case_only_are_two_receipts():
    assert post(b'{"a": "B"}').status_code == post(b'{"a": "b"}').status_code == 200
    assert Receipt.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "trouble", [IntegrityError, OperationalError, InterfaceError, DatabaseError]
)
def test_what_could_not_be_stored_is_not_ours_so_meta_must_send_it_again(
    monkeypatch, trouble: type[Exception]
):
    """An IntegrityError too, unless the row is there: other constraints raise the same class."""

    def refuse(_: Receipt) -> None:
        raise trouble("The database says no.")

    monkeypatch.setattr(statements, "insert", refuse)

    assert post(HELLO).status_code == 503


@pytest.mark.django_db
def test_a_database_that_refuses_is_answered_with_503():
    def astray(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        return execute(sql.replace("whatsapp_receipt", "a_table_that_is_away"), *rest)

    with connection.execute_wrapper(astray):
        assert post(HELLO).status_code == 503


@pytest.fixture
def broker_away() -> Iterator[None]:
    """Celery, with nobody listening where the broker should be."""
    usual = current_app._get_current_object()
    lonely = Celery("lonely", broker="redis://127.0.0.1:1/0", set_as_current=False)
    lonely.config_from_object("django.conf:settings", namespace="CELERY")
    lonely.conf.broker_url = "redis://127.0.0.1:1/0"
    lonely.conf.broker_transport_options = {"socket_connect_timeout": 1, "socket_timeout": 5}
    lonely.set_current()
    yield
    usual.set_current()


@pytest.mark.django_db
def test_a_broker_that_is_away_neither_fails_nor_delays_the_request(broker_away):
    started = time.monotonic()

    assert post(HELLO).status_code == 200
    assert Receipt.objects.count() == 1
    assert time.monotonic() - started < 2


@pytest.mark.django_db
def test_a_connection_that_died_meanwhile_costs_nothing(monkeypatch):
    """The database was restarted since the last request of this thread."""
    insert, failures = statements.insert, [OperationalError(2006, "Server has gone away")]

    def flaky(row: Receipt) -> None:
        if failures:
            raise failures.pop()
        insert(row)

    monkeypatch.setattr(connection, "close", list)
    monkeypatch.setattr(statements, "insert", flaky)
    assert post(HELLO).status_code == 200
    assert Receipt.objects.count() == 1
