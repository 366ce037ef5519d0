"""What a macro does, in one line for whoever is about to run it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from support.desk.spans import span
from support.models import Macro
from support.services import name_of
from whatsapp.text import shorten

WORDS = 40  # characters of what is said
NOTHING = "Does nothing yet."
Fill = Callable[[str], str]


def in_words(macro: Macro, fill: Fill) -> str:
    """Its steps in their order (`services.macros.STEPS`); `fill` puts names for marks."""
    steps = " · ".join(_steps(macro, fill))
    return steps[:1].upper() + steps[1:] or NOTHING


def _steps(macro: Macro, fill: Fill) -> Iterator[str]:
    if macro.priority:
        yield f"priority {macro.get_priority_display()}"
    if macro.category:
        yield f"category {macro.category}"
    if receiver := _receiver(macro):
        yield f"{receiver} the ticket"
    yield from _said(macro, fill)
    if macro.snooze_minutes:
        yield f"snoozes it for {span(timedelta(minutes=macro.snooze_minutes))}"
    if macro.status:
        yield f"then {macro.get_status_display()}"


def _receiver(macro: Macro) -> str:
    """Empty if the ticket stays with whom it is, also because the person's account is deleted."""
    if macro.assign == Macro.Assign.NOBODY:
        return "nobody has"
    if macro.assign == Macro.Assign.ME:
        return "you get"
    is_given = macro.assign == Macro.Assign.PERSON and macro.assignee
    return f"{name_of(macro.assignee)} gets" if is_given else ""


def _said(macro: Macro, fill: Fill) -> Iterator[str]:
    if macro.note:
        yield f"note “{shorten(fill(macro.note), WORDS)}”"
    answer = macro.canned.text if macro.canned else macro.reply
    if answer:
        yield f"answer “{shorten(fill(answer), WORDS)}”"
    if macro.canned and macro.canned.file:
        yield f"📎 {macro.canned.file_name}"
