"""The bot's sentences: limits, filling, and what the admin may save."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.catalogues.catalogue import BUTTON, ROW_DESCRIPTION, ROW_TITLE
from conversations.catalogues.notes import NOTES
from conversations.texts import TEXTS, TextError, fill, placeholders, problems
from whatsapp.text import length


@pytest.mark.parametrize("key", TEXTS)
def test_every_default_may_be_saved(key: str) -> None:
    assert problems(key, TEXTS[key].default) == []


def test_every_kind_has_its_limit() -> None:
    assert {text.limit for text in TEXTS.values()} == {1024, 72, 24, 20}
    assert TEXTS["button_end_chat"].limit == BUTTON
    assert TEXTS["row_faq"].limit == ROW_TITLE
    assert TEXTS["row_faq_about"].limit == ROW_DESCRIPTION


def test_notes_are_about_sentences_that_exist() -> None:
    assert set(NOTES) <= set(TEXTS)


def test_no_sentence_is_there_for_nothing() -> None:
    app = Path(__file__).parent.parent
    modules = [app / "step.py", app / "machine.py", *app.glob("flows/*.py")]
    code = "".join(path.read_text() for path in modules)
    code += (app / "homework" / "answering.py").read_text()
    code += (app.parent / "support" / "services" / "numbers.py").read_text()
    composed = r"(ask_(name|email|class)_again|reminder_\w+|rated_(good|bad)|registered|updated)"
    composed += r"|page_(dark|blurred|tiny|type|huge|broken|lost)"
    unused = [key for key in TEXTS if f'"{key}"' not in code and not re.fullmatch(composed, key)]
    assert unused == []


def test_names_are_filled_in() -> None:
    assert fill("Hi {name}, {name}!", {"name": "Ada"}) == "Hi Ada, Ada!"


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill("Hi {name}!", {"name": "{reference} {{}} {0}"}) == "Hi {reference} {{}} {0}!"


def test_double_braces_are_braces() -> None:
    assert fill("{{name}} {name}", {"name": "Ada"}) == "{name} Ada"
    assert placeholders("{{name}}") == frozenset()


@pytest.mark.parametrize(
    "template",
    ["{name.upper}", "{name[0]}", "{0}", "{}", "{name!r}", "{name:>9}", "{Name}", "a { b", "a } b"],
)
def test_anything_but_a_name_is_an_error(template: str) -> None:
    with pytest.raises(TextError):
        fill(template, {"name": "Ada", "0": "x", "": "x"})
    assert problems("home", template) != []


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(TextError, match="nobody"):
        fill("{nobody}", {"name": "Ada"})


@given(st.text(), st.text())
def test_any_data_comes_out_as_it_went_in(before: str, name: str) -> None:
    escaped = before.replace("{", "{{").replace("}", "}}")
    assert fill(escaped + "{name}", {"name": name}) == before + name


@given(st.text())
def test_any_template_is_fine_or_a_text_error(template: str) -> None:
    assert isinstance(problems("home", template), list)


@pytest.mark.parametrize(
    ("key", "template", "complaint"),
    [
        ("home", "  ", "empty"),
        ("home", "x" * 1025, "1025 characters, WhatsApp allows 1024"),
        ("button_end_chat", "x" * 21, "21 characters"),
        ("button_end_chat", "😀" * 11, "22 characters"),
        ("home", "**bold**", "one asterisk"),
        ("home", "Hi {nobody}", "{nobody} is not known"),
        ("homework_submitted", "Thank you!", "{reference} is missing"),
        ("home", "Hi {name", "single"),
        ("button_end_chat", "End\nchat", "one line"),
    ],
)
def test_what_whatsapp_or_the_bot_would_refuse_is_not_saved(
    key: str, template: str, complaint: str
) -> None:
    assert any(complaint in problem for problem in problems(key, template))


def test_a_greeting_may_leave_out_the_name() -> None:
    assert problems("home", "What now?") == []


def test_buttons_are_measured_as_whatsapp_counts() -> None:
    assert all(length(text.default) <= text.limit for text in TEXTS.values())
