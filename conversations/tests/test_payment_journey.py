"""Subscribing, from the menu to the end of the month, through both real webhooks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations.models import Conversation, Payment, PaymentNotice
from conversations.tests.paying import Payer, misbehave
from whatsapp.models import Message
from whatsapp.simulator.paystack.models import SimulatedTransaction

MONTH = timedelta(days=30)


def state(payer: Payer) -> str:
    return Conversation.objects.get(contact=payer.student.contact).state


def test_paying(payer: Payer):
    payer.phone.say("subscribe")
    assert payer.reads == (
        "💳 A subscription costs ₦5,000 a month. Choose *Confirm* to get the payment link."
    )
    payer.phone.tap("✅ Confirm")
    assert payer.phone.last.link_label == "💳 Pay now"
    assert payer.link.startswith("http://127.0.0.1")
    assert state(payer) == "payment_pending"

    payer.pays()
    assert payer.hears() == [200]

    assert payer.reads == (
        "🎉 Thank you! Your payment has arrived: you are subscribed until 20/12/2026."
    )
    assert [button.title for button in payer.phone.last.buttons] == ["📍 Main Menu"]
    assert state(payer) == "registered"
    assert payer.payment.status == "PAID"
    assert payer.subscription.ends_at == timezone.now() + MONTH
    payer.phone.say("status")
    assert "Subscribed until 20/12/2026" in payer.reads


def test_what_paystack_is_asked_for(payer: Payer):
    payer.gets_link()

    order = SimulatedTransaction.objects.get()
    assert (order.requested_amount, order.currency) == (500_000, "NGN")
    assert order.email == "john@example.org"
    assert order.reference == payer.payment.reference


def test_who_gave_no_address_gets_one_that_takes_no_mail(payer: Payer):
    payer.student.__class__.objects.update(email="")
    payer.gets_link()

    expected = f"student-{payer.student.pk}@students.example.com"
    assert SimulatedTransaction.objects.get().email == expected


@pytest.mark.django_db(transaction=True)  # the door's IntegrityError ends a test's transaction
def test_the_webhook_may_come_three_times(payer: Payer):
    misbehave(paystack_repeats=True)
    payer.gets_link()
    payer.pays()
    assert payer.hears() == [200, 200, 200]

    assert PaymentNotice.objects.count() == 1
    assert payer.subscription.ends_at == timezone.now() + MONTH
    thanks = [shown.text for shown in payer.phone.received if "Thank you!" in shown.text]
    assert len(thanks) == 1


def test_without_any_webhook_the_first_check_finds_the_payment(payer: Payer):
    payer.gets_link()
    payer.pays()

    payer.waits(seconds=59)
    assert payer.subscription is None
    payer.waits(seconds=2)
    assert payer.subscription is not None
    payer.hears()

    assert payer.subscription.ends_at - timezone.now() == MONTH


@pytest.mark.parametrize("words", ["confirm", "paid", "I have paid!", "✅ Confirm", "I’ve paid"])
def test_who_says_that_he_paid_is_asked_about_at_paystack(payer: Payer, words: str):
    payer.gets_link()
    payer.pays()

    payer.phone.say(words)

    assert "payment has arrived: you are" in payer.reads
    payer.hears()
    assert payer.subscription.ends_at == timezone.now() + MONTH
    assert Payment.objects.count() == 1


def test_who_has_not_paid_gets_the_same_link_again(payer: Payer):
    link = payer.gets_link()

    payer.phone.tap("confirm")

    assert "has not arrived yet" in payer.reads
    assert payer.phone.last.link_url == link
    assert Payment.objects.count() == 1


def test_abandoned_and_then_paid(payer: Payer):
    payer.gets_link()
    payer.pays("leave")
    payer.phone.tap("confirm")
    assert "has not arrived yet" in payer.reads

    payer.pays()
    payer.hears()

    assert "payment has arrived: you are" in payer.reads


def test_a_failure_is_found_and_a_new_attempt_has_a_new_reference(payer: Payer):
    first_link = payer.gets_link()
    payer.pays("fail")
    payer.waits(minutes=1)
    assert payer.reads.startswith("😕 Your payment did not go through")
    assert payer.payment.problem == "Paystack: Insufficient Funds"

    payer.phone.tap("confirm", on=payer.phone.last)

    assert payer.link != first_link
    assert len(set(Payment.objects.values_list("reference", flat=True))) == 2
    payer.pays()
    payer.hears()
    assert sorted(Payment.objects.values_list("status", flat=True)) == ["FAILED", "PAID"]


def test_a_card_that_worked_after_all_still_counts(payer: Payer):
    payer.gets_link()
    payer.pays("fail")
    payer.waits(minutes=1)

    payer.pays()
    payer.hears()

    assert payer.payment.status == "PAID"
    assert "payment has arrived: you are" in payer.reads


def test_news_do_not_disturb_who_is_in_the_middle_of_something(payer: Payer):
    payer.gets_link()
    payer.phone.say("homework")
    payer.phone.say("Biology")

    payer.pays()
    payer.hears()

    assert "payment has arrived: you are" in payer.reads
    assert payer.phone.last.buttons == []
    assert state(payer) == "homework_type"


def test_i_have_paid_may_be_said_from_anywhere(payer: Payer):
    payer.gets_link()
    payer.phone.say("menu")
    payer.pays()

    payer.phone.say("I have paid")

    assert "payment has arrived: you are" in payer.reads


def test_who_says_paid_without_any_payment_is_told_so(payer: Payer):
    payer.phone.say("I have paid")

    assert payer.reads.startswith("🔎 I asked Paystack and found no payment of yours.")
    assert Payment.objects.count() == 0


def test_said_again_after_it_arrived_nothing_is_added(payer: Payer):
    payer.gets_link()
    payer.pays()
    payer.hears()

    payer.phone.say("paid")

    assert "subscribed until 20/12/2026" in payer.reads
    assert payer.subscription.ends_at == timezone.now() + MONTH


def test_a_link_is_checked_four_times_and_then_expires(payer: Payer):
    payer.gets_link()
    seen = len(payer.phone.received)
    for span in ({"minutes": 1}, {"minutes": 4}, {"minutes": 25}, {"hours": 23}):
        payer.waits(**span)
        assert payer.payment.status == "PENDING"

    payer.waits(minutes=31)

    assert payer.payment.status == "EXPIRED"
    assert payer.payment.due_at is None
    assert len(payer.phone.received) == seen


def test_money_that_comes_after_that_still_counts(payer: Payer):
    payer.gets_link()
    payer.waits(hours=25)
    payer.waits(hours=1)
    assert payer.payment.status == "EXPIRED"

    payer.pays()
    payer.hears()

    assert payer.payment.status == "PAID"
    assert payer.subscription.ends_at == timezone.now() + MONTH


def test_outside_the_window_the_subscription_begins_without_words(payer: Payer):
    payer.gets_link()
    payer.waits(hours=25)
    seen = Message.objects.filter(direction="out").count()

    payer.pays()
    payer.hears()

    assert payer.subscription is not None
    assert Message.objects.filter(direction="out").count() == seen


def test_a_renewal_adds_to_what_runs(payer: Payer):
    payer.gets_link()
    payer.pays()
    payer.hears()
    first_end = payer.subscription.ends_at
    payer.waits(days=20)

    payer.phone.say("pay")
    assert "You are subscribed until 20/12/2026" in payer.reads
    payer.phone.tap("confirm", on=payer.phone.last)
    payer.pays()
    payer.hears()

    assert payer.subscription.ends_at == first_end + MONTH
    assert payer.payment.starts_at == first_end


def test_in_a_chat_the_news_come_without_buttons_and_the_words_go_to_the_agent(payer: Payer):
    payer.gets_link()
    payer.phone.say("support")
    payer.pays()
    payer.hears()
    assert "payment has arrived: you are" in payer.reads
    assert payer.phone.last.buttons == []

    payer.phone.say("I have paid")

    assert "has been sent to support" in payer.reads


def test_the_unregistered_are_asked_to_register(ada):
    ada.say("menu")
    ada.say("pay")

    assert "please register first" in ada.last.text
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("PAYSTACK_SECRET_KEY", ""), ("SUBSCRIPTION_PRICE_KOBO", 0)]
)
def test_without_a_key_or_a_price_payments_are_closed(payer: Payer, settings, name, value):
    setattr(settings, name, value)

    payer.phone.say("pay")

    assert "Payments are not open yet" in payer.reads
