"""Taps, webhooks and checks at the same moment: one payment, one subscription, one answer."""

from functools import partial

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from conversations import payment_notices, payments, paystack, settling
from conversations.models import Payment, PaymentNotice, Student, Subscription
from conversations.tests.paying import notify
from conversations.tests.test_payment_webhook import event, signature
from whatsapp import lanes, worker
from whatsapp.contacts import of_phone
from whatsapp.models import Contact, Message
from whatsapp.simulator.paystack.models import SimulatedTransaction
from whatsapp.tests.threads import together
from whatsapp.transactions import unit_of_work

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def student() -> Student:
    contact = of_phone("+2348031234567", "John Doe")
    Contact.objects.filter(pk=contact.pk).update(last_inbound_at=timezone.now())
    return Student.objects.create(contact=contact, name="John Doe", class_name="10A")


@pytest.fixture
def linked(student: Student) -> Payment:
    payment = payments.begin(student)
    payments.work(payment.pk)
    payment.refresh_from_db()
    SimulatedTransaction.objects.update(status="success", paid_at=timezone.now())
    return payment


@unit_of_work
def tap_confirm(student: Student) -> None:
    """As a worker in the student's lane does it."""
    lanes.lock(student.contact_id)
    payments.confirm(student, has_paid=False)


def texts() -> list[str]:
    return list(Message.objects.filter(direction="out").values_list("text", flat=True))


def test_confirm_tapped_by_eight_fingers_makes_one_payment(student: Student):
    together(*[partial(tap_confirm, student)] * 8)

    assert Payment.objects.count() == 1


def test_eight_workers_make_one_link(student: Student):
    payment = payments.begin(student)

    done = together(*[partial(payments.work, payment.pk)] * 8)

    assert done.count(True) == 1
    assert SimulatedTransaction.objects.count() == 1
    assert len(texts()) == 1


def test_the_same_notice_from_eight_sides_is_one(linked: Payment):
    body = event("charge.success", reference=linked.reference)

    posts = [partial(notify, Client(), body, signature(body)) for _ in range(8)]
    assert together(*posts) == [200] * 8
    together(*[payment_notices.read_due] * 4)

    assert PaymentNotice.objects.get().state == "done"


def test_eight_answers_at_once_give_one_month(linked: Payment):
    found = paystack.verify(linked.reference)

    together(*[partial(settling.settle, linked, found)] * 8)

    linked.refresh_from_db()
    assert linked.status == "PAID"
    assert Subscription.objects.get().ends_at == linked.ends_at
    assert sum("Thank you!" in text for text in texts()) == 1


def test_a_claim_that_meets_a_deadlock_is_made_again(linked: Payment):
    payments.look_again(linked)
    deadlocks = [OperationalError(1213, "Deadlock found when trying to get lock")]

    def deadlock_once(execute, sql, *rest):
        if sql.startswith("UPDATE `conversations_payment`") and deadlocks:
            raise deadlocks.pop()
        return execute(sql, *rest)

    with connection.execute_wrapper(deadlock_once):
        assert payments.work(linked.pk)

    linked.refresh_from_db()
    assert not deadlocks
    assert linked.status == "PAID"


def test_taps_notices_and_checks_together_give_one_month(linked: Payment, student: Student):
    body = event("charge.success", reference=linked.reference)

    def hear() -> None:
        notify(Client(), body, signature(body))
        payment_notices.read_due()
        payments.work(linked.pk)

    def check() -> None:
        payments.look_again(linked)
        payments.work(linked.pk)

    def lane() -> None:
        worker.run(student.contact_id)

    together(hear, check, lane, partial(tap_confirm, student), hear, check, lane, check)
    for (
        payment_id
    ) in payments.due():  # whoever asked last did so for a worker that is still to come
        payments.work(payment_id)

    linked.refresh_from_db()
    first = Payment.objects.get(pk=linked.pk)
    assert first.status == "PAID"
    assert Subscription.objects.get().ends_at == first.ends_at
    assert Payment.objects.exclude(open_for=None).count() <= 1


def test_accepted_by_two_colleagues_it_counts_once(linked: Payment):
    Payment.objects.update(status="FLAGGED", open_for=None)

    accepted = together(*[partial(settling.accept, linked.pk)] * 4)

    assert accepted.count(True) == 1
    linked.refresh_from_db()
    assert Subscription.objects.get().ends_at == linked.ends_at
