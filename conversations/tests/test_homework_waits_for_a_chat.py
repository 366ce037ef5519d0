"""A chat that begins while pages of a homework are collected: the pages wait for its end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from conversations import care
from conversations.models import Conversation, Homework
from conversations.states import State
from conversations.step import RateChat, SubmitHomework
from conversations.tests.homework import PHOTO
from conversations.tests.talk import TICKET, Student, registered
from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import api
from whatsapp.tests.phone import Phone

KEPT = "📎 Your Biology homework is still here. Send the next page, or choose *Continue*."
NOON = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def two_pages(clock, john: Phone, work) -> Phone:
    for words in ("hi", "John Doe", "john@example.org", "10A", "homework", "Biology", "image"):
        john.say(words)
    john.send_image(PHOTO)
    clock.shift(timedelta(minutes=1))
    john.send_image(PHOTO)
    clock.shift(timedelta(minutes=1))
    work()
    return john


@pytest.fixture
def opened(two_pages: Phone, agent: User, work) -> Any:
    body = {
        "phone_number": "+2348031234567",
        "sender_name": "J",
        "issue_description": "I paid twice.",
    }
    assert api.client(agent).post("/api/support/tickets", body).status_code == 201
    work()
    return SupportTicket.objects.get()


def goes_on(john: Phone, pages: int) -> None:
    """John hands in what he had, with one more page."""
    assert KEPT in john.last.text
    assert [button.title for button in john.last.buttons] == [
        "👍 Good",
        "👎 Not good",
        "▶️ Continue",
    ]
    john.send_image(PHOTO)
    john.say("done")
    homework = Homework.objects.get()
    assert (homework.subject, homework.pages.count()) == ("Biology", pages + 1)


def test_a_chat_that_the_team_opens_and_the_student_ends(two_pages: Phone, opened) -> None:
    two_pages.say("What is this?")
    two_pages.say("menu")
    two_pages.say("no")
    two_pages.tap("❌ End Chat")
    goes_on(two_pages, pages=2)


@pytest.mark.parametrize("says", [None, "What is this?"])
def test_a_chat_that_the_team_opens_and_ends(
    two_pages: Phone, opened, agent: User, work, says: str | None
) -> None:
    if says:
        two_pages.say(says)
    services.end(opened.pk, Actor.of(agent), words="All is well.")
    work()
    goes_on(two_pages, pages=2)


def test_a_chat_that_the_student_opens(two_pages: Phone) -> None:
    two_pages.say("support")
    two_pages.say("Is a photo of my exercise book fine?")
    two_pages.say("end chat")
    goes_on(two_pages, pages=2)


def test_a_chat_that_closes_because_nobody_writes(
    two_pages: Phone, opened, agent: User, work, clock
) -> None:
    services.reply(opened.pk, Actor.of(agent), "Which day did you pay?")
    work()
    for minutes in (60, 30):
        clock.shift(timedelta(minutes=minutes))
        care.sweep()
        work()
    goes_on(two_pages, pages=2)


def test_the_warning_before_that_may_still_be_answered(
    two_pages: Phone, opened, agent: User, work, clock
) -> None:
    services.reply(opened.pk, Actor.of(agent), "Which day did you pay?")
    work()
    clock.shift(timedelta(minutes=60))
    care.sweep()
    work()
    two_pages.say("yes")
    assert two_pages.last.text.startswith("Good, your chat stays open.")
    two_pages.say("end chat")
    goes_on(two_pages, pages=2)


def test_a_ticket_that_is_deleted_takes_no_homework_with_it(two_pages: Phone, opened) -> None:
    two_pages.say("What is this?")
    SupportTicket.objects.all().delete()
    two_pages.say("done")
    assert Homework.objects.get().pages.count() == 2


def test_continue_shows_where_one_was(two_pages: Phone) -> None:
    two_pages.say("support")
    two_pages.say("end chat")
    two_pages.tap("▶️ Continue")
    assert "pages so far: 2" in two_pages.last.text
    two_pages.say("cancel")
    assert Conversation.objects.get().draft == {}


# --- Word by word -------------------------------------------------------------------------------
def back_from_a_chat() -> Student:
    draft = {"subject": "Biology", "kind": "image", "files": "1:5,2:6", "note": "question 3"}
    john = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    john.writes("support")
    john.writes("end chat")
    return john


@pytest.mark.parametrize("rating", ["rate", "👍", "Good", "5/5", "great support"])
def test_the_chat_can_be_rated_and_the_homework_goes_on(rating: str) -> None:
    john = back_from_a_chat()
    said = john.taps(f"rate:{TICKET}:good") if rating == "rate" else john.writes(rating)
    assert john.effects == (RateChat(TICKET, "good"),)
    assert said == (
        "Thank you for the rating! 😊\n\n"
        "📎 *Biology*, pages so far: 2. Send more, or choose *Done* to hand it in."
    )
    assert list(john.sees) == ["done", "remove", "main_menu"]
    john.taps("done")
    assert john.effects == (SubmitHomework("Biology", "image", "question 3", (5, 6)),)


@pytest.mark.parametrize("text", ["5/5 is the same as 1", "Question 4 is good", "3"])
def test_words_that_say_more_are_a_note(text: str) -> None:
    john = back_from_a_chat()
    john.writes(text)
    assert john.draft["note"] == f"question 3\n{text}"


def test_after_any_other_words_the_rating_is_over() -> None:
    john = back_from_a_chat()
    john.writes("only page 2")
    john.writes("good")
    assert john.effects == ()
    assert john.draft["note"] == "question 3\nonly page 2\ngood"


@pytest.mark.parametrize("words", ["assistance", "help me", "💬 Assistance", "talk to someone"])
def test_a_person_is_asked_for_in_the_words_of_the_button(words: str) -> None:
    john = registered(state=State.HOMEWORK_CONTENT, draft={"kind": "image", "files": "1:5"})
    john.writes(words)
    assert john.state is State.CHAT_SUPPORT_ACTIVE
    assert john.draft == {"kind": "image", "files": "1:5"}


def test_nothing_collected_nothing_kept() -> None:
    john = registered(state=State.HOMEWORK_CONTENT, draft={"subject": "Biology", "kind": "text"})
    john.writes("support")
    assert john.draft == {}
    assert john.writes("end chat").endswith("Hey John! What would you like to do?")
    assert john.state is State.REGISTERED


def test_pages_handed_in_before_the_chat_do_not_come_back() -> None:
    john = back_from_a_chat()
    john.taps("done")
    john.writes("support")
    john.writes("end chat")
    assert john.state is State.REGISTERED
