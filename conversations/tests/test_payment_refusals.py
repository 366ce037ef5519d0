"""Money that is not what was asked for buys nothing, and is looked at by a person."""

import pytest
from django.utils import timezone

from conversations import settling
from conversations.models import Payment
from conversations.paystack import Transaction
from conversations.tests.paying import Payer, told_by_paystack

GOOD = Transaction("EB-1", "success", "test", "NGN", 500_000, 500_000)


def payment() -> Payment:
    return Payment(reference="EB-1", amount=500_000, currency="NGN", days=30)


def test_what_was_asked_for_is_accepted():
    assert settling.mismatch(payment(), GOOD) == ""


@pytest.mark.parametrize(
    ("amount", "requested"), [(510_000, 500_000), (500_000, None), (600_000, 600_000)]
)
def test_fees_on_top_do_no_harm(amount: int, requested: int | None):
    found = Transaction("EB-1", "success", "test", "NGN", amount, requested)
    assert settling.mismatch(payment(), found) == ""


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (("EB-1", "success", "test", "NGN", 499_999, 500_000), "Paid ₦4,999.99 instead of ₦5,000."),
        (("EB-1", "success", "test", "NGN", 500_000, 1), "Paid ₦0.01 instead of ₦5,000."),
        (("EB-1", "success", "test", "NGN", None, None), "Paid ₦0 instead of ₦5,000."),
        (("EB-1", "success", "test", "USD", 500_000, 500_000), "Paid in USD, not in NGN."),
        (("EB-1", "success", "test", "", 500_000, 500_000), "Paid in no currency, not in NGN."),
        (("EB-1", "success", "live", "NGN", 500_000, 500_000), "Paid in Paystack's live mode"),
        (("EB-2", "success", "test", "NGN", 500_000, 500_000), "another reference: EB-2"),
    ],
)
def test_what_does_not_fit_is_named(found: tuple, problem: str):
    assert problem in settling.mismatch(payment(), Transaction(*found))


@pytest.mark.parametrize(("key", "domain"), [("sk_live_x", "live"), ("sk_test_x", "test")])
def test_the_mode_of_the_money_is_that_of_the_key(settings, key: str, domain: str):
    settings.PAYSTACK_SECRET_KEY = key
    other = {"live": "test", "test": "live"}[domain]

    right = Transaction("EB-1", "success", domain, "NGN", 500_000)
    wrong = Transaction("EB-1", "success", other, "NGN", 500_000)

    assert settling.mismatch(payment(), right) == ""
    assert settling.mismatch(payment(), wrong) != ""


def assert_flagged(payer: Payer, problem: str) -> None:
    payer.hears()
    assert payer.payment.status == "FLAGGED"
    assert payer.payment.problem == problem
    assert payer.payment.open_for is None
    assert payer.subscription is None
    assert "needs a look by our team" in payer.reads


def test_too_little(payer: Payer):
    payer.gets_link()
    payer.pays("pay_too_little")

    assert_flagged(payer, "Paid ₦2,500 instead of ₦5,000.")


def test_another_currency(payer: Payer):
    payer.gets_link()
    payer.pays()
    told_by_paystack(currency="GHS")

    assert_flagged(payer, "Paid in GHS, not in NGN.")


def test_a_test_payment_on_a_live_system(payer: Payer):
    payer.gets_link()
    payer.pays()
    told_by_paystack(domain="live")

    assert_flagged(payer, "Paid in Paystack's live mode; our key is of another mode.")


def test_a_flag_is_told_once_and_again_to_who_asks(payer: Payer):
    payer.gets_link()
    payer.pays("pay_too_little")
    payer.hears()
    seen = len(payer.phone.received)

    settling.settle(payer.payment, None)
    payer.work()
    assert len(payer.phone.received) == seen
    payer.phone.say("paid")

    assert len(payer.phone.received) == seen + 1
    assert "needs a look" in payer.reads


def test_staff_may_accept_it_as_it_is_once(payer: Payer):
    payer.gets_link()
    payer.pays("pay_too_little")
    payer.hears()

    assert settling.accept(payer.payment.pk)
    assert not settling.accept(payer.payment.pk)
    payer.work()

    assert payer.payment.status == "PAID"
    assert "payment has arrived: you are" in payer.reads
    assert (payer.subscription.ends_at - timezone.now()).days == 30


@pytest.mark.parametrize("status", ["pending", "ongoing", "processing", "queued", "a new word", ""])
def test_any_word_but_success_means_not_paid(payer: Payer, status: str):
    payer.gets_link()
    told_by_paystack(status=status)

    payer.phone.say("paid")

    assert payer.payment.status == "PENDING"
    assert payer.subscription is None
    assert "has not arrived yet" in payer.reads
