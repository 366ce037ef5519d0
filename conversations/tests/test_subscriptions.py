"""What a subscription gives, and when its end is announced."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations import payments, subscriptions
from conversations.models import Homework, HomeworkState, Student, Subscription
from conversations.tests.paying import Payer
from whatsapp.contacts import of_phone
from whatsapp.merging import merge
from whatsapp.models import Contact

DAY = timedelta(days=1)


def subscribed(payer: Payer, **span: float) -> Subscription:
    ends_at = timezone.now() + timedelta(**span)
    return Subscription.objects.create(student=payer.student, ends_at=ends_at)


def hand_in(payer: Payer, count: int, **changes: object) -> None:
    for number in range(count):
        Homework.objects.create(
            reference=f"HW-{Homework.objects.count()}-{number}",
            student=payer.student,
            subject="Maths",
            **changes,
        )


def test_three_homeworks_a_month_are_free(payer: Payer):
    hand_in(payer, 2)
    payer.phone.say("homework")
    assert "Which subject" in payer.reads
    hand_in(payer, 1)
    payer.phone.say("menu")

    payer.phone.say("homework")

    assert "this month's free homework" in payer.reads


def test_a_used_up_month_is_known_in_a_sentence_too(payer: Payer):
    hand_in(payer, 3)
    payer.phone.say("I have homework to hand in")

    assert "this month's free homework" in payer.reads


def test_the_next_month_begins_anew_by_the_clock_of_lagos(payer: Payer):
    hand_in(payer, 3)
    payer.clock.move_to("2026-11-30T22:59:59Z")
    payer.phone.say("homework")
    assert "this month's free homework" in payer.reads

    payer.clock.move_to("2026-11-30T23:00:01Z")
    payer.phone.say("homework")

    assert "Which subject" in payer.reads


def test_cancelled_homework_does_not_count(payer: Payer):
    hand_in(payer, 3, state=HomeworkState.CANCELLED)
    payer.phone.say("homework")

    assert "Which subject" in payer.reads


def test_subscribers_have_no_limit_until_the_last_second(payer: Payer):
    hand_in(payer, 5)
    subscribed(payer, seconds=10)
    payer.phone.say("homework")
    assert "Which subject" in payer.reads
    payer.phone.say("menu")
    payer.clock.shift(timedelta(seconds=10))

    payer.phone.say("homework")

    assert "this month's free homework" in payer.reads


def test_while_nobody_can_pay_there_is_no_limit(payer: Payer, settings):
    settings.PAYSTACK_SECRET_KEY = ""
    hand_in(payer, 5)
    payer.phone.say("homework")

    assert "Which subject" in payer.reads


def test_another_price_and_period_are_said_in_words(payer: Payer, settings):
    settings.SUBSCRIPTION_PRICE_KOBO, settings.SUBSCRIPTION_DAYS = 150_050, 90
    payer.phone.say("pay")

    assert "₦1,500.50 for 90 days" in payer.reads


def remind(payer: Payer) -> int:
    told = subscriptions.remind_ending()
    payer.work()
    return told


def test_the_end_is_announced_once_three_days_before(payer: Payer):
    subscribed(payer, days=3, seconds=1)
    assert remind(payer) == 0
    payer.clock.shift(timedelta(seconds=1))

    assert remind(payer) == 1
    assert payer.reads == ("⏰ Your subscription ends on 23/11/2026. Would you like to renew it?")
    assert [button.id for button in payer.phone.last.buttons] == ["pay", "main_menu"]
    assert remind(payer) == 0


def test_after_a_renewal_it_is_announced_anew(payer: Payer):
    subscribed(payer, days=2)
    remind(payer)

    subscriptions.extend(payer.student, 30)
    assert remind(payer) == 0
    payer.waits(days=30)
    payer.phone.say("hi")

    assert remind(payer) == 1


def test_outside_the_window_it_waits_until_the_student_writes(payer: Payer):
    subscribed(payer, days=3)
    payer.clock.shift(DAY)
    assert remind(payer) == 0

    payer.phone.say("hi")

    assert remind(payer) == 1


def test_who_opted_out_and_who_is_over_are_left_alone(payer: Payer):
    subscription = subscribed(payer, days=2)
    payer.phone.say("stop")
    assert remind(payer) == 0
    payer.phone.say("start")
    Subscription.objects.filter(pk=subscription.pk).update(ends_at=timezone.now())

    assert remind(payer) == 0


def test_who_hands_in_homework_is_told_without_losing_the_place(payer: Payer):
    subscribed(payer, days=2)
    payer.phone.say("homework")

    assert remind(payer) == 1

    assert payer.phone.last.buttons == []
    payer.phone.say("Biology")
    assert "will you send it as text" in payer.reads


def twin(payer: Payer) -> tuple[Contact, Student]:
    contact = of_phone("+2348051111111", "John again")
    return contact, Student.objects.create(contact=contact, name="John Doe", class_name="10A")


@pytest.mark.parametrize(
    ("ours", "theirs", "together"), [(10, 20, 30), (-5, 20, 20), (10, -5, 10), (None, 20, 20)]
)
def test_of_two_contacts_that_are_one_nothing_paid_is_lost(
    payer: Payer, ours: int | None, theirs: int, together: int
):
    contact, student = twin(payer)
    if ours is not None:
        subscribed(payer, days=ours)
    Subscription.objects.create(student=student, ends_at=timezone.now() + theirs * DAY)

    merge(keep=payer.student.contact, gone=contact)

    assert payer.subscription.ends_at == timezone.now() + together * DAY


@pytest.mark.parametrize("both_pay", [True, False])
def test_payments_of_both_go_on(payer: Payer, both_pay: bool):
    contact, student = twin(payer)
    if both_pay:
        payer.gets_link()
    mine = payer.student.pk
    payments.begin(student)

    merge(keep=payer.student.contact, gone=contact)
    payer.work()

    assert {payment.student_id for payment in payer.student.payments.all()} == {mine}
    assert payer.student.payments.count() == 1 + both_pay
    assert payer.student.payments.exclude(open_for=None).count() == 1
    payer.pays()
    payer.hears()
    assert payer.subscription is not None
