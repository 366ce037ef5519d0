"""What is typed means what is tapped: product.md's table of words."""

import pytest

from conversations.intents import Intent, exact, loose, normalise, of_choice, split_choice
from conversations.step import OptIn, OptOut
from conversations.tests.talk import JOHN, registered
from conversations.texts import TEXTS

TABLE = {
    Intent.MAIN_MENU: "main menu, main_menu, menu, home",
    Intent.END_CHAT: "end_chat, end chat, close, done, quit chat, exit",
    Intent.SUPPORT: "chat support, support, chat, help me, agent, human, talk to someone",
    Intent.REGISTER: "register, reg, new",
    Intent.HOMEWORK: "homework, submit, hand in, assignment",
    Intent.PAY: "pay, payment, subscribe, buy",
    Intent.PAID: "paid, i have paid, i've paid, i paid, payment made",
    Intent.STATUS: "status, check, subscription",
    Intent.REQUESTS: "my requests, requests, tickets, my tickets",
    Intent.FAQ: "faq, faqs, question, questions",
    Intent.HELP: "help, info, options",
    Intent.CANCEL: "cancel, stop this, reset",
    Intent.UPDATE: "update, edit, profile",
    Intent.LANGUAGE: "language, languages, change language",
    Intent.OPT_OUT: "stop, unsubscribe",
    Intent.OPT_IN: "start",
}
ROWS = [(word, intent) for intent, words in TABLE.items() for word in words.split(", ")]


@pytest.mark.parametrize(("word", "intent"), ROWS)
def test_every_word_of_the_table(word: str, intent: Intent) -> None:
    assert exact(word) is intent


@pytest.mark.parametrize(("word", "intent"), ROWS)
@pytest.mark.parametrize(
    "dressed", ["{}!", "  {}  ", "📝 {}", "{} 🙏🏽", "*{}*", "«{}»...", "\u200b{}\ufe0f", "{}\n"]
)
def test_case_emoji_space_and_punctuation_do_not_matter(
    word: str, intent: Intent, dressed: str
) -> None:
    assert exact(dressed.format(word.upper())) is intent
    assert exact(dressed.format(word.replace(" ", "   "))) is intent


def test_full_width_letters_are_letters() -> None:
    assert exact("ＭＥＮＵ") is Intent.MAIN_MENU


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "😀", "menus", "end the chat now", "my homework", "new student"]
)
def test_only_the_whole_message_counts(text: str) -> None:
    assert exact(text) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I need a human please", Intent.SUPPORT),
        ("can I chat with an agent?", Intent.SUPPORT),
        ("please help me", Intent.SUPPORT),
        ("I want to pay", Intent.PAY),
        ("I need a human, the payment fails", Intent.SUPPORT),
        ("Good day, I need a human, I paid yesterday and have no subscription", Intent.SUPPORT),
        ("I paid yesterday and it is still not working\nplease help me", Intent.SUPPORT),
        ("Can I speak to someone about my fees?", Intent.SUPPORT),
        ("Is there a customer care", Intent.SUPPORT),
    ],
)
def test_a_word_in_a_short_sentence_counts(text: str, intent: Intent) -> None:
    assert loose(text) is intent


@pytest.mark.parametrize(
    "text",
    [
        "chart",
        "Explain how plants make food",
        "Find the closest integer",
        "the housework is done",
        "a pavement in Lagos",
        "payday",
        "agency",
        "humanities",
        "chatty people",
        "a framework",
        "airport",
        "good morning sir",
        "because of the weather we could not come to pay at all",
        "",
        "!!!",
        "_",
    ],
)
def test_other_words_and_long_sentences_do_not(text: str) -> None:
    assert loose(text) is None


def test_every_button_and_row_can_be_typed() -> None:
    menu = registered()
    menu.writes("menu")
    for choice_id, title in menu.sees.items():
        assert exact(title) is of_choice(choice_id)
    for key in ("button_main_menu", "button_end_chat", "button_more_faq", "button_register"):
        assert exact(TEXTS[key].default) is not None


TAPPED = {"status": "check"} | {
    intent.value: intent.value for intent in TABLE if intent != "status"
}


@pytest.mark.parametrize(
    ("word", "choice"),
    [(word, TAPPED[intent]) for word, intent in ROWS if of_choice(TAPPED[intent])],
)
def test_typed_and_tapped_are_answered_alike(word: str, choice: str) -> None:
    typed, tapped = registered(), registered()
    assert typed.writes(word) == tapped.taps(choice)
    assert typed.step == tapped.step


def test_ids_win_over_text() -> None:
    john = registered()
    john.taps("check", title="❓ FAQs")
    assert john.step.rule == "status.show"


def test_a_choice_may_carry_arguments() -> None:
    assert split_choice("rate:12:good") == ("rate", ("12", "good"))
    assert split_choice("faq") == ("faq", ())
    assert of_choice("faq:7") is None


def test_normalising_twice_changes_nothing() -> None:
    for text in ("  A  b!", "📊 Check  Status", "…", "ＭＥＮＵ 😀 _x_"):
        assert normalise(normalise(text)) == normalise(text)


def test_stop_opts_out_and_start_opts_in_again() -> None:
    john = registered()
    assert "START" in john.writes("STOP")
    assert john.effects == (OptOut(),)
    assert "What would you like to do" in john.writes("menu")
    assert john.writes("Start").startswith("Welcome back!")
    assert john.effects == (OptIn(),)


def test_start_registers_who_had_not_opted_out() -> None:
    john = registered()
    assert john.writes("start") == "You are registered as *John Okoro*."
    assert JOHN.opted_out is False


def test_stop_this_cancels_and_opts_nobody_out() -> None:
    john = registered()
    john.writes("homework")
    assert john.writes("stop this").startswith("All right, that is cancelled.")
    assert john.effects == ()
