"""Name, e-mail and class: asked of the unregistered, and of the registered to change them.

Whether it is a change follows from `person.registered`, so a student whom staff register
meanwhile is not registered twice.
"""

import re
from typing import Final

from conversations.flows import buttons, home
from conversations.flows.questions import NOTHING, question
from conversations.intents import (
    Answer,
    Intent,
    email_in,
    exact,
    is_greeting,
    is_sentence,
    language,
    name_in,
    says,
)
from conversations.states import State
from conversations.step import Effect, RegisterStudent, Say, Step, UpdateStudent
from conversations.turn import Person, Turn

NAME_LENGTH: Final = range(2, 81)
CLASS_LENGTH: Final = range(1, 31)
_NO_CLASSES: Final = frozenset(
    {Intent.HOMEWORK, Intent.PAY, Intent.PAID, Intent.STATUS, Intent.FAQ, Intent.LANGUAGE}
)
EMAIL_LENGTH: Final = 254  # RFC 5321
_NAME_MARKS: Final = " '’‘`.,-‐"
_EDGES: Final = " .-‐"
_LINK: Final = re.compile(r"https?:|www\.|@|/|\.(com|org|net|ng)\b", re.IGNORECASE)
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def begin(turn: Turn) -> Step:
    """Register; who is registered already is told so."""
    if turn.person.registered:
        choices = buttons.menu(buttons.UPDATE, buttons.MAIN_MENU)
        known = Say("registered_already", {"name": turn.person.name or NOTHING}, choices)
        return home.rested(turn, known, rule="registration.already")
    if turn.state is State.INITIAL:
        return welcome(turn)
    return _ask(turn, State.REGISTERING_NAME, {}, "registration.begin")


def welcome(turn: Turn) -> Step:
    """First contact: the bot presents itself and asks the name, in one message."""
    state = State.REGISTERING_NAME
    said = (Say("first_welcome", {"bot": turn.bot_name}), *question(state, {}, turn.person))
    return Step(state, said, rule="registration.welcome")


def update(turn: Turn) -> Step:
    """Change the details; registers who is not registered."""
    rule = "registration.update" if turn.person.registered else "registration.begin"
    return _ask(turn, State.REGISTERING_NAME, {}, rule)


def name(turn: Turn) -> Step:
    """REGISTERING_NAME."""
    if _kept(turn) and turn.person.name:
        return _ask(turn, State.REGISTERING_EMAIL, {"name": turn.person.name}, "name.kept")
    if (refused := _not_words(turn)) is not None:
        return refused
    if is_greeting(turn.heard.text):
        return home.stay(turn, rule="name.greeting")
    given = " ".join(name_in(turn.heard.text).replace(",", " ").split()).strip(_EDGES)
    if not is_name(given):
        return home.again(turn, "name_invalid", "name.invalid")
    return _ask(turn, State.REGISTERING_EMAIL, {"name": given}, "name.given")


def email(turn: Turn) -> Step:
    """REGISTERING_EMAIL."""
    if _kept(turn) or _skipped(turn):
        return _with_email(turn, turn.person.email, "email.kept")
    if (refused := _not_words(turn)) is not None:
        return refused
    if is_greeting(turn.heard.text):
        return home.stay(turn, rule="email.greeting")
    given = email_in(turn.heard.text)
    if not is_email(given):
        return home.again(turn, "email_invalid", "email.invalid")
    return _with_email(turn, given, "email.given")


def class_name(turn: Turn) -> Step:
    """REGISTERING_CLASS."""
    if _kept(turn):
        return _finish(turn, turn.person.class_name)
    if (refused := _not_words(turn)) is not None:
        return refused
    if is_greeting(turn.heard.text) and not _skipped(turn):
        return home.stay(turn, rule="class.greeting")
    given = name_in(turn.heard.text)
    if not is_class(given) or _skipped(turn):  # the e-mail may be skipped, the class may not
        return home.again(turn, "class_invalid", "class.invalid")
    return _finish(turn, given)


def is_name(text: str) -> bool:
    """Two letters or more in any script, and nothing that is an answer or a question of its own."""
    letters = sum(character.isalpha() for character in text)
    plain = all(_of_a_name(character) for character in text)
    named = letters >= 2 and plain and not _LINK.search(text)
    is_word = exact(text) is not None or language(text) is not None
    is_word = is_word or says(text, Answer.NO_NAME) or says(text, Answer.SKIP_EMAIL)
    return len(text) in NAME_LENGTH and named and not is_word and not is_sentence(text)


def is_email(text: str) -> bool:
    local = text.partition("@")[0]
    return len(text) <= EMAIL_LENGTH and len(local) <= 64 and bool(_EMAIL.fullmatch(text))


def is_class(text: str) -> bool:
    named = any(character.isalnum() for character in text)
    is_errand = exact(text) in _NO_CLASSES or language(text) is not None
    is_talk = is_errand or says(text, Answer.NO_NAME) or is_sentence(text)
    return len(text) in CLASS_LENGTH and named and not _LINK.search(text) and not is_talk


def _of_a_name(character: str) -> bool:
    # Tone marks of Yoruba and Igbo names may be characters of their own.
    return character.isalpha() or character in _NAME_MARKS or "\u0300" <= character <= "\u036f"


def _kept(turn: Turn) -> bool:
    said = turn.heard.choice_id == "keep" or says(turn.heard.words, Answer.KEEP_DETAIL)
    return said and turn.person.registered


def _skipped(turn: Turn) -> bool:
    return turn.heard.choice_id == "skip" or says(turn.heard.words, Answer.SKIP_EMAIL)


def _not_words(turn: Turn) -> Step | None:
    """The answer to everything that is not a text."""
    if turn.heard.choice_id:
        return home.stay(turn, Say("old_button"), rule="registration.old_button")
    if turn.heard.kind != "text":
        return home.again(turn, "answer_in_words", "registration.not_words")
    return None


def _with_email(turn: Turn, given: str, rule: str) -> Step:
    draft = {"name": turn.draft.get("name", turn.person.name), "email": given}
    return _ask(turn, State.REGISTERING_CLASS, draft, rule)


def _ask(turn: Turn, state: State, draft: dict[str, str], rule: str) -> Step:
    return Step(state, question(state, draft, turn.person), draft, rule=rule)


def _finish(turn: Turn, class_given: str) -> Step:
    given = turn.draft.get("name", turn.person.name)
    details = given, turn.draft.get("email", ""), class_given
    first_name = given.split()[0] if given else turn.person.first_name
    person = Person(first_name=first_name, registered=True)
    said = "updated" if turn.person.registered else "registered"
    effect: Effect = RegisterStudent(*details)
    if turn.person.registered:
        effect = UpdateStudent(*details)
    return Step(
        State.REGISTERED,
        (Say(said, {"name": first_name}), home.words(person, turn.bot_name)),
        effects=(effect,),
        rule=f"registration.{said}",
    )
