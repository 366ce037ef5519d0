"""What is queued goes out in order, and what Graph refuses says why."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from whatsapp import client, delivery, lanes, outbox
from whatsapp.errors import classify
from whatsapp.kinds import Kind
from whatsapp.models import Contact, Media, Message
from whatsapp.models.message import Author
from whatsapp.simulator.models import SimulatedCall, SimulatedPhone
from whatsapp.tests.lane import Lane, calls, misbehave, status
from whatsapp.tests.phone import PNG


def test_an_accepted_message_is_no_more_than_accepted_until_meta_says_so(lane: Lane):
    (message,) = lane.queue("Good morning")
    lane.work()

    message.refresh_from_db()
    assert message.status == "accepted"
    assert message.wamid
    assert message.accepted_at is not None
    assert message.delivered_at is None


def test_ticks_move_as_the_statuses_come(lane: Lane):
    (message,) = lane.queue("Good morning")
    lane.work()
    lane.hear_statuses()

    message.refresh_from_db()
    assert message.status == "read"
    assert None not in (message.sent_at, message.delivered_at, message.read_at)


def test_several_messages_arrive_in_the_order_in_which_they_were_queued(lane: Lane):
    lane.queue(*"abcdefg")
    lane.work()

    assert lane.read == list("abcdefg")


def test_more_than_one_turn_holds_is_sent_in_the_next_turns(lane: Lane):
    words = [str(number) for number in range(delivery.BUDGET + 5)]
    lane.queue(*words)
    lane.work()
    lane.work()

    assert lane.read == words


def test_a_refused_message_fails_with_a_sentence_and_the_next_goes_on(lane: Lane):
    refused, fine = _one_refused(lane)
    lane.work()

    refused.refresh_from_db()
    assert refused.status == "failed"
    assert refused.error_code == 131009
    assert refused.error == classify(131009).sentence
    assert refused.failed_at is not None
    assert status(fine) == "accepted"


def _one_refused(lane: Lane) -> tuple[Message, Message]:
    """The first names a file that Meta does not have."""
    refused, fine = lane.queue("Look", "Good morning")
    refused.payload = {"type": "image", "image": {"id": "404"}}
    refused.save(update_fields=["payload"])
    return refused, fine


def test_a_message_that_meta_finds_outside_the_window_expires(lane: Lane):
    day_before = timezone.now() - timedelta(hours=25)
    SimulatedPhone.objects.update(last_wrote_at=day_before)  # its clock and ours disagree
    (message,) = lane.queue("Good morning")
    lane.work()

    message.refresh_from_db()
    assert message.status == "expired"
    assert message.error_code == 131047


def test_a_message_whose_window_has_closed_expires_without_a_call(lane: Lane):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        (message,) = lane.queue("Good morning")
        clock.shift(24 * 60 * 60 - 30)  # within the margin
        lane.work()

        assert status(message) == "expired"
        assert calls() == 0


def test_a_window_that_opens_while_the_lane_is_held_counts(lane: Lane):
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(days=3))
    held = lanes.claim(lane.contact.pk)
    assert held is not None
    Contact.objects.update(last_inbound_at=timezone.now())  # a webhook was sorted meanwhile
    (message,) = lane.queue("An answer to it")
    delivery.deliver_queued(held)

    assert status(message) == "accepted"


def test_graph_is_never_called_inside_a_transaction(lane: Lane):
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a database transaction"):
        client.send({})

    assert calls() == 0


def test_a_file_is_uploaded_and_sent_by_its_id(lane: Lane):
    message = _queue_picture(lane)
    lane.work()

    assert status(message) == "accepted"
    assert lane.phone.last.media_kind == "image"
    assert Media.objects.get().remote_id in lane.phone.last.media_url


def test_a_file_is_uploaded_once_however_often_its_message_is_tried(lane: Lane):
    message = _queue_picture(lane)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        misbehave(error_429_percent=100)  # concerns messages, not uploads
        lane.work()
        clock.shift(10)
        misbehave()
        lane.work()

    assert status(message) == "accepted"
    assert SimulatedCall.objects.filter(path__endswith="/media").count() == 1


def test_an_upload_without_an_answer_is_simply_repeated(lane: Lane):
    message = _queue_picture(lane)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        misbehave(error_500_percent=100)
        lane.work()
        assert status(message) == "queued"

        clock.shift(10)
        misbehave()
        lane.work()

    assert status(message) == "accepted"
    assert len(lane.read) == 1


def test_a_file_that_is_gone_fails_its_message_and_not_the_lane(lane: Lane):
    message = _queue_picture(lane)
    (next_one,) = lane.queue("And this")
    Path(Media.objects.get().file.path).unlink()
    lane.work()

    assert status(message) == "failed"
    assert status(next_one) == "accepted"


def _queue_picture(lane: Lane) -> Message:
    file = ContentFile(PNG, name="solution.png")
    message = outbox.queue_file(
        lane.contact, Kind.IMAGE, file, mime_type="image/png", caption="", author=Author.AGENT
    )
    lanes.wake(lane.contact.pk)
    return message
