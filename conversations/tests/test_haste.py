"""Who floods the bot is asked once for a pause; nothing is lost, and nobody else waits for it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from conversations import haste
from conversations.haste import FEW, MANY
from conversations.models import Conversation, LearntWord
from conversations.states import State
from conversations.turn import Haste
from support.models import SupportMessage, SupportTicket
from whatsapp import outbox
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Direction, Status
from whatsapp.outgoing import Text
from whatsapp.pacing import TO_ONE_PERSON
from whatsapp.tests.phone import Phone

PAUSE = "That was a lot at once!"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-02 09:00:00+01:00", tick=False) as clock:
        yield clock


@pytest.fixture
def hasty(john: Phone) -> Phone:
    """John, to whom as much was said just now as may be before he is asked for a pause."""
    john.say("menu")
    lend(MANY + 1)
    return john


def lend(messages: int) -> None:
    Contact.objects.update(spent_until=timezone.now() + messages * TO_ONE_PERSON.interval)


def pauses(phone: Phone) -> int:
    return sum(bubble.text.startswith(PAUSE) for bubble in phone.received)


def test_a_flood_is_answered_as_far_as_it_may_be_and_then_asked_to_wait_once(john: Phone):
    for number in range(MANY + 10):
        john.say(f"faq {number}")

    assert len(john.received) == MANY + 2  # the last of those asks for the pause
    assert john.last.text.startswith(PAUSE)
    heard = Message.objects.filter(direction=Direction.INBOUND, status=Status.HANDLED)
    assert heard.count() == MANY + 10


def test_words_that_are_not_understood_are_small_talk_too(hasty: Phone):
    """As an auto-responder at the other end sends them."""
    for _ in range(10):
        hasty.say("asdf qwer")

    assert pauses(hasty) == 1
    assert hasty.last.text.startswith(PAUSE)
    assert not LearntWord.objects.exists(), "Nobody needs to teach what a flood says."


def test_after_the_two_minutes_that_were_asked_for_the_bot_answers(hasty: Phone, clock):
    hasty.say("homework")
    assert pauses(hasty) == 1
    clock.shift(timedelta(minutes=2))
    hasty.say("menu")
    assert "Welcome" in hasty.last.text
    assert pauses(hasty) == 1


def test_answers_that_wait_to_be_sent_count_as_well(hasty: Phone):
    lend(FEW)
    contact = Contact.objects.get()
    for _ in range(MANY - FEW + 1):
        outbox.queue(contact, Text("Hello"), author=Author.BOT)
    assert haste.of(contact) is Haste.TOO_FAST


def test_what_is_half_finished_goes_on(john: Phone):
    for words in ("register", "John Doe"):
        john.say(words)
    lend(MANY + 1)
    john.say("john@example.org")
    assert Conversation.objects.get().state == State.REGISTERING_CLASS
    assert pauses(john) == 0


def test_a_moment_is_not_enough(hasty: Phone, clock):
    hasty.say("menu")
    clock.shift(timedelta(seconds=30))
    hasty.say("menu")
    assert hasty.last.text.startswith(PAUSE)
    assert pauses(hasty) == 1


def test_a_person_is_there_at_once(hasty: Phone):
    hasty.say("menu")
    hasty.say("support")
    assert SupportTicket.objects.count() == 1
    assert "You are now connected" in hasty.last.text


def test_in_a_chat_every_word_reaches_the_agent(john: Phone):
    john.say("support")
    lend(MANY + 1)
    for number in range(5):
        john.say(f"line {number}")
    assert SupportMessage.objects.filter(message__startswith="line ").count() == 5
    assert pauses(john) == 0


def test_a_person_may_be_asked_for_in_a_sentence(hasty: Phone):
    hasty.say("menu")
    hasty.say("please let me talk to support")
    assert SupportTicket.objects.count() == 1


def test_stop_and_start_count(hasty: Phone):
    hasty.say("menu")
    hasty.say("stop")
    assert Contact.objects.get().opted_out_at is not None
    hasty.say("start")
    assert Contact.objects.get().opted_out_at is None


def test_a_tapped_button_does_what_it_says(hasty: Phone):
    hasty.say("menu")
    hasty.tap("register", on=hasty.received[0])
    assert Conversation.objects.get().state == State.REGISTERING_NAME


def test_the_pages_of_a_homework_are_taken(john: Phone):
    for words in ("hi", "John Doe", "john@example.org", "10A", "homework", "Biology", "image"):
        john.say(words)
    lend(MANY + 1)
    for _ in range(3):
        john.send_image()
    john.say("done")
    assert "3" in john.last.text
    assert pauses(john) == 0


def test_french_is_asked_in_french(hasty: Phone):
    Contact.objects.update(language="fr")
    hasty.say("menu")
    assert hasty.last.text.startswith("Ça fait beaucoup")
