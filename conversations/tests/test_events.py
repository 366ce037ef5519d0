"""Homework and payments are told to other systems, with what they are about."""

import uuid

import pytest

from conversations import homework, payments, settling
from conversations.models import Homework, Payment, PaymentStatus, Student
from support.models import Event
from support.services import Actor
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(john: Phone) -> Student:
    for words in ("hi", "John Doe", "john@example.org", "10A"):
        john.say(words)
    return Student.objects.get()


def told(event_type: str) -> list[dict]:
    return [event.data for event in Event.objects.filter(type=event_type).order_by("id")]


def test_homework_is_told_when_it_is_handed_in_and_when_it_is_answered(
    john: Phone, student: Student, agent
):
    for words in ("homework", "Biology", "text", "Why are leaves green?"):
        john.say(words)
    [submitted] = told("homework.submitted")
    row = Homework.objects.get()
    assert submitted["homework"]["reference"] == row.reference
    assert submitted["homework"]["text"] == "Why are leaves green?"
    assert submitted["homework"]["student_name"] == "John Doe"

    token = uuid.uuid4()
    for _ in range(2):  # a form sent twice
        homework.answer(row.pk, Actor.of(agent), "Chlorophyll.", token=token)
    [answered] = told("homework.answered")
    assert answered["answer"]["text"] == "Chlorophyll."
    assert answered["homework"]["state"] == "SOLVED"


def test_a_payment_is_told_once_it_has_come(student: Student):
    payment = payments.begin(student)
    assert told("payment.succeeded") == []
    Payment.objects.filter(pk=payment.pk).update(
        status=PaymentStatus.FLAGGED, open_for=None, paid_amount=500_000
    )
    assert settling.accept(payment.pk)
    assert not settling.accept(payment.pk)
    [paid] = told("payment.succeeded")
    assert paid["payment"]["reference"] == payment.reference
    assert paid["payment"]["subscription_ends_at"].endswith("Z")
    assert Event.objects.get(type="payment.succeeded").contact_id == student.contact_id
