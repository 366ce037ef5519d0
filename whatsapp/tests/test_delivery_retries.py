"""What did not go out is tried again: how long the pauses are, and what gives up when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from whatsapp import delivery, worker
from whatsapp.models import Message
from whatsapp.simulator.models import SimulatedPhone
from whatsapp.simulator.transport import SimulatorAdapter
from whatsapp.tests.lane import Lane, Refusing, calls, misbehave, mount, status

THROTTLED = [131056, 130429, 4, 80007]
TEMPORARY = [131000, 131016, 2]
LOGIN_EXPIRED = 190


@pytest.fixture
def lane(clock, db) -> Lane:
    return Lane()


def pause_of(lane: Lane) -> timedelta:
    lane.contact.refresh_from_db()
    return lane.contact.due_at - timezone.now()


@pytest.mark.parametrize("code", THROTTLED)
def test_too_many_messages_wait_and_go_out_later(lane: Lane, clock, code: int):
    (message,) = lane.queue("Good morning")
    mount(Refusing(code, status=429))
    lane.work()
    assert status(message) == "queued"
    assert not lane.work(), "It must pause first."

    mount(SimulatorAdapter())
    clock.shift(pause_of(lane))
    lane.work()
    assert status(message) == "accepted"


def test_throttling_never_uses_up_the_tries(lane: Lane, clock):
    (message,) = lane.queue("Good morning")
    misbehave(error_429_percent=100)
    for _ in range(3 * delivery.MAX_REFUSALS):
        assert lane.work()
        clock.shift(pause_of(lane))
    misbehave()
    lane.work()

    message.refresh_from_db()
    assert message.status == "accepted"
    assert message.refusals == 0
    assert message.error_code is None


def test_the_pauses_between_throttled_tries_grow(lane: Lane, clock):
    lane.queue("Good morning")
    mount(Refusing(131056, status=429))
    pauses = []
    for _ in range(4):
        lane.work()
        pauses.append(pause_of(lane))
        clock.shift(pauses[-1])

    assert pauses == sorted(pauses)
    assert pauses[3] > 30 * pauses[0]


@pytest.mark.parametrize("code", TEMPORARY)
def test_a_passing_trouble_is_tried_a_few_times_and_then_fails(lane: Lane, clock, code: int):
    message, next_one = lane.queue("Good morning", "How are you?")
    mount(Refusing(code))
    for _ in range(delivery.MAX_REFUSALS):
        lane.work()
        assert status(message) == "queued"
        clock.shift(pause_of(lane))
    lane.work()

    message.refresh_from_db()
    assert message.status == "failed"
    assert message.attempts == delivery.MAX_REFUSALS + 1
    assert message.error
    assert status(next_one) == "queued"


def test_a_connection_that_was_refused_is_simply_tried_again(lane: Lane, clock):
    (message,) = lane.queue("Good morning")
    misbehave(refuse_connection_percent=100)
    lane.work()
    assert status(message) == "queued"

    misbehave()
    clock.shift(pause_of(lane))
    lane.work()
    assert status(message) == "accepted"
    assert lane.read == ["Good morning"]


def test_the_order_is_kept_while_the_first_one_waits(lane: Lane, clock):
    first, second = lane.queue("one", "two")
    misbehave(error_429_percent=100)
    lane.work()
    misbehave()
    lane.queue("three")
    lane.work()
    assert (status(first), status(second)) == ("queued", "queued")
    assert lane.read == []

    clock.shift(10)
    lane.work()
    assert lane.read == ["one", "two", "three"]


def test_a_revoked_token_keeps_everything_queued_until_it_is_put_right(lane: Lane, clock):
    messages = lane.queue(*"abc")
    misbehave(token_revoked=True)
    for _ in range(10):
        assert lane.work()
        clock.shift(pause_of(lane))
    assert calls() == 10, "One call a minute, for the head of the lane only."
    assert Message.objects.filter(status="queued").count() == 3
    assert Message.objects.get(pk=messages[0].pk).error_code == LOGIN_EXPIRED

    misbehave()
    lane.work()
    assert lane.read == list("abc")


def test_what_waited_beyond_the_window_expires(lane: Lane, clock):
    (message,) = lane.queue("Good morning")
    misbehave(token_revoked=True)
    lane.work()
    clock.shift(timedelta(days=1))
    lane.work()

    assert status(message) == "expired"


def test_a_new_message_of_the_student_does_not_hurry_a_waiting_one(lane: Lane, clock):
    """Waking the lane makes it run, but the head keeps its pause."""
    (message,) = lane.queue("Good morning")
    mount(Refusing(131056, status=429))
    lane.work()
    due_at = Message.objects.get(pk=message.pk).due_at
    assert worker.run(lane.contact.pk)

    message.refresh_from_db()
    assert message.attempts == 1
    assert message.due_at == due_at


def test_a_recipient_whom_meta_does_not_know_fails_at_once(lane: Lane):
    (message,) = lane.queue("Good morning")
    SimulatedPhone.objects.update(number="2340000000000")
    lane.work()

    message.refresh_from_db()
    assert (message.status, message.error_code) == ("failed", 131026)
