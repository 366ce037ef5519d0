"""The ways back to a homework that waits, and what “done” means elsewhere than at its pages."""

from dataclasses import replace
from typing import Final

from conversations.flows import buttons, collecting, home, homework, pages, pay, rating
from conversations.flows.collecting import FILE_KINDS
from conversations.intents import Answer, Intent, exact, says, split_choice
from conversations.states import HANDING_IN, WAITING, State
from conversations.step import Say, Step
from conversations.turn import Turn

_A_MOMENT: Final = 3600  # seconds
_OF_PAGES: Final = frozenset({"done", "remove", "remove_more", "remove_none", "keep_pages"})


def resume(turn: Turn) -> Step | None:
    """A homework that waits is gone on with: by its buttons everywhere, at rest by words, too.

    Who left it a moment ago and sends a picture means a page: nobody should send it twice.
    """
    waits = pages.begun(turn.draft)
    if not waits or turn.state in HANDING_IN or not turn.person.registered:
        return None
    at_rest, heard = turn.state not in WAITING, turn.heard
    there = replace(turn, state=State.HOMEWORK_CONTENT, draft=waits)
    spoken = at_rest and not rating.awaits_words(turn)
    typed = spoken and (_says_done(turn) or collecting.command(there))
    if at_rest and _is_next_page(there):
        return homework.content(there)
    if typed or split_choice(heard.choice_id)[0] in _OF_PAGES:
        return homework.content(there)
    goes_on = heard.choice_id == buttons.CONTINUE.id or says(heard.words, Answer.GO_ON)
    return homework.begin(turn) if at_rest and goes_on else None


def _is_next_page(turn: Turn) -> bool:
    """Not so after a chat that has just ended: it may be for the team."""
    pause = turn.heard.sent_at - pages.last_sent_at(turn.draft)
    may_be = turn.heard.kind in FILE_KINDS and turn.resolved_chat is None
    return may_be and pages.last_sent_at(turn.draft) > 0 and pause <= _A_MOMENT


def done(turn: Turn) -> Step | None:
    """ "Done" where nothing is collected; None where it may only mean the end of a chat."""
    if turn.state is State.HOMEWORK_SUBMITTED and _is_done_again(turn):
        choices = buttons.menu(buttons.FAQ, buttons.SUPPORT, buttons.MAIN_MENU)
        said = (Say("homework_in_already", menu=choices),)
        return Step(turn.state, said, turn.draft, rule="homework.in_already")
    if not _says_done(turn):
        return None
    if turn.state is State.PAYMENT_PENDING and not _is_homework(turn):
        return pay.paid(turn)
    if turn.state is State.HOMEWORK_TYPE:
        return home.again(turn, "homework_nothing_yet", "homework.nothing_yet")
    return None


def _is_done_again(turn: Turn) -> bool:
    """A second tap of a thumb in a hurry; "submit" hands in the next one."""
    tapped = turn.heard.choice_id == buttons.DONE.id
    return tapped or (_says_done(turn) and not _is_homework(turn))


def _is_homework(turn: Turn) -> bool:
    return exact(turn.heard.words) is Intent.HOMEWORK


def _says_done(turn: Turn) -> bool:
    return says(turn.heard.words, Answer.DONE)
