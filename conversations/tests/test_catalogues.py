"""Every language says all that English says, with the same placeholders, within the limits."""

import re

import pytest

from conversations.catalogues import CATALOGUES, DEFAULT, of
from conversations.catalogues.catalogue import BUTTON, Catalogue
from conversations.catalogues.intent import Answer, Intent
from conversations.flows import buttons
from conversations.intents import exact, language, normalise, of_choice
from conversations.models import HomeworkState
from conversations.step import Choice
from conversations.texts import DEFAULTS, TEXTS, placeholders, problems
from support.models import TicketStatus
from whatsapp.text import length

each = pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=list(CATALOGUES))
OTHERS = [code for code in CATALOGUES if code != DEFAULT]


@each
def test_it_has_every_sentence_with_the_same_limit_and_no_other(catalogue: Catalogue) -> None:
    english = CATALOGUES[DEFAULT].sentences
    assert catalogue.sentences.keys() == english.keys()
    for limit, sentences in catalogue.sentences.items():
        assert sentences.keys() == english[limit].keys()


@each
@pytest.mark.parametrize("key", TEXTS)
def test_a_sentence_fits_and_is_filled_like_the_english_one(catalogue: Catalogue, key: str) -> None:
    text = catalogue.by_key[key]
    assert problems(key, text) == []
    assert placeholders(text) == TEXTS[key].placeholders


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_is_no_copy_of_english(code: str) -> None:
    letters = {key: re.sub(r"{\w+}|\W", "", text) for key, text in DEFAULTS[code].items()}
    same = {key for key, text in letters.items() if text and text in DEFAULTS[DEFAULT][key]}
    agreed = {"agent_says", "label_menu", "label_pages", "button_image", "row_page"}
    assert same <= agreed | {"button_faq"}


@each
def test_its_words_name_every_intent_and_every_answer(catalogue: Catalogue) -> None:
    assert set(catalogue.words.whole) == set(Intent)
    assert set(catalogue.words.answers) == set(Answer)
    assert set(catalogue.words.in_sentences) == {Intent.SUPPORT, Intent.HOMEWORK, Intent.PAY}


@each
def test_its_words_mean_what_it_says(catalogue: Catalogue) -> None:
    for intent, words in catalogue.words.whole.items():
        for word in words:
            assert word == normalise(word)
            taken = {Intent.OPT_IN} if intent is Intent.REGISTER else set()
            assert exact(word) in {intent, *taken}, word
    commands = {*catalogue.words.in_homework, *catalogue.words.in_answers}
    assert all(exact(word) for word in commands)


@each
def test_what_its_buttons_say_may_be_typed(catalogue: Catalogue) -> None:
    fixed = [one for one in vars(buttons).values() if isinstance(one, Choice)]
    for choice in (*fixed, *buttons.MAIN_ROWS):
        if meant := of_choice(choice.id):
            assert exact(catalogue.by_key[choice.title]) is meant, choice


@each
def test_its_name_is_a_button_and_a_word(catalogue: Catalogue) -> None:
    assert length(catalogue.name) <= BUTTON
    assert language(catalogue.name) == catalogue.code


@each
def test_states_and_periods_have_words(catalogue: Catalogue) -> None:
    assert set(catalogue.terms.homework) == set(HomeworkState.values)
    assert set(catalogue.terms.requests) == set(TicketStatus.values)
    assert set(catalogue.terms.periods) == {1, 7, 30, 365}
    assert "{days}" in catalogue.terms.period


@pytest.mark.parametrize("unknown", ["", "xx", "FR"])
def test_who_chose_no_known_language_hears_english(unknown: str) -> None:
    assert of(unknown).code == "en"


def test_french_says_tu_and_leaves_a_space_before_its_marks() -> None:
    for key, text in CATALOGUES["fr"].by_key.items():
        words = re.findall(r"[\w'’-]+", text.casefold())
        assert not {"vous", "votre", "vos"} & set(words), key
        if "Support Team:" not in text and key != "agent_says_named":
            assert not re.search(r"[^\s!?:;][!?:;](?=\s|$)", text), key
        assert "\u00a0" not in text, key
        assert "\u202f" not in text, key
