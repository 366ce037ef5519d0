"""Money that goes back, and payments that the bank disputes."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from conversations.tests.paying import Payer, notify
from conversations.tests.test_payment_webhook import event, signature

DAY = timedelta(days=1)


@pytest.fixture
def subscriber(payer: Payer) -> Payer:
    payer.gets_link()
    payer.pays()
    payer.hears()
    return payer


def told(payer: Payer, name: str, **data: object) -> None:
    body = event(name, **data)
    assert notify(payer.phone.client, body, signature(body)) == 200
    payer.work()


def renewed(payer: Payer) -> None:
    payer.phone.say("pay")
    payer.phone.tap("confirm", on=payer.phone.last)
    payer.pays()
    payer.hears()


def test_a_refund_ends_the_subscription_and_is_told(subscriber: Payer):
    subscriber.waits(hours=5)
    subscriber.pays("refund")
    subscriber.hears()

    assert subscriber.payment.status == "REFUNDED"
    assert subscriber.payment.refunded_amount == 500_000
    assert subscriber.subscription.ends_at == timezone.now()
    assert subscriber.reads.startswith("💸 Your payment has been refunded.")


def test_a_refund_told_twice_counts_once(subscriber: Payer):
    renewed(subscriber)
    subscriber.pays("refund")
    subscriber.hears()
    ends_at = subscriber.subscription.ends_at
    seen = len(subscriber.phone.received)

    reference = subscriber.payment.reference
    told(subscriber, "refund.processed", transaction_reference=reference, amount=500_000)

    assert subscriber.subscription.ends_at == ends_at == timezone.now() + 30 * DAY
    assert len(subscriber.phone.received) == seen


def test_the_refund_of_a_renewal_leaves_the_first_month(subscriber: Payer):
    first_end = subscriber.subscription.ends_at
    renewed(subscriber)

    subscriber.pays("refund")
    subscriber.hears()

    assert subscriber.subscription.ends_at == first_end


def test_after_the_refund_of_the_first_month_the_second_moves_up(subscriber: Payer):
    first = subscriber.payment.reference
    renewed(subscriber)
    subscriber.waits(days=10)

    told(subscriber, "refund.processed", transaction_reference=first, amount="500000")

    assert subscriber.subscription.ends_at == timezone.now() + 30 * DAY


@pytest.mark.parametrize("amount", [100_000, "100000"])
def test_a_part_is_noted_and_the_subscription_goes_on(subscriber: Payer, amount: object):
    ends_at = subscriber.subscription.ends_at
    reference = subscriber.payment.reference

    told(subscriber, "refund.processed", transaction_reference=reference, amount=amount)

    assert subscriber.payment.refunded_amount == 100_000
    assert subscriber.payment.status == "PAID"
    assert subscriber.subscription.ends_at == ends_at


@pytest.mark.parametrize("amount", [None, "all", True, 4.5, ""])
def test_an_odd_amount_ends_nothing(subscriber: Payer, amount: object):
    reference = subscriber.payment.reference

    told(subscriber, "refund.processed", transaction_reference=reference, amount=amount)

    assert subscriber.payment.status == "PAID"


def test_a_refund_that_failed_is_told_once(subscriber: Payer):
    reference = subscriber.payment.reference
    for number in range(2):
        told(subscriber, "refund.failed", transaction_reference=reference, number=number)

    assert subscriber.payment.refund_state == "failed"
    words = [shown for shown in subscriber.phone.received if "did not go through yet" in shown.text]
    assert len(words) == 1


def test_a_reversal_is_found_without_a_webhook_too(subscriber: Payer):
    subscriber.pays("refund")

    subscriber.phone.say("paid")

    assert subscriber.payment.status == "REFUNDED"
    assert "has been refunded" in subscriber.reads


def test_a_dispute_is_recorded_and_ends_nothing(subscriber: Payer):
    ends_at = subscriber.subscription.ends_at

    told(
        subscriber, "charge.dispute.create", transaction={"reference": subscriber.payment.reference}
    )

    assert subscriber.payment.disputed_at == timezone.now()
    assert subscriber.payment.status == "PAID"
    assert subscriber.subscription.ends_at == ends_at


def test_flagged_money_can_go_back(payer: Payer):
    payer.gets_link()
    payer.pays("pay_too_little")
    payer.hears()

    payer.pays("refund")
    payer.hears()

    assert payer.payment.status == "REFUNDED"
    assert json.loads(bytes(payer.payment.notices.first().body))["event"] == "refund.processed"
