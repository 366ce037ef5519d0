"""Paystack away, answers lost, workers killed: the payment goes on where it was."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone

from conversations import payments, paystack, settling
from conversations.models import Payment
from conversations.tests.paying import Answering, LosingAnswers, Payer, misbehave
from whatsapp.simulator.paystack.models import SimulatedTransaction
from whatsapp.simulator.transport import PaystackAdapter


def mount(adapter: object) -> None:
    paystack.session().mount(django_settings.PAYSTACK_URL, adapter)


def test_down_and_up_again(payer: Payer):
    misbehave(paystack_down=True)
    payer.phone.say("pay")
    offer = payer.reads
    payer.phone.tap("confirm")
    assert payer.reads == offer
    payer.waits(seconds=2)
    assert payer.reads.startswith("⏳ Paystack does not answer at the moment.")
    payer.waits(seconds=10)

    misbehave()
    payer.waits(seconds=60)

    assert payer.phone.last.link_url == payer.payment.url
    payer.pays()
    payer.hears()
    assert payer.payment.status == "PAID"
    told = [shown for shown in payer.phone.received if "does not answer" in shown.text]
    assert len(told) == 1


def test_one_lost_call_is_nobodys_business(payer: Payer):
    misbehave(paystack_down=True)
    payer.phone.say("pay")
    payer.phone.tap("confirm")
    misbehave()

    payer.waits(seconds=2)

    assert payer.phone.last.link_url
    assert not any("does not answer" in shown.text for shown in payer.phone.received)


def test_down_for_too_long_is_admitted_and_may_be_tried_again(payer: Payer):
    misbehave(paystack_down=True)
    payer.phone.say("pay")
    payer.phone.tap("confirm")
    for pause in settling.PAUSES:
        payer.waits(seconds=pause.total_seconds())

    assert payer.payment.status == "FAILED"
    assert "503" in payer.payment.problem
    assert "could not get a payment link" in payer.reads

    misbehave()
    payer.phone.tap("confirm", on=payer.phone.last)
    assert payer.phone.last.link_url
    assert Payment.objects.count() == 2


def test_confirmed_while_it_is_down_is_tried_at_once(payer: Payer):
    misbehave(paystack_down=True)
    payer.phone.say("pay")
    payer.phone.tap("confirm")
    payer.waits(seconds=2)
    payer.waits(seconds=10)
    misbehave()

    payer.phone.say("confirm")

    assert payer.phone.last.link_url


def test_asked_while_it_is_down_the_answer_comes_later(payer: Payer):
    payer.gets_link()
    payer.pays()
    misbehave(paystack_down=True)
    payer.phone.say("paid")
    payer.waits(seconds=2)
    assert "Paystack does not answer" in payer.reads

    misbehave()
    payer.waits(seconds=10)

    assert "payment has arrived: you are" in payer.reads


def test_a_check_while_it_is_down_worries_nobody_and_is_made_up_for(payer: Payer):
    payer.gets_link()
    payer.pays()
    seen = len(payer.phone.received)
    misbehave(paystack_down=True)
    payer.waits(minutes=1)
    payer.waits(seconds=2)
    assert len(payer.phone.received) == seen

    misbehave()
    payer.waits(seconds=10)

    assert "payment has arrived: you are" in payer.reads


def test_a_link_whose_answer_was_lost_is_made_under_a_new_reference(payer: Payer):
    mount(LosingAnswers())
    payer.phone.say("pay")
    payer.phone.tap("confirm")
    lost = payer.payment.reference

    payer.waits(seconds=2)

    assert payer.payment.reference != lost
    assert payer.phone.last.link_url == payer.payment.url
    assert Payment.objects.count() == 1
    assert SimulatedTransaction.objects.count() == 2
    payer.pays()
    payer.hears()
    assert payer.payment.status == "PAID"


def test_a_worker_killed_before_it_asked_is_replaced_after_the_lease(payer: Payer):
    payer.phone.say("pay")
    payments.begin(payer.student)
    assert payments._claim(payer.payment.pk) is not None  # and then the worker is killed

    payer.work()
    assert payer.payment.status == "NEW"
    payer.waits(seconds=django_settings.WHATSAPP_LEASE.total_seconds())

    assert payer.payment.status == "PENDING"


def test_a_worker_killed_while_it_verified_is_replaced_too(payer: Payer):
    payer.gets_link()
    payer.pays()
    payments.look_again(payer.payment)
    assert payments._claim(payer.payment.pk) is not None

    payer.waits(seconds=django_settings.WHATSAPP_LEASE.total_seconds())

    assert payer.payment.status == "PAID"


def test_a_worker_that_wakes_up_late_changes_nothing(payer: Payer):
    payer.gets_link()
    late = payer.payment
    payer.pays()
    found = paystack.verify(late.reference)
    payer.hears()
    ends_at = payer.subscription.ends_at
    seen = len(payer.phone.received)

    settling.settle(late, found)
    settling.link(late, "https://paystack.test/late")
    settling.replace(late, "EB-late")
    payer.work()

    assert payer.subscription.ends_at == ends_at
    assert len(payer.phone.received) == seen
    assert payer.payment.reference == late.reference


def test_a_notice_during_a_check_is_not_forgotten(payer: Payer):
    payer.gets_link()
    payer.waits(minutes=1)
    payments.look_again(payer.payment)
    claimed = payments._claim(payer.payment.pk)
    before_the_money_came = paystack.verify(claimed.reference)
    payer.pays()
    payer.clock.shift(timedelta(seconds=1))
    payments.look_again(claimed)

    settling.settle(claimed, before_the_money_came)
    assert payer.payment.due_at == timezone.now()
    payer.work()

    assert payer.payment.status == "PAID"


@pytest.mark.parametrize("status", [400, 403])
def test_an_order_that_paystack_refuses_is_given_up_at_once(payer: Payer, status: int):
    mount(Answering(b'{"status": false, "message": "Currency not supported"}', status))
    payer.phone.say("pay")
    payer.phone.tap("confirm")

    assert payer.payment.status == "FAILED"
    assert payer.payment.problem == "Paystack refused: Currency not supported"
    assert "could not get a payment link" in payer.reads


def test_a_wrong_key_is_the_operators_to_mend(payer: Payer):
    mount(Answering(b'{"status": false, "message": "Invalid key"}', 401))
    payer.phone.say("pay")
    payer.phone.tap("confirm")
    assert payer.payment.status == "NEW"
    assert "Invalid key" in payer.payment.problem

    mount(PaystackAdapter())
    payer.waits(seconds=2)

    assert payer.payment.status == "PENDING"
    assert payer.payment.problem == ""


def test_it_does_not_ask_for_ever(payer: Payer):
    payer.gets_link()
    misbehave(paystack_down=True)
    Payment.objects.update(attempts=settling.MOST_ATTEMPTS)

    payer.waits(minutes=1)

    assert payer.payment.status == "EXPIRED"
    assert payer.payment.due_at is None


def test_it_is_never_asked_inside_a_transaction(transactional_db):
    with transaction.atomic(), pytest.raises(RuntimeError, match="Paystack must not be called"):
        paystack.verify("EB-1")
