"""Each waiting message is handled once, in order, all or nothing; trouble stays in its own lane."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from whatsapp import inbox, lanes, outbox
from whatsapp.lanes import LaneLost
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author
from whatsapp.outgoing import Text
from whatsapp.tests.clock import MORNING

pytestmark = pytest.mark.django_db

handled: list[str] = []


def remember(message: Message) -> bool:
    """The handler of these tests: "poison" fails after it has queued an answer."""
    outbox.queue(message.contact, Text(f"You said {message.text}"), author=Author.BOT)
    handled.append(message.text)
    if message.text == "poison":
        raise ZeroDivisionError("poisoned")
    if message.text == "outage":
        raise OperationalError(2006, "Server has gone away")
    if message.text == "bad column":
        raise OperationalError(1366, "Incorrect string value")
    return True


@pytest.fixture(autouse=True)
def clock(settings):
    settings.WHATSAPP_MESSAGE_HANDLER = f"{__name__}.remember"
    handled.clear()
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def contact() -> Contact:
    return Contact.objects.create(phone="+2348031234567")


def waits(contact: Contact, text: str, *, minutes_ago: int = 0) -> Message:
    return Message.objects.create(
        contact=contact,
        direction="in",
        author="contact",
        kind="text",
        text=text,
        status="waiting",
        occurred_at=timezone.now() - timedelta(minutes=minutes_ago),
    )


def handle(contact: Contact) -> datetime | None:
    """One run of the lane; when it has more to handle."""
    lane = lanes.claim(contact.pk)
    assert lane is not None
    more_at, _ = inbox.handle_waiting(lane)
    lanes.release(lane, more_at)
    return more_at


def answers(contact: Contact) -> list[str]:
    return list(contact.messages.filter(direction="out").values_list("text", flat=True))


def test_metas_time_decides_the_order_and_then_the_arrival(contact: Contact):
    waits(contact, "third", minutes_ago=1)
    waits(contact, "first", minutes_ago=3)
    waits(contact, "second", minutes_ago=3)
    handle(contact)

    assert handled == ["first", "second", "third"]


def test_each_message_is_handled_once(contact: Contact):
    waits(contact, "hello")
    handle(contact)
    handle(contact)

    assert handled == ["hello"]
    assert Message.objects.get(direction="in").status == "handled"


def test_more_than_one_turn_holds_stays_due(contact: Contact):
    for number in range(inbox.BUDGET + 1):
        waits(contact, str(number))

    assert handle(contact) == timezone.now()
    assert handle(contact) is None
    assert handled == [str(number) for number in range(inbox.BUDGET + 1)]


def test_a_failure_rolls_everything_back_and_keeps_the_traceback(contact: Contact):
    message = waits(contact, "poison")
    handle(contact)

    message.refresh_from_db()
    assert (message.status, message.attempts) == ("waiting", 1)
    assert "ZeroDivisionError: poisoned" in message.traceback
    assert answers(contact) == []


def test_a_failure_blocks_what_comes_after_it_in_its_own_lane_only(contact: Contact):
    waits(contact, "poison", minutes_ago=1)
    waits(contact, "next")
    other = Contact.objects.create(phone="+2348059876543")
    waits(other, "elsewhere")
    handle(contact)
    handle(contact)
    handle(other)

    assert handled == ["poison", "elsewhere"]


def test_it_is_tried_again_with_growing_pauses_until_a_person_must_look(contact: Contact, clock):
    message = waits(contact, "poison", minutes_ago=1)
    waits(contact, "next")
    pauses = []
    while (more_at := handle(contact)) is not None:
        pauses.append(more_at - timezone.now())
        clock.shift(pauses[-1])

    assert pauses == inbox.PAUSES == sorted(pauses)
    message.refresh_from_db()
    assert (message.status, message.attempts) == ("failed", len(pauses) + 1)
    assert message.error
    assert message.failed_at is not None
    assert handled == ["poison"] * (len(pauses) + 1) + ["next"]
    assert answers(contact) == ["You said next"]


def test_a_failed_message_can_be_processed_again_with_all_its_tries(contact: Contact):
    message = waits(contact, "poison")
    Message.objects.filter(pk=message.pk).update(
        status="failed", attempts=6, error="…", failed_at=timezone.now(), text="cured"
    )
    message.refresh_from_db()
    assert inbox.process_again(message)
    assert contact.pk in lanes.due()
    handle(contact)

    message.refresh_from_db()
    assert (message.status, message.error, message.failed_at) == ("handled", "", None)
    assert answers(contact) == ["You said cured"]


def test_only_a_failed_message_is_processed_again(contact: Contact):
    message = waits(contact, "hello")
    handle(contact)
    assert not inbox.process_again(message)
    handle(contact)

    assert handled == ["hello"]


def test_a_database_that_is_away_is_not_the_messages_fault(contact: Contact):
    message = waits(contact, "outage")
    with pytest.raises(OperationalError):
        handle(contact)

    message.refresh_from_db()
    assert (message.status, message.attempts) == ("waiting", 0)


def test_what_the_database_refuses_to_store_is_the_messages_fault(contact: Contact):
    """MySQL reports some refused values with the error class of an outage."""
    message = waits(contact, "bad column")
    handle(contact)

    message.refresh_from_db()
    assert message.attempts == 1
    assert "Incorrect string value" in message.traceback


def test_a_worker_that_lost_its_lane_handles_nothing(contact: Contact):
    waits(contact, "hello")
    lane = lanes.claim(contact.pk)
    Contact.objects.update(epoch=lane.epoch + 1)

    with pytest.raises(LaneLost):
        inbox.handle_waiting(lane)
    assert handled == []


def test_a_message_that_another_worker_handled_meanwhile_is_not_handled_again(contact: Contact):
    """Its list of waiting messages is a moment old."""
    message = waits(contact, "hello")
    lane = lanes.claim(contact.pk)
    Message.objects.update(status="handled")

    with pytest.raises(LaneLost):
        inbox._handle(lane, message)
    assert answers(contact) == []
