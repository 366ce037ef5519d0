"""What a student types and taps means the same: each button's words, typed instead of tapped."""

import copy

import pytest

from conversations.states import State
from conversations.tests.talk import Student, buttons, registered, unregistered

# Where homework is awaited as text, "image" is homework: see test_names_are_not_commands.
WALKS = {
    "registering": (unregistered(state=State.INITIAL), ["hi", "Ada Obi", "skip"]),
    "puzzled": (unregistered(), ["zzzz", "qqqq"]),
    "a text": (registered(), ["homework", "Maths"]),
    "pages": (registered(), ["homework", "Maths", "image", "📷"]),
    "paying": (registered(), ["pay"]),
    "looking up": (registered(), ["status", "update", "keep", "keep"]),
    "a chat": (registered(), ["support", "hello", "menu", "done"]),
    "a stranger's chat": (unregistered(), ["support", "hello", "menu", "done"]),
}


@pytest.mark.parametrize("name", WALKS)
def test_typing_a_button_s_words_is_tapping_it(name: str) -> None:
    first, walk = WALKS[name]
    student = copy.deepcopy(first)
    for message in walk:
        if message == "📷":
            student.sends("image")
        else:
            student.writes(message)
        for choice_id, title in buttons(student.step).items():
            assert _then(student, choice_id, title) == _then(student, "", title), title


def _then(student: Student, choice_id: str, title: str) -> tuple[State, object]:
    later = copy.deepcopy(student)
    if choice_id:
        later.taps(choice_id, title)
    else:
        later.writes(title)
    return later.state, later.step.say
