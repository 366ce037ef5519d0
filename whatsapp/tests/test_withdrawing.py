"""Messages that leave later, and are taken back until then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from whatsapp import lanes, outbox
from whatsapp.models import Message
from whatsapp.models.message import Author, Status
from whatsapp.outgoing import Text
from whatsapp.tests.lane import Lane, status

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=4)


def queue_later(lane: Lane, words: str = "later") -> Message:
    (made,) = outbox.queue(lane.contact, Text(words), author=Author.BOT, after=SOON)
    lanes.wake(lane.contact.pk)
    return made


def test_what_leaves_later_leaves_when_its_time_has_come(lane: Lane) -> None:
    made = queue_later(lane)
    lane.work()
    assert lane.read == []
    lane.contact.refresh_from_db()
    assert lane.contact.due_at == made.due_at, "the lane wakes by itself"

    Message.objects.update(due_at=timezone.now())
    lanes.wake(lane.contact.pk)
    lane.work()
    assert lane.read == ["later"]


def test_until_then_it_is_taken_back(lane: Lane) -> None:
    made = queue_later(lane)
    assert outbox.withdraw(lane.contact)
    lane.queue("instead")
    lane.work()
    assert lane.read == ["instead"]
    assert status(made) == Status.CANCELLED
    assert not outbox.withdraw(lane.contact)


def test_what_follows_keeps_its_place_behind_it(lane: Lane) -> None:
    queue_later(lane, "first")
    lane.queue("second")
    lane.work()
    assert lane.read == []
    Message.objects.exclude(due_at=None).update(due_at=timezone.now())
    lanes.wake(lane.contact.pk)
    lane.work()
    assert lane.read == ["first", "second"]


def test_nothing_else_is_taken_back(lane: Lane) -> None:
    (now,) = lane.queue("now")
    (tried,) = lane.queue("tried")
    Message.objects.filter(pk=tried.pk).update(attempts=1, due_at=timezone.now() + SOON)
    other = Lane("2348039999999")
    queue_later(other)
    assert not outbox.withdraw(lane.contact)
    assert {status(now), status(tried)} == {Status.QUEUED}
