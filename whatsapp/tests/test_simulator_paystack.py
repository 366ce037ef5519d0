"""The simulated Paystack refuses what Paystack refuses, and tells what Paystack tells."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.conf import settings
from django.test import Client
from django.utils import timezone

from whatsapp.simulator import delivery
from whatsapp.simulator.models import Misbehaviour, Sender, SimulatedWebhook
from whatsapp.simulator.paystack.models import SimulatedTransaction
from whatsapp.simulator.transport import PaystackAdapter

pytestmark = pytest.mark.django_db

ORDER = {"email": "ada@example.com", "amount": 500_000, "currency": "NGN", "reference": "EB-1"}


def call(method: str, path: str, key: str = "sk_test_key", **arguments: Any) -> requests.Response:
    with requests.Session() as session:
        session.mount(settings.PAYSTACK_URL, PaystackAdapter())
        session.headers["Authorization"] = f"Bearer {key}"
        return session.request(method, f"{settings.PAYSTACK_URL}/{path}", **arguments)


def initialize(**changes: Any) -> requests.Response:
    return call("POST", "transaction/initialize", json=ORDER | changes)


def verify(reference: str = "EB-1") -> dict[str, Any]:
    data: dict[str, Any] = call("GET", f"transaction/verify/{reference}").json()["data"]
    return data


def tap(client: Client, act: str) -> str:
    """Tap a button of the checkout page; what the page then says."""
    code = SimulatedTransaction.objects.get().access_code
    answer = client.post(f"/simulator/paystack/checkout/{code}", {"act": act}, follow=True)
    return answer.content.decode()


def test_an_order_gets_its_page(client: Client) -> None:
    answer = initialize().json()

    assert answer["status"] is True
    assert answer["data"]["reference"] == "EB-1"
    assert answer["data"]["authorization_url"].endswith(answer["data"]["access_code"])
    page = client.get(f"/simulator/paystack/checkout/{answer['data']['access_code']}")
    assert "5,000.00" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": ""}, "Invalid Email"),
        ({"email": "ada"}, "Invalid Email"),
        ({"amount": 50.5}, "Invalid Amount"),
        ({"amount": 0}, "Invalid Amount"),
        ({"amount": -5}, "Invalid Amount"),
        ({"amount": True}, "Invalid Amount"),
        ({"reference": "EB_1"}, "reference"),
        ({"reference": "EB:1"}, "reference"),
        ({"currency": "EUR"}, "Currency"),
    ],
)
def test_what_paystack_refuses_is_refused(changes: dict[str, Any], words: str) -> None:
    answer = initialize(**changes)

    assert answer.status_code in {400, 403}
    assert answer.json()["status"] is False
    assert words in answer.json()["message"]
    assert not SimulatedTransaction.objects.exists()


def test_a_reference_counts_once() -> None:
    initialize()

    assert initialize().json()["message"] == "Duplicate Transaction Reference"


def test_a_wrong_key_is_refused() -> None:
    answer = call("GET", "transaction/verify/EB-1", key="sk_test_other")

    assert (answer.status_code, answer.json()["message"]) == (401, "Invalid key")


def test_an_unknown_reference_is_not_found() -> None:
    answer = call("GET", "transaction/verify/EB-2")

    assert answer.json()["message"] == "Transaction reference not found."


@pytest.mark.parametrize(
    ("act", "status", "amount"),
    [
        ("pay", "success", 500_000),
        ("pay_too_little", "success", 250_000),
        ("fail", "failed", 500_000),
        ("leave", "abandoned", 500_000),
    ],
)
def test_each_button_does_what_it_says(client: Client, act: str, status: str, amount: int) -> None:
    initialize()

    tap(client, act)

    assert (verify()["status"], verify()["amount"]) == (status, amount)
    assert verify()["requested_amount"] == 500_000


def test_an_unknown_button_is_refused(client: Client) -> None:
    initialize()
    code = SimulatedTransaction.objects.get().access_code

    assert client.post(f"/simulator/paystack/checkout/{code}", {"act": "x"}).status_code == 400


def test_who_left_or_failed_may_still_pay_once(client: Client) -> None:
    initialize()
    tap(client, "leave")
    assert "declined" in tap(client, "fail")
    assert "Payment successful" in tap(client, "pay")

    assert "only" not in tap(client, "pay_too_little")

    assert SimulatedWebhook.objects.count() == 1


def test_a_payment_is_told_signed_to_its_own_door(client: Client) -> None:
    initialize()
    tap(client, "pay")
    posted: list[tuple[bytes, str]] = []

    delivery.deliver_due(timezone.now(), lambda *_: pytest.fail("This is not Meta's."))
    delivery.deliver_due(
        timezone.now(), lambda *call: posted.append(call) or 200, sender=Sender.PAYSTACK
    )

    [(body, signature)] = posted
    key = settings.PAYSTACK_SECRET_KEY.encode()
    assert signature == hmac.new(key, body, hashlib.sha512).hexdigest()
    event = json.loads(body)
    assert (event["event"], event["data"]["reference"]) == ("charge.success", "EB-1")


def test_a_failure_and_a_leave_are_not_told(client: Client) -> None:
    initialize()
    tap(client, "fail")
    tap(client, "leave")

    assert not SimulatedWebhook.objects.exists()


def test_a_webhook_that_is_not_taken_comes_again_after_three_minutes(client: Client) -> None:
    initialize()
    tap(client, "pay")
    now = timezone.now()

    delivery.deliver_due(now, lambda *_: 503, sender=Sender.PAYSTACK)

    assert SimulatedWebhook.objects.get().due_at - now >= timedelta(minutes=3)


def test_paystack_may_tell_everything_three_times(client: Client) -> None:
    Misbehaviour(pk=1, paystack_repeats=True).save()
    initialize()
    tap(client, "pay")

    bodies = {bytes(webhook.body) for webhook in SimulatedWebhook.objects.all()}
    assert (SimulatedWebhook.objects.count(), len(bodies)) == (3, 1)


def test_paystack_may_be_down() -> None:
    Misbehaviour(pk=1, paystack_down=True).save()

    assert initialize().status_code == 503


def test_a_refund_reverses_the_payment_and_is_told(client: Client) -> None:
    initialize()
    tap(client, "pay")

    assert "was refunded" in tap(client, "refund")

    assert verify()["status"] == "reversed"
    event = json.loads(bytes(SimulatedWebhook.objects.latest("id").body))
    assert event["event"] == "refund.processed"
    assert event["data"]["transaction_reference"] == "EB-1"
    assert event["data"]["amount"] == "500000"
