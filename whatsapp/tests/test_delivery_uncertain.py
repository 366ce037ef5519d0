"""A send whose answer never came is not repeated blindly: at most twice, and never an agent's."""

import ssl
from datetime import timedelta

import pytest
import requests
from django.conf import settings
from django.utils import timezone
from urllib3.exceptions import MaxRetryError, SSLError

from whatsapp import delivery, lanes
from whatsapp.lanes import LaneLost
from whatsapp.models import Contact, Message, Receipt
from whatsapp.models.message import Author
from whatsapp.simulator.transport import SimulatorAdapter
from whatsapp.tests.lane import Failing, Interfering, Lane, calls, misbehave, mount, status

WAIT = settings.WHATSAPP_RECONCILE_WAIT
LEASE = settings.WHATSAPP_LEASE


@pytest.fixture
def lane(clock, db) -> Lane:
    return Lane()


def send_without_answer(lane: Lane, *texts: str, author: Author = Author.BOT) -> list[Message]:
    """Queue `texts` and run the lane while Meta accepts but does not answer."""
    messages = lane.queue(*texts, author=author)
    misbehave(accept_then_hang_percent=100)
    lane.work()
    misbehave()
    assert status(messages[0]) == "uncertain"
    return messages


def test_a_status_webhook_settles_it_and_nothing_is_sent_again(lane: Lane, clock):
    (message,) = send_without_answer(lane, "Good morning")
    lane.hear_statuses()
    clock.shift(2 * WAIT)
    lane.work()

    message.refresh_from_db()
    assert message.status == "read"
    assert message.wamid
    assert message.error == ""
    assert lane.read == ["Good morning"]


def test_the_lane_waits_for_its_uncertain_head_and_goes_on_once_it_is_settled(lane: Lane, clock):
    send_without_answer(lane, "one", "two")
    clock.shift(WAIT / 2)
    lane.work()
    assert lane.read == ["one"]

    lane.hear_statuses()
    lane.work()
    assert lane.read == ["one", "two"]


def test_without_any_status_the_bots_words_are_sent_once_more(lane: Lane, clock):
    (message,) = send_without_answer(lane, "Good morning")
    clock.shift(WAIT)
    lane.work()

    assert status(message) == "accepted"
    assert lane.read == ["Good morning"] * 2


def test_it_is_sent_twice_at_most(lane: Lane, clock):
    (message,) = lane.queue("Good morning")
    misbehave(accept_then_hang_percent=100)
    for _ in range(5):
        lane.work()
        clock.shift(WAIT)
    (next_one,) = lane.queue("Something else")
    misbehave()
    lane.work()

    message.refresh_from_db()
    assert message.status == "uncertain"
    assert "not confirmed" in message.error
    assert lane.read == ["Good morning", "Good morning", "Something else"]
    assert status(next_one) == "accepted"


def test_an_agents_words_are_left_to_the_agent_and_the_lane_goes_on(lane: Lane, clock):
    message, next_one = send_without_answer(lane, "Hello", "There?", author=Author.AGENT)
    clock.shift(WAIT)
    lane.work()

    assert status(message) == "uncertain"
    assert status(next_one) == "accepted"
    assert lane.read == ["Hello", "There?"]


def test_a_late_status_still_settles_what_was_left_to_the_agent(lane: Lane, clock):
    (message,) = send_without_answer(lane, "Hello", author=Author.AGENT)
    clock.shift(WAIT)
    lane.work()
    lane.hear_statuses()

    assert status(message) == "read"


def test_a_late_status_cancels_the_second_send(lane: Lane, clock):
    """The message is queued again already when the proof of the first send comes."""
    send_without_answer(lane, "Good morning")
    clock.shift(WAIT)
    misbehave(refuse_connection_percent=100)
    lane.work()
    assert Message.objects.filter(status="queued", resends=1).count() == 1

    misbehave()
    lane.hear_statuses()
    clock.shift(WAIT)
    lane.work()
    assert lane.read == ["Good morning"]


def test_while_webhooks_wait_to_be_sorted_nothing_is_sent_again(lane: Lane, clock):
    (message,) = send_without_answer(lane, "Good morning")
    lane.phone.deliver_statuses()  # stored, but the sorter is behind
    assert Receipt.objects.filter(state="unsorted").exists()
    clock.shift(WAIT)
    lane.work()
    assert status(message) == "uncertain"

    lane.hear_statuses()
    clock.shift(WAIT)
    lane.work()
    assert lane.read == ["Good morning"]


def test_nor_while_one_that_came_in_the_last_moment_does(lane: Lane, clock):
    (message,) = send_without_answer(lane, "Good morning")
    clock.shift(WAIT - timedelta(seconds=2))
    lane.phone.deliver_statuses()
    clock.shift(timedelta(seconds=2))
    lane.work()
    assert status(message) == "uncertain"

    lane.hear_statuses()
    clock.shift(WAIT)
    lane.work()
    assert lane.read == ["Good morning"]


def test_what_comes_in_after_the_wait_holds_nothing_up(lane: Lane, clock):
    (message,) = send_without_answer(lane, "Good morning")
    clock.shift(WAIT + timedelta(seconds=1))
    Receipt.objects.create(body=b"{}", digest="later")
    lane.work()
    assert Message.objects.get(pk=message.pk).resends == 1


def test_a_server_error_without_words_counts_as_no_answer(lane: Lane):
    (message,) = lane.queue("Good morning")
    misbehave(error_500_percent=100)
    lane.work()

    assert status(message) == "uncertain"


def broken_tls(error: ssl.SSLError) -> Failing:
    """What `requests` makes of `error`, whenever it happens."""
    return Failing(requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(error))))


def test_tls_that_breaks_while_the_answer_is_read_counts_as_no_answer(lane: Lane):
    mount(broken_tls(ssl.SSLError(1, "decryption failed or bad record mac")))
    (message,) = lane.queue("Good morning")
    lane.work()
    assert status(message) == "uncertain"


def test_proof_that_came_after_the_wait_and_is_not_sorted_yet_counts(lane: Lane, clock):
    (message,) = send_without_answer(lane, "Good morning")
    clock.shift(WAIT + timedelta(seconds=1))
    lane.phone.deliver_statuses()  # stored, but the sorter is behind, and so is the worker
    lane.work()
    assert status(message) == "uncertain"
    lane.hear_statuses()
    clock.shift(timedelta(seconds=10))
    lane.work()
    assert lane.read == ["Good morning"]


def test_behind_a_certificate_that_does_not_hold_nothing_was_sent(lane: Lane):
    mount(broken_tls(ssl.SSLCertVerificationError(1, "self-signed certificate")))
    (message,) = lane.queue("Good morning")
    lane.work()
    assert status(message) == "queued"


@pytest.mark.parametrize(
    ("setting", "value"),
    [("WHATSAPP_ACCESS_TOKEN", "token\n"), ("WHATSAPP_GRAPH_URL", "graph.facebook.com")],
)
def test_a_call_that_cannot_be_written_down_was_not_sent(
    lane: Lane, settings, setting: str, value: str
):
    [message] = lane.queue("hello")
    setattr(settings, setting, value)

    assert lane.work(), "The worker goes on."
    message.refresh_from_db()
    assert (message.status, message.refusals) == ("queued", 1)


def test_a_worker_that_died_while_sending_leaves_it_uncertain(lane: Lane, clock):
    (message,) = lane.queue("Good morning")
    dead = lanes.claim(lane.contact.pk)
    assert dead is not None
    assert delivery._claim(dead, message) is False, "No trial: the line is open."
    assert not lane.work(), "The dead worker's lease still runs."

    clock.shift(LEASE)
    lane.work()
    assert status(message) == "uncertain"
    assert calls() == 0


def test_a_worker_that_slept_past_its_lease_sends_nothing_more(lane: Lane, clock):
    lane.queue("Good morning")
    sleeper = lanes.claim(lane.contact.pk)
    clock.shift(LEASE)
    assert lanes.claim(lane.contact.pk) is not None

    with pytest.raises(LaneLost):
        delivery.deliver_queued(sleeper)
    assert calls() == 0


def test_a_worker_that_lost_its_lane_during_the_call_does_not_send_the_next(lane: Lane):
    messages = lane.queue("one", "two")
    mount(Interfering(lambda: Contact.objects.update(epoch=99)))
    lane.work()

    assert [status(message) for message in messages] == ["accepted", "queued"]
    assert lane.read == ["one"]


def test_a_refusal_that_comes_too_late_is_not_written(lane: Lane):
    """Whoever holds the lane now decides about the message."""
    (message,) = lane.queue("Good morning")
    misbehave(error_429_percent=100)
    mount(Interfering(lambda: Contact.objects.update(epoch=99)))
    lane.work()

    assert status(message) == "sending"


def test_an_answer_that_comes_after_the_claim_expired_still_counts(lane: Lane, clock):
    """What Graph accepted is true, whoever holds the lane now."""
    (message,) = lane.queue("Good morning")

    def another_worker_takes_over() -> None:
        clock.shift(LEASE)
        mount(SimulatorAdapter())
        lane.work()
        assert status(message) == "uncertain"

    mount(Interfering(another_worker_takes_over))
    lane.work()
    clock.shift(WAIT + timedelta(seconds=1))
    lane.work()

    assert status(message) == "accepted"
    assert lane.read == ["Good morning"]


def test_a_status_that_is_quicker_than_the_answer_stays(lane: Lane):
    (message,) = lane.queue("Good morning")
    mount(Interfering(lane.hear_statuses))
    lane.work()

    message.refresh_from_db()
    assert message.status == "read"
    assert message.wamid == lane.phone.last.wamid
    assert timezone.is_aware(message.read_at)
