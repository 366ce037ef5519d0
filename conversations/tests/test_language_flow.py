"""Choosing a language: by word, by name, by button, without losing the place."""

import pytest

from conversations.intents import Intent, exact, loose
from conversations.states import State
from conversations.step import AddToChat, RegisterStudent, SetLanguage
from conversations.tests.talk import TICKET, registered, unregistered
from conversations.turn import Chat

FRENCH = (SetLanguage("fr"),)
CHAT = Chat(TICKET, described=True, receipt_due=True)


@pytest.mark.parametrize("word", ["language", "Langue ?", "changer de langue"])
def test_a_word_asks_which_language(word: str) -> None:
    john = registered()
    assert john.writes(word) == "🌍 Which language would you like to speak?"
    assert john.sees == {"language:en": "🇬🇧 English", "language:fr": "🇫🇷 Français"}


@pytest.mark.parametrize("name", ["Français", "francais", "FRENCH!", "🇫🇷 Français"])
def test_the_name_of_a_language_chooses_it(name: str) -> None:
    john = registered()
    john.writes(name)
    assert (john.effects, john.state) == (FRENCH, State.REGISTERED)


def test_a_button_chooses_it() -> None:
    john = registered()
    john.taps("language:fr")
    assert john.effects == FRENCH


@pytest.mark.parametrize("button", ["language:xx", "language:", "language:fr:en"])
def test_a_language_that_nobody_speaks_is_an_old_button(button: str) -> None:
    john = registered()
    assert john.taps(button).startswith("That button is from earlier")
    assert john.effects == ()


@pytest.mark.parametrize(
    ("state", "draft"),
    [
        (State.HOMEWORK_TYPE, {"subject": "Maths"}),
        (State.PAYMENT_PENDING, {}),
        (State.REGISTERING_EMAIL, {"name": "Ada Obi"}),
    ],
)
def test_the_place_is_kept(state: State, draft: dict[str, str]) -> None:
    john = registered(state=state, draft=draft)
    john.writes("language" if state is not State.HOMEWORK_TYPE else "langue")
    assert (john.state, john.draft) == (state, draft)
    john.taps("language:fr")
    assert (john.state, john.draft, john.effects) == (state, draft, FRENCH)


@pytest.mark.parametrize("subject", ["English", "French", "Français"])
def test_a_language_may_be_a_subject(subject: str) -> None:
    john = registered(state=State.HOMEWORK_SUBJECT)
    john.writes(subject)
    assert (john.state, john.draft) == (State.HOMEWORK_TYPE, {"subject": subject})


def test_a_language_may_be_the_answer_to_homework() -> None:
    draft = {"subject": "Geography", "kind": "text"}
    john = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    john.writes("English")
    assert john.state is State.HOMEWORK_SUBMITTED


def test_in_a_chat_the_word_is_for_the_agent_and_the_button_is_obeyed() -> None:
    john = registered(chat=CHAT)
    john.writes("English")
    assert john.effects == (AddToChat(),)
    john.taps("language:fr")
    assert (john.effects, john.state) == (FRENCH, State.CHAT_SUPPORT_ACTIVE)


def test_whoever_greets_in_french_is_answered_in_french() -> None:
    awa = unregistered(state=State.INITIAL)
    awa.writes("Bonjour !")
    assert (awa.effects, awa.state) == (FRENCH, State.REGISTERING_NAME)


@pytest.mark.parametrize("words", ["hi", "menu", "support", "ok", "Hello bonjour"])
def test_words_of_both_languages_choose_none(words: str) -> None:
    awa = unregistered(state=State.INITIAL)
    awa.writes(words)
    assert not {*FRENCH} & {*awa.effects}


def test_a_chosen_language_is_not_changed_by_a_greeting() -> None:
    awa = unregistered(state=State.INITIAL, settings={"language": "en"})
    awa.writes("bonjour")
    assert awa.effects == ()


def test_a_stranger_who_names_a_language_is_welcomed() -> None:
    awa = unregistered(state=State.INITIAL)
    awa.writes("français")
    assert (awa.effects, awa.state) == (FRENCH, State.REGISTERING_NAME)


def test_answers_in_french_are_understood() -> None:
    awa = unregistered(state=State.REGISTERING_NAME)
    for words in ("Awa Diop", "passer", "Terminale"):
        awa.writes(words)
    assert awa.effects == (RegisterStudent("Awa Diop", "", "Terminale"),)
    for words in ("devoirs", "Maths", "photos"):
        awa.writes(words)
    awa.sends("image", sent_at=5)
    awa.writes("retirer la page 1")
    assert awa.step.rule == "homework.removed"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("je veux parler à quelqu'un", Intent.SUPPORT),
        ("Je veux parler a quelqu’un svp", Intent.SUPPORT),
        ("je veux rendre mes devoirs", Intent.HOMEWORK),
        ("comment payer ?", Intent.PAY),
    ],
)
def test_french_words_count_in_short_sentences(text: str, intent: Intent) -> None:
    assert loose(text) is intent


@pytest.mark.parametrize("word", ["terminé", "TERMINE", "Terminer la discussion", "fin"])
def test_french_phrases_end_a_chat(word: str) -> None:
    assert exact(word) is Intent.END_CHAT
