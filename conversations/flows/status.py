"""What the student has with us: details, subscription, last homework."""

from typing import Final

from conversations.flows import buttons, collecting, home, pages
from conversations.flows.questions import NOTHING
from conversations.states import State
from conversations.step import Menu, Say, Step
from conversations.turn import HomeworkLine, Person, Turn

_LINES: Final = 5  # more would not fit beside the buttons


def show(turn: Turn) -> Step:
    person = turn.person
    if not person.registered:
        return home.unregistered(turn, "status_unregistered", rule="status.unregistered")
    details = {"name": person.name or NOTHING, "class_name": person.class_name or NOTHING}
    choices = buttons.menu(buttons.UPDATE, buttons.REQUESTS, buttons.MAIN_MENU)
    return home.rested(
        turn,
        Say("status", details),
        _subscription(person),
        _homework(person.homework[:_LINES], choices),
        *_waiting(turn),
        rule="status.show",
    )


def _subscription(person: Person) -> Say:
    if person.subscribed_until is None:
        return Say("status_not_subscribed")
    return Say("status_subscribed", {"until": f"{person.subscribed_until:%d/%m/%Y}"})


def _homework(submitted: tuple[HomeworkLine, ...], choices: Menu) -> Say:
    if not submitted:
        return Say("status_no_homework", menu=choices)
    return Say("status_homework", {"lines": "\n".join(map(_line, submitted))}, choices)


def _waiting(turn: Turn) -> tuple[Say, ...]:
    """What is not handed in yet; who is just leaving it is told anyway."""
    waits = pages.begun(turn.draft)
    is_told = turn.state is State.HOMEWORK_CONTENT
    return (collecting.waiting(waits),) if waits and not is_told else ()


def _line(line: HomeworkLine) -> str:
    return f"• {line.reference} {line.subject}, {line.sent_on:%d/%m/%Y} – {line.state}"
