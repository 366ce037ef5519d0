"""A slip of the finger is asked about, with one tap to what was meant; it never acts."""

import pytest

from conversations.flows import meant
from conversations.intents import Intent, slip
from conversations.states import FREE_TEXT, State
from conversations.step import NoteWords, OpenChat
from conversations.tests.talk import registered, unregistered


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("suport", Intent.SUPPORT),
        ("chat suport", Intent.SUPPORT),
        ("Supprot!", Intent.SUPPORT),
        ("I need suport please", Intent.SUPPORT),
        ("homwork", Intent.HOMEWORK),
        ("I want to submit my homewrok", Intent.HOMEWORK),
        ("my asignment", Intent.HOMEWORK),
        ("paymnt", Intent.PAY),
        ("how to subcribe", Intent.PAY),
        ("mneu", Intent.MAIN_MENU),
        ("statsu", Intent.STATUS),
        ("registre", Intent.REGISTER),
        ("unsubscibe", Intent.OPT_OUT),
        ("I have payd", Intent.PAID),
        ("consieller", Intent.SUPPORT),
        ("abonement", Intent.PAY),
        ("mes demndes", Intent.REQUESTS),
    ],
)
def test_a_slip_is_near_one_word(text: str, intent: Intent) -> None:
    assert slip(text) == (intent,)


@pytest.mark.parametrize(
    "text", ["", "hello", "bonjour", "text", "skip", "english", "payet", "stark", "chart", "hope"]
)
def test_what_is_a_word_or_a_name_is_no_slip(text: str) -> None:
    assert slip(text) == ()


def test_it_asks_and_does_nothing() -> None:
    john = registered()
    assert john.writes("suport") == "Did you mean 💬 Chat Support?"
    assert john.sees == {"support": "✅ Yes", "main_menu": "📍 Main Menu"}
    assert john.effects == (NoteWords(),)
    assert john.state is State.REGISTERED


@pytest.mark.parametrize("said", ["yes", "Oui !", "OK"])
def test_yes_in_words_is_a_tap(said: str) -> None:
    john = registered()
    john.writes("suport")
    john.writes(said)
    assert OpenChat() in john.effects


def test_a_tap_much_later_does_what_the_button_says() -> None:
    john = registered()
    john.writes("homwork")
    john.writes("status")
    john.taps("homework")
    assert john.state is State.HOMEWORK_SUBJECT


def test_yes_after_something_else_is_a_greeting() -> None:
    john = registered()
    john.writes("suport")
    john.writes("status")
    john.writes("yes")
    assert john.chat is None
    assert john.step.rule == "menu.greeting"


def test_a_question_while_paying_keeps_the_place() -> None:
    john = registered(state=State.PAYMENT_PENDING, settings={"payments_open": True})
    assert john.writes("statsu").startswith("Did you mean")
    assert john.state is State.PAYMENT_PENDING
    assert john.sees == {"check": "✅ Yes", "continue": "▶️ Continue"}
    john.taps("continue")
    assert john.state is State.PAYMENT_PENDING
    assert meant.DRAFT not in john.draft


def test_two_that_are_as_near_are_two_buttons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meant, "slip", lambda _text: (Intent.PAY, Intent.FAQ))
    john = registered()
    assert john.writes("anything") == "Did you mean one of these?"
    assert list(john.sees) == ["pay", "faq"]


def test_there_is_always_a_second_button() -> None:
    john = registered()
    john.writes("mneu")
    assert john.sees == {"main_menu": "✅ Yes", "support": "💬 Support"}


def test_every_intent_that_may_be_meant_has_a_button() -> None:
    assert set(Intent) - set(meant.BUTTONS) == {Intent.END_CHAT, Intent.OPT_IN}


@pytest.mark.parametrize("state", sorted(FREE_TEXT))
def test_answers_are_never_slips(state: State) -> None:
    ada = unregistered(state=state, draft={"name": "Ada Obi"})
    ada.writes("suport")
    assert ada.step.rule != "meant.ask"
