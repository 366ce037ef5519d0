"""Slips of the finger: "Did you mean …?", never an act on a guess. What a "yes" stands for.

The buttons carry the intents themselves, so they work whenever they are tapped, like all others.
The draft: `meant`, the intent that a typed "yes" stands for, until the next message.
"""

from dataclasses import replace
from typing import Final

from conversations.flows import buttons, faq, home
from conversations.intents import Answer, Intent, says, slip
from conversations.states import FREE_TEXT, WAITING
from conversations.step import Choice, Say, Step
from conversations.turn import Turn

DRAFT: Final = "meant"
BUTTONS: Final[dict[Intent, Choice]] = {
    Intent.MAIN_MENU: buttons.MAIN_MENU,
    Intent.SUPPORT: buttons.SUPPORT,
    Intent.REGISTER: buttons.REGISTER,
    Intent.HOMEWORK: buttons.HOMEWORK,
    Intent.PAY: buttons.PAY,
    Intent.PAID: Choice("paid", "button_paid"),
    Intent.STATUS: Choice("check", "button_check"),
    Intent.REQUESTS: buttons.REQUESTS,
    Intent.FAQ: buttons.FAQ,
    Intent.HELP: Choice("help", "button_help"),
    Intent.CANCEL: Choice("cancel", "button_cancel"),
    Intent.UPDATE: buttons.UPDATE,
    Intent.LANGUAGE: Choice("language", "label_language"),
    Intent.OPT_OUT: Choice("opt_out", "button_opt_out"),
}
_LONGER_NAMES: Final = {Intent.SUPPORT: "row_support"}


def ask(turn: Turn) -> Step | None:
    """Whether this is what was meant; None when it looks like nothing, or is an answer."""
    meant = () if turn.state in FREE_TEXT else slip(turn.heard.words)
    if not meant:
        return None
    return faq.answer_to(turn) or _asked(turn, meant)


def confirmed(turn: Turn) -> Intent | None:
    """The intent that a typed "yes" stands for."""
    is_yes = DRAFT in turn.draft and says(turn.heard.words, Answer.CONFIRM)
    return Intent(turn.draft[DRAFT]) if is_yes else None


def yes_is(intent: Intent) -> dict[str, str]:
    """The draft in which a typed "yes" stands for `intent`."""
    return {DRAFT: intent.value}


def forgotten(turn: Turn) -> Turn:
    """The question is over with whatever follows it."""
    if DRAFT not in turn.draft:
        return turn
    return replace(turn, draft={key: turn.draft[key] for key in turn.draft if key != DRAFT})


def _asked(turn: Turn, meant: tuple[Intent, ...]) -> Step:
    """The place is kept: where something is half done the second button goes on with it."""
    first, *others = meant
    if others:
        choices = buttons.menu(*(BUTTONS[intent] for intent in meant))
        said, draft = Say("did_you_mean_either", menu=choices), turn.draft
    else:
        yes = replace(BUTTONS[first], title="button_yes")
        choices = buttons.menu(yes, _other(turn, first))
        named = {"meant": _LONGER_NAMES.get(first, BUTTONS[first].title)}
        said = Say("did_you_mean", menu=choices, named=named)
        draft = {**turn.draft, **yes_is(first)}
    step = Step(turn.state, (said,), draft, misses=turn.misses, rule="meant.ask")
    return home.missed(step)


def _other(turn: Turn, meant: Intent) -> Choice:
    if turn.state in WAITING:
        return buttons.CONTINUE
    return buttons.SUPPORT if meant is Intent.MAIN_MENU else buttons.MAIN_MENU
