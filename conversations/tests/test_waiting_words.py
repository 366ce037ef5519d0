"""What a student reads on entering a chat besides the promised words, and while waiting."""

from datetime import timedelta

import pytest

from conversations.flows import care
from conversations.states import State
from conversations.step import OpenChat, ReopenChat, Step
from conversations.tests.talk import OPENED, body, buttons, in_chat, registered
from conversations.turn import Desk, Opening, Request

AWAY = "🌙 Our team is away at the moment. "


def opening(days: int) -> Desk:
    return Desk(is_open=False, opens=Opening(days, "Monday, 5 January", "08:00"))


@pytest.mark.parametrize(
    ("desk", "words"),
    [
        (Desk(ahead=2, wait=10), "⏳ You are number 3 in the queue; about 10 minutes."),
        (Desk(ahead=1), "⏳ You are number 2 in the queue."),
        (opening(0), AWAY + "We are back today at 08:00."),
        (opening(1), AWAY + "We are back tomorrow at 08:00."),
        (opening(3), AWAY + "We are back on Monday, 5 January at 08:00."),
        (
            Desk(is_open=False),
            "🌙 Our team is away at the moment and will answer when it is back.",
        ),
    ],
)
def test_the_promised_words_come_first_then_what_is_to_be_expected(desk: Desk, words: str) -> None:
    john = registered(settings={"desk": desk})
    assert john.writes("support") == f"{OPENED}\n\n{words}"
    assert john.sees == {"end_chat": "❌ End Chat"}


@pytest.mark.parametrize("desk", [None, Desk(), Desk(wait=10)])
def test_nothing_is_added_when_nobody_else_waits(desk: Desk | None) -> None:
    john = registered(settings={"desk": desk})
    assert john.writes("support") == OPENED


def test_the_place_that_was_told_is_remembered() -> None:
    john = registered(settings={"desk": Desk(ahead=2)})
    john.writes("support")
    assert john.effects == (OpenChat(place=3),)


def test_a_place_that_was_not_told_is_not() -> None:
    john = registered(settings={"desk": Desk(is_open=False, ahead=2)})
    john.writes("support")
    assert john.effects == (OpenChat(place=0),)


def test_who_reopens_a_request_is_told_too() -> None:
    past = (Request(9, "My upload fails", "Resolved"),)
    john = registered(settings={"desk": Desk(ahead=1), "requests": past})
    assert john.taps("reopen:9").endswith("You are number 2 in the queue.")
    assert john.effects == (ReopenChat(9, place=2),)


@pytest.mark.parametrize(
    ("step", "words", "choices"),
    [
        (care.still_on_it(), "still on it", ["end_chat"]),
        (care.next_in_queue(), "You are next!", ["end_chat"]),
        (care.idle_warning(timedelta(minutes=30)), "in 30 minutes", ["keep_chat", "end_chat"]),
        (care.window_reminder(), "Keep my chat open", ["keep_chat", "end_chat"]),
    ],
)
def test_what_the_bot_says_by_itself(step: Step, words: str, choices: list[str]) -> None:
    assert words in body(step)
    assert list(buttons(step)) == choices
    assert step.state is State.CHAT_SUPPORT_ACTIVE
    assert step.effects == ()


def test_keeping_the_chat_troubles_no_agent() -> None:
    john = in_chat()
    for said in (john.taps("keep_chat"), john.writes("Keep chat open")):
        assert said == "Good, your chat stays open. Our team will answer here."
        assert john.effects == ()


def test_keeping_a_chat_that_has_ended_is_an_old_button() -> None:
    assert registered().taps("keep_chat").startswith("That button is from earlier")
