"""Ticks only move forward, in whatever order Meta tells of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from whatsapp import sorting, statuses
from whatsapp.models import Contact, Message
from whatsapp.models.fields import digest
from whatsapp.payload import ApiError, StatusUpdate
from whatsapp.tests import webhooks
from whatsapp.tests.lane import receive

WAMID = "wamid.OUT1"
RANKED = ["sent", "failed", "delivered", "read", "played"]
UNDELIVERABLE, RE_ENGAGEMENT = 131026, 131047


def outgoing(status: str = "accepted", wamid: str = WAMID) -> Message:
    return Message.objects.create(
        contact=Contact.objects.create(phone="+2348031234567"),
        direction="out",
        author="bot",
        kind="text",
        status=status,
        wamid=wamid,
        wamid_digest=digest(wamid) if wamid else None,
    )


def update(word: str, **fields: object) -> StatusUpdate:
    return StatusUpdate(wamid=WAMID, status=word, **fields)


def hear(message: Message, *updates: StatusUpdate) -> str:
    """Apply each in a batch of its own; where the message then stands."""
    for one in updates:
        statuses.apply([one], timezone.now())
    message.refresh_from_db()
    return str(message.status)


class Permutations(TestCase):
    @given(st.lists(st.sampled_from(RANKED), min_size=1, max_size=12), st.integers(1, 12))
    def test_any_order_with_repeats_in_any_batches_ends_with_the_furthest(self, words, size):
        message = outgoing()
        updates = [update(word) for word in words]
        for start in range(0, len(updates), size):
            statuses.apply(updates[start : start + size], timezone.now())

        message.refresh_from_db()
        assert message.status == max(words, key=RANKED.index)
        assert (message.sent_at is not None) == ("sent" in words)
        assert (message.delivered_at is not None) == ("delivered" in words)


@pytest.mark.django_db
class TestFailures:
    def test_a_failure_after_delivery_changes_nothing(self):
        """One of several devices did not get it."""
        failure = update("failed", errors=(ApiError(UNDELIVERABLE),))
        message = outgoing()

        assert hear(message, update("delivered"), failure) == "delivered"
        assert message.error == ""

    def test_a_delivery_after_a_failure_wins_and_clears_the_reason(self):
        failure = update("failed", errors=(ApiError(UNDELIVERABLE),))
        message = outgoing()

        assert hear(message, failure) == "failed"
        assert message.error_code == UNDELIVERABLE
        assert "cannot be delivered" in message.error
        assert hear(message, update("delivered")) == "delivered"
        assert (message.error_code, message.error) == (None, "")

    def test_a_failure_because_of_the_window_is_an_expired_message(self):
        failure = update("failed", errors=(ApiError(RE_ENGAGEMENT),))

        assert hear(outgoing(), failure) == "expired"

    def test_a_failure_without_a_reason_is_a_failure(self):
        assert hear(outgoing(), update("failed")) == "failed"


@pytest.mark.django_db
class TestWhoseStatus:
    def test_a_status_that_comes_before_our_answer_is_found_by_our_own_id(self):
        message = outgoing("sending", wamid="")
        callback_id = str(message.callback_id)

        assert hear(message, update("sent", callback_id=callback_id)) == "sent"
        assert (message.wamid, message.wamid_digest) == (WAMID, digest(WAMID))

    def test_what_follows_in_the_same_webhook_is_found_by_metas_id(self):
        message = outgoing("sending", wamid="")
        first = update("sent", callback_id=str(message.callback_id))
        statuses.apply([first, update("delivered")], timezone.now())

        message.refresh_from_db()
        assert message.status == "delivered"

    def test_it_unblocks_the_lane_only_if_that_waited(self):
        uncertain = outgoing("uncertain", wamid="")
        settled = update("sent", callback_id=str(uncertain.callback_id))

        assert statuses.apply([settled], timezone.now()) == {uncertain.contact_id}
        assert statuses.apply([update("read")], timezone.now()) == set()

    def test_a_status_of_another_apps_message_is_ignored(self):
        stranger = StatusUpdate(wamid="wamid.THEIRS", status="read", callback_id="their id")

        assert statuses.apply([stranger], timezone.now()) == set()

    def test_an_inbound_message_never_gets_ticks(self):
        message = outgoing()
        Message.objects.update(direction="in", status="handled")

        assert hear(message, update("read")) == "handled"

    @pytest.mark.parametrize("word", ["deleted", "READ", "warning", ""])
    def test_an_unknown_word_is_ignored(self, word: str):
        assert hear(outgoing(), update(word)) == "accepted"

    def test_a_status_of_a_call_is_ignored(self):
        message = outgoing()
        ringing = webhooks.status("RINGING", WAMID, type="call")
        receipt = receive(webhooks.body(webhooks.envelope(ringing)))
        sorting.sort_all()

        receipt.refresh_from_db()
        message.refresh_from_db()
        assert (receipt.state, message.status) == ("sorted", "accepted")


@pytest.mark.django_db
class TestMoments:
    def test_each_tick_keeps_metas_own_time(self):
        delivered_at = datetime(2026, 11, 20, 8, tzinfo=UTC)
        message = outgoing()
        hear(message, update("delivered", occurred_at=delivered_at))

        assert message.delivered_at == delivered_at
        assert message.read_at is None

    def test_a_repeated_status_does_not_move_its_time(self):
        first = datetime(2026, 11, 20, 8, tzinfo=UTC)
        again = first + timedelta(minutes=5)
        message = outgoing()
        hear(message, update("read", occurred_at=first), update("read", occurred_at=again))

        assert message.read_at == first

    def test_an_overtaken_tick_still_gets_its_time(self):
        message = outgoing()

        assert hear(message, update("read"), update("delivered")) == "read"
        assert message.delivered_at is not None


@pytest.mark.django_db
def test_statuses_of_many_moments_are_all_recorded(django_assert_max_num_queries):
    """After an outage each may have a moment of its own."""
    now = timezone.now()
    sent = [outgoing(wamid=f"wamid.OUT{number}") for number in range(30)]
    updates = [
        StatusUpdate(message.wamid, "read", occurred_at=now + timedelta(seconds=number))
        for number, message in enumerate(sent)
    ]
    with django_assert_max_num_queries(12):
        statuses.apply(updates, now)

    for number, message in enumerate(sent):
        message.refresh_from_db()
        assert (message.status, message.read_at) == ("read", now + timedelta(seconds=number))
