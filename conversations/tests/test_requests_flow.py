"""My requests: the last ones, reopening, and messages that go on with a resolved chat."""

import pytest

from conversations.states import State
from conversations.step import AddToChat, OpenChat, ReopenChat
from conversations.tests.talk import JOHN, NOBODY, in_chat, registered, unregistered
from conversations.turn import Person, Request

PAST = (Request(9, "My upload fails", "Resolved"), Request(4, "", "Closed"))
SOON_AFTER = {"resolved_chat": 9}


@pytest.mark.parametrize("words", ["my requests", "Requests!", "tickets", "🎫 My requests"])
@pytest.mark.parametrize("person", [JOHN, NOBODY])
def test_the_last_requests_are_listed(words: str, person: Person) -> None:
    student = registered(person=person, settings={"requests": PAST})
    said = student.writes(words)
    assert said == "🎫 *Your last requests*\n• #9 My upload fails – Resolved\n• #4 – Closed"
    assert list(student.sees) == ["reopen:9", "support", "main_menu"]


def test_who_has_asked_nothing_is_offered_a_person() -> None:
    nobody = unregistered()
    assert "not asked our team anything" in nobody.writes("my requests")
    assert list(nobody.sees) == ["support", "main_menu"]


def test_the_status_page_leads_to_the_requests() -> None:
    john = registered()
    john.writes("status")
    assert john.sees["requests"] == "🎫 My requests"


def test_help_names_the_requests() -> None:
    assert "*my requests*" in registered().writes("help")


def test_reopening_names_the_request() -> None:
    john = registered(settings={"requests": PAST})
    assert "“My upload fails”" in john.taps("reopen:9")
    assert john.effects == (ReopenChat(9),)
    assert john.state is State.CHAT_SUPPORT_ACTIVE
    assert list(john.sees) == ["end_chat"]


def test_a_request_without_words_can_be_reopened() -> None:
    john = registered(settings={"requests": PAST})
    assert john.taps("reopen:4").startswith("🔄 Your request is open again.")


@pytest.mark.parametrize("choice", ["reopen:5", "reopen:", "reopen:x", "reopen:9:9"])
def test_other_requests_cannot_be_reopened(choice: str) -> None:
    john = registered(settings={"requests": PAST})
    assert john.taps(choice).startswith("That button is from earlier")
    assert john.effects == ()


def test_in_a_chat_the_button_says_that_one_is_connected() -> None:
    john = in_chat()
    assert john.taps("reopen:9").startswith("You are connected to our support team already.")
    assert john.effects == ()


def test_in_a_chat_the_words_are_for_the_agent() -> None:
    john = in_chat()
    john.writes("my requests")
    assert john.effects == (AddToChat(),)


@pytest.mark.parametrize("kind", ["text", "image", "video", "audio", "document"])
def test_a_message_soon_after_the_team_resolved_the_chat_goes_on_with_it(kind: str) -> None:
    john = registered(settings=SOON_AFTER)
    said = john.sends(kind, "It still fails")
    assert said.startswith("🔄 Your chat is open again, and your message has been sent")
    assert john.effects == (ReopenChat(9), AddToChat())
    assert list(john.sees) == ["end_chat"]


@pytest.mark.parametrize("words", ["thanks", "Good morning", "ok"])
def test_small_talk_reopens_nothing(words: str) -> None:
    john = registered(settings=SOON_AFTER)
    john.writes(words)
    assert john.effects == ()


def test_commands_stay_commands() -> None:
    john = registered(settings=SOON_AFTER)
    assert "Which subject" in john.writes("homework")
    john = registered(settings=SOON_AFTER)
    john.writes("support")
    assert john.effects == (OpenChat(),)


def test_half_way_through_something_an_answer_is_an_answer() -> None:
    john = registered(state=State.HOMEWORK_SUBJECT, settings=SOON_AFTER)
    john.writes("Maths")
    assert john.state is State.HOMEWORK_TYPE


def test_after_a_rating_the_next_words_are_the_comment() -> None:
    john = registered(settings=SOON_AFTER)
    john.taps("rate:9:good")
    john.writes("It was quick")
    assert john.step.rule == "rating.words"
