"""What a student types and taps means the same: each button's words, typed instead of tapped."""

import copy

import pytest

from conversations.catalogues import CATALOGUES
from conversations.catalogues.catalogue import Catalogue
from conversations.states import State
from conversations.step import Choice
from conversations.tests.talk import Student, registered, unregistered
from conversations.texts import fill

# Where homework is awaited as text, "image" is homework: see test_names_are_not_commands.
WALKS = {
    "registering": (unregistered(state=State.INITIAL), ["hi", "Ada Obi", "skip"]),
    "puzzled": (unregistered(), ["zzzz", "qqqq"]),
    "a text": (registered(), ["homework", "Maths"]),
    "pages": (registered(), ["homework", "Maths", "image", "📷"]),
    "paying": (registered(), ["pay"]),
    "asked about": (registered(), ["suport", "zzzz", "langauge", "language"]),
    "looking up": (registered(), ["status", "update", "keep", "keep"]),
    "a chat": (registered(), ["support", "hello", "menu", "done"]),
    "a stranger's chat": (unregistered(), ["support", "hello", "menu", "done"]),
}


@pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=list(CATALOGUES))
@pytest.mark.parametrize("name", WALKS)
def test_typing_a_button_s_words_is_tapping_it(name: str, catalogue: Catalogue) -> None:
    first, walk = WALKS[name]
    student = copy.deepcopy(first)
    for message in walk:
        if message == "📷":
            student.sends("image")
        else:
            student.writes(message)
        for choice in _choices(student):
            title = fill(catalogue.by_key[choice.title], dict(choice.params))
            assert _then(student, choice.id, title) == _then(student, "", title), title


def _choices(student: Student) -> list[Choice]:
    return [choice for say in student.step.say if say.menu for choice in say.menu.choices]


def _then(student: Student, choice_id: str, title: str) -> tuple[State, object]:
    later = copy.deepcopy(student)
    if choice_id:
        later.taps(choice_id, title)
    else:
        later.writes(title)
    return later.state, later.step.say
