"""The client of Paystack: what it sends, and how it reads odd answers."""

import json
from datetime import UTC, datetime

import pytest
import requests
from django.conf import settings
from requests.adapters import BaseAdapter

from conversations import paystack
from conversations.paystack import Refused, Transaction, Unavailable
from conversations.tests.paying import Answering

ORDER = ("EB-1", 500_000, "NGN", "ada@example.com")
DATA = {
    "id": 4099260999,
    "domain": "live",
    "status": "success",
    "reference": "ORD-8812-1",
    "amount": 40333,
    "requested_amount": 30050,
    "currency": "NGN",
    "channel": "card",
    "gateway_response": "Successful",
    "paid_at": "2026-11-20T09:15:02.000Z",
    "fees": 10283,
    "metadata": "",
    "customer": {"phone": None},
}


def mount(adapter: BaseAdapter) -> None:
    paystack.session().mount(settings.PAYSTACK_URL, adapter)


def answer(content: object, status: int = 200) -> Answering:
    adapter = Answering(json.dumps(content).encode(), status)
    mount(adapter)
    return adapter


def test_an_order_as_paystack_wants_it():
    url = "https://checkout.paystack.com/ab12"
    asked = answer({"status": True, "data": {"authorization_url": url}})

    assert paystack.new_link(*ORDER) == url

    [request] = asked.requests
    assert request.url == "http://paystack.test/transaction/initialize"
    assert request.headers["Authorization"] == "Bearer sk_test_key"
    assert json.loads(request.body) == {
        "reference": "EB-1",
        "amount": 500_000,
        "currency": "NGN",
        "email": "ada@example.com",
    }


def test_the_official_example_is_read():
    answer({"status": True, "message": "Verification successful", "data": DATA})

    assert paystack.verify("ORD-8812-1") == Transaction(
        reference="ORD-8812-1",
        status="success",
        domain="live",
        currency="NGN",
        amount=40333,
        requested_amount=30050,
        number=4099260999,
        channel="card",
        response="Successful",
        paid_at=datetime(2026, 11, 20, 9, 15, 2, tzinfo=UTC),
    )


def test_a_reference_is_part_of_the_address_and_nothing_more():
    asked = answer({"status": True, "data": DATA})

    paystack.verify("../a?b=c#d")

    assert asked.requests[0].url.endswith("/transaction/verify/..%2Fa%3Fb%3Dc%23d")


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": None, "requested_amount": None, "id": None, "paid_at": None},
        {"amount": 50.5, "requested_amount": True, "id": "x", "paid_at": "soon"},
        {"amount": "", "requested_amount": [], "id": {}, "paid_at": "2026-02-31T00:00:00Z"},
        {"amount": -5, "requested_amount": "9" * 5000, "id": "٣", "paid_at": "2026-11-20"},
    ],
)
def test_odd_values_are_nothing(changes: dict[str, object]):
    answer({"status": True, "data": DATA | changes})

    found = paystack.verify("ORD-8812-1")

    values = (found.amount, found.requested_amount, found.number, found.paid_at)
    assert values == (None, None, None, None)


def test_missing_words_are_empty():
    answer({"status": True, "data": {"status": None, "currency": 5}})

    assert paystack.verify("EB-1") == Transaction("", "", "", "", None)


def test_both_spellings_of_the_time_are_known():
    spelt = {key: value for key, value in DATA.items() if key != "paid_at"}
    answer({"status": True, "data": spelt | {"paidAt": "2026-11-20T09:15:02.000Z"}})

    assert paystack.verify("EB-1").paid_at is not None


@pytest.mark.parametrize("status", [400, 404])
def test_an_unknown_reference_is_none(status: int):
    answer({"status": False, "message": "Transaction reference not found."}, status)

    assert paystack.verify("EB-1") is None


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"status": False, "message": "Invalid key"}, 401),
        ({"status": False, "message": "Too many requests"}, 429),
        ({"status": False, "message": "Try again"}, 500),
        ("<html>", 502),
        ([], 200),
        (None, 200),
        ({"status": True, "data": None}, 200),
        ({"status": "true", "data": {}}, 200),
        ({"status": True, "data": DATA}, 302),
        ({"data": DATA}, 200),
    ],
)
def test_no_usable_answer_means_ask_again(content: object, status: int):
    answer(content, status)

    with pytest.raises(Unavailable):
        paystack.verify("EB-1")


def test_a_broken_body_means_ask_again():
    mount(Answering(b"\xff{"))

    with pytest.raises(Unavailable):
        paystack.verify("EB-1")


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", 5])
def test_an_order_without_a_link_means_ask_again(url: object):
    answer({"status": True, "data": {"authorization_url": url}})

    with pytest.raises(Unavailable):
        paystack.new_link(*ORDER)


@pytest.mark.parametrize("status", [200, 400, 403, 422])
def test_a_no_is_told_in_paystacks_words(status: int):
    answer({"status": False, "message": "Invalid Email Address Passed"}, status)

    with pytest.raises(Refused, match="Invalid Email"):
        paystack.new_link(*ORDER)


@pytest.mark.parametrize("error", [requests.ConnectTimeout, requests.ReadTimeout])
def test_no_connection_means_ask_again(error: type[requests.RequestException]):
    class Away(Answering):
        def send(self, request: requests.PreparedRequest, *_: object, **__: object):
            raise error("away", request=request)

    mount(Away(b""))

    with pytest.raises(Unavailable):
        paystack.verify("EB-1")
