"""Paystack's door, and what its notices bring about."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client

from conversations import payment_notices
from conversations.models import Payment, PaymentNotice
from conversations.tests.paying import DOOR, Payer, notify
from support.tests.queries_made import queries_made

MEGABYTE = 1024 * 1024


def signature(body: bytes, key: str = "sk_test_key") -> str:
    return hmac.new(key.encode(), body, hashlib.sha512).hexdigest()


def event(name: str, **data: Any) -> bytes:
    return json.dumps({"event": name, "data": data}, ensure_ascii=False).encode()


SUCCESS = event("charge.success", reference="EB-1", note="Café 😀 /")


def told(body: bytes) -> PaymentNotice:
    """The notice after a worker has read it."""
    assert notify(Client(), body, signature(body)) == 200
    payment_notices.read_due()
    return PaymentNotice.objects.latest("id")


@pytest.mark.django_db
def test_a_signed_body_is_stored_as_it_came_with_one_insert():
    with queries_made() as executed:
        assert notify(Client(), SUCCESS, signature(SUCCESS)) == 200

    assert len(executed) == 1
    assert bytes(PaymentNotice.objects.get().body) == SUCCESS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        signature(SUCCESS, "sk_test_other"),
        signature(SUCCESS + b" "),
        signature(SUCCESS)[:-1],
        signature(SUCCESS).upper(),
        hmac.new(b"sk_test_key", SUCCESS, hashlib.sha256).hexdigest(),
        "é" * 128,
    ],
)
def test_without_the_right_signature_nothing_is_stored(header: str | None):
    assert notify(Client(), SUCCESS, header) == 403

    assert not PaymentNotice.objects.exists()


@pytest.mark.django_db
def test_without_a_key_of_our_own_nobody_is_let_in(settings):
    settings.PAYSTACK_SECRET_KEY = ""

    assert notify(Client(), SUCCESS, signature(SUCCESS, "")) == 403


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "status"), [(MEGABYTE, 200), (MEGABYTE + 1, 413)])
def test_the_size_is_bounded(size: int, status: int):
    body = b"x" * size

    assert notify(Client(), body, signature(body)) == status


@pytest.mark.django_db
def test_only_a_post_is_taken_and_no_slash_is_missing():
    assert Client().get(DOOR).status_code == 405
    assert Client().get("/webhooks/paystack/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_same_body_again_is_the_same_notice():
    for _ in range(3):
        assert notify(Client(), SUCCESS, signature(SUCCESS)) == 200

    assert PaymentNotice.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", [OperationalError, InterfaceError, IntegrityError])
def test_what_could_not_be_stored_is_answered_503(monkeypatch, trouble):
    def refuse(_: PaymentNotice) -> None:
        raise trouble("The database says no.")

    monkeypatch.setattr("whatsapp.statements.insert", refuse)

    assert notify(Client(), SUCCESS, signature(SUCCESS)) == 503


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"event": "charge.success"}',
        b'{"event": 7, "data": {}}',
        b'{"event": "charge.success", "data": []}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_cannot_be_read_is_kept_as_failed(body: bytes):
    notice = told(body)

    assert notice.state == "failed"
    assert notice.note


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["transfer.success", "a.new.event", "charge.dispute.resolve"])
def test_other_events_are_kept(name: str):
    notice = told(event(name, reference="EB-1"))

    assert (notice.state, notice.event) == ("done", name)
    assert notice.note.startswith("Kept")


@pytest.mark.django_db
@pytest.mark.parametrize("reference", ["EB-1", "", None, 7, {"a": 1}, "x" * 5000])
def test_a_payment_that_is_not_ours_changes_nothing(reference: object):
    notice = told(event("charge.success", reference=reference))

    assert notice.state == "done"
    assert notice.note == "No payment of ours has this reference."
    assert not Payment.objects.exists()


def test_a_notice_alone_is_no_proof(payer: Payer):
    """Whoever knew the key and forged one would gain nothing: Paystack itself is asked."""
    payer.gets_link()
    reference = payer.payment.reference

    notice = told(event("charge.success", reference=reference, status="success", amount=500_000))
    payer.work()

    assert notice.payment == payer.payment
    assert payer.payment.status == "PENDING"
    assert payer.subscription is None


def test_another_case_of_the_reference_is_another_reference(payer: Payer):
    payer.gets_link()

    notice = told(event("charge.success", reference=payer.payment.reference.lower()))

    assert notice.payment is None


def test_a_notice_of_what_is_known_asks_nobody(payer: Payer):
    payer.gets_link()
    payer.pays()
    payer.hears()

    notice = told(event("charge.success", reference=payer.payment.reference, again=True))

    assert notice.note == "Known already."
    assert payer.payment.due_at is None


def test_a_notice_that_fails_is_tried_again_and_then_left_to_a_person(payer: Payer, monkeypatch):
    payer.gets_link()

    def broken(*_: object) -> str:
        raise ValueError("This is a bug.")

    monkeypatch.setitem(payment_notices.EVENTS, "charge.success", broken)
    payer.pays()
    payer.hears()
    notice = PaymentNotice.objects.get()
    assert (notice.state, notice.attempts) == ("waiting", 1)
    assert "This is a bug." in notice.note

    for attempt in range(1, payment_notices.ATTEMPTS):
        payer.waits(seconds=4**attempt)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("failed", payment_notices.ATTEMPTS)
    monkeypatch.undo()
    assert payment_notices.read_again(PaymentNotice.objects.all()) == 1
    payer.work()
    notice.refresh_from_db()
    assert notice.state == "done"
