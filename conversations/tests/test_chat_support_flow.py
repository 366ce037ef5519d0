"""Talking to a person, word by word as product.md has it."""

from dataclasses import replace

import pytest

from conversations.flows.support import closing
from conversations.machine import advance
from conversations.states import State
from conversations.step import AddToChat, EndChat, OpenChat, OptIn, OptOut
from conversations.tests.talk import (
    JOHN,
    NOBODY,
    OPENED,
    RECEIPT,
    TICKET,
    body,
    buttons,
    in_chat,
    registered,
    unregistered,
)
from conversations.turn import Heard


def test_opening_says_exactly_what_was_promised() -> None:
    john = registered()
    assert john.taps("support") == OPENED
    assert john.sees == {"end_chat": "❌ End Chat"}
    assert john.effects == (OpenChat(),)
    assert john.state is State.CHAT_SUPPORT_ACTIVE


def test_opening_without_a_name_says_hi_there() -> None:
    nobody = unregistered()
    assert nobody.writes("Chat Support") == OPENED.replace("John", "there")


@pytest.mark.parametrize("state", sorted(set(State) - {State.CHAT_SUPPORT_ACTIVE}))
@pytest.mark.parametrize("person", [JOHN, NOBODY])
@pytest.mark.parametrize("words", ["chat support", "Support", "💬 Chat Support"])
def test_a_chat_opens_from_every_state(state: State, person: object, words: str) -> None:
    student = registered(person=person, state=state)
    student.writes(words)
    assert student.effects == (OpenChat(),)


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "image",
        "video",
        "audio",
        "document",
        "sticker",
        "location",
        "contacts",
        "form",
        "order",
        "unsupported",
        "new",
    ],
)
def test_everything_goes_to_the_agent_and_is_acknowledged(kind: str) -> None:
    john = in_chat()
    assert john.sends(kind, "hello") == RECEIPT
    assert john.sees == {"end_chat": "❌ End Chat"}
    assert john.effects == (AddToChat(),)


def test_no_second_receipt_within_the_minute() -> None:
    john = in_chat(receipt_due=False)
    assert john.writes("and another thing") == ""
    assert john.effects == (AddToChat(),)


def test_a_reaction_reaches_the_agent_without_receipt() -> None:
    john = in_chat()
    assert john.sends("reaction", "👍") == ""
    assert john.effects == (AddToChat(),)


@pytest.mark.parametrize(
    "text",
    [
        "I'm done with the upload but it fails",
        "My payment is not done yet",
        "Find the closest integer",
        "how do I close my account?",
        "I cannot exit the exam page",
        "I need my homework back",
        "I need support with this",
        "pay",
        "faq",
        "cancel",
        "help",
        "start",
        "my name is Done Exit",
    ],
)
def test_sentences_with_command_words_are_for_the_agent(text: str) -> None:
    john = in_chat()
    assert john.writes(text) == RECEIPT
    assert john.effects == (AddToChat(),)
    assert john.state is State.CHAT_SUPPORT_ACTIVE


@pytest.mark.parametrize(
    "text",
    ["end chat", "END  CHAT!", "end_chat", "close", "Done.", "quit chat", "exit", "❌ End Chat"],
)
def test_an_end_phrase_ends_the_chat(text: str) -> None:
    john = in_chat()
    said = john.writes(text)
    assert john.effects == (EndChat(),)
    assert john.state is State.REGISTERED
    assert said.startswith("✅ The chat has ended.")
    assert said.endswith("Hey John! What would you like to do?")
    assert john.sees == {
        f"rate:{TICKET}:good": "👍 Good",
        f"rate:{TICKET}:bad": "👎 Not good",
        "main_menu": "📍 Main Menu",
    }


def test_the_button_ends_the_chat() -> None:
    john = in_chat()
    john.taps("end_chat")
    assert john.effects == (EndChat(),)


def test_a_template_button_with_only_a_label_ends_the_chat() -> None:
    john = in_chat()
    john.taps("❌ End Chat", title="❌ End Chat")
    assert john.effects == (EndChat(),)


def test_an_end_phrase_from_three_days_ago_ends_nothing() -> None:
    john = in_chat()
    john.writes("end chat", late=True)
    assert john.effects == (AddToChat(),)


def test_an_end_phrase_under_a_picture_ends_nothing() -> None:
    john = in_chat()
    john.sends("image", "done")
    assert john.effects == (AddToChat(),)


def test_an_unregistered_student_reads_the_welcome_after_the_chat() -> None:
    nobody = in_chat(NOBODY)
    said = nobody.writes("end chat")
    assert "Welcome to *EduBot*" in said
    assert "*register*" in said
    assert nobody.state is State.IDLE


@pytest.mark.parametrize("how", ["menu", "main menu", "home"])
def test_main_menu_in_a_chat_asks_first(how: str) -> None:
    john = in_chat()
    assert john.writes(how) == (
        "You are in a chat with our support team. Would you like to end it?"
    )
    assert john.sees == {"end_chat": "❌ End Chat", "stay": "💬 Stay in chat"}
    assert john.effects == ()
    assert john.state is State.CHAT_SUPPORT_ACTIVE


def test_staying_goes_on_without_troubling_the_agent() -> None:
    john = in_chat()
    john.taps("main_menu")
    john.taps("stay")
    assert john.effects == ()
    assert john.sees == {"end_chat": "❌ End Chat"}


def test_an_old_support_button_says_that_one_is_connected() -> None:
    john = in_chat()
    assert john.taps("support").startswith("You are connected to our support team already.")
    assert john.effects == ()


@pytest.mark.parametrize("choice", ["homework", "pay", "faq:3", "text", "confirm", "rate:x:good"])
def test_other_old_buttons_are_for_the_agent(choice: str) -> None:
    john = in_chat()
    john.taps(choice)
    assert john.effects == (AddToChat(),)


def test_an_agent_s_closing_words_come_first() -> None:
    step = closing(JOHN, {}, 5, "All solved, good luck!", by_agent=True, bot_name="EduBot")
    assert body(step).startswith("🎧 Support Team: All solved, good luck!\n\n✅ Our support team")
    assert body(step).endswith("Hey John! What would you like to do?")
    assert list(buttons(step)) == ["rate:5:good", "rate:5:bad", "main_menu"]
    assert step.effects == ()
    assert step.state is State.REGISTERED


def test_an_agent_may_be_named_and_may_say_nothing() -> None:
    named = closing(JOHN, {}, 5, "Bye", by_agent=True, bot_name="EduBot", agent_name="Ngozi")
    assert body(named).startswith("🎧 Ngozi: Bye")
    silent = closing(JOHN, {}, 5, None, by_agent=True, bot_name="EduBot")
    assert body(silent).startswith("✅ Our support team has ended the chat.")


def test_the_open_ticket_decides_and_not_the_stored_state() -> None:
    john = in_chat()
    john.state = State.HOMEWORK_CONTENT
    john.writes("x = 4")
    assert john.effects == (AddToChat(),)


def test_a_chat_that_the_desk_has_closed_is_over() -> None:
    john = registered(state=State.CHAT_SUPPORT_ACTIVE)
    assert john.writes("end chat").startswith("No chat is open")
    assert john.state is State.REGISTERED
    stale = registered(state=State.CHAT_SUPPORT_ACTIVE).turn(Heard("reaction", "👍"))
    assert advance(stale).state is State.REGISTERED


def test_stop_in_a_chat_is_obeyed_and_the_chat_goes_on() -> None:
    john = in_chat()
    assert john.writes("STOP").startswith("You will get no more messages from us")
    assert john.effects == (AddToChat(), OptOut())
    assert john.state is State.CHAT_SUPPORT_ACTIVE


def test_start_in_a_chat_takes_stop_back() -> None:
    john = in_chat(person=replace(JOHN, opted_out=True))
    assert john.writes("START").startswith("Welcome back!")
    assert john.effects == (AddToChat(), OptIn())


def test_support_typed_in_a_chat_is_answered_and_reaches_the_agent() -> None:
    john = in_chat()
    assert john.writes("support").startswith("You are connected to our support team already.")
    assert john.effects == (AddToChat(),)
