"""The general answers: help, cancel, misunderstandings, old buttons, reminders, opting out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from conversations.flows import buttons, collecting, faq, home, meant, pages, registration, requests
from conversations.flows.questions import NOTHING
from conversations.intents import Intent, is_greeting
from conversations.states import HANDING_IN, REGISTERING, WAITING, State
from conversations.step import OptIn, OptOut, Say, Step
from conversations.turn import Person, Turn

_RECORDINGS: Final = frozenset({"audio", "video"})
_FILES: Final = _RECORDINGS | {"image", "document"}


def first_contact(turn: Turn) -> Step:
    """INITIAL: somebody new who asks for nothing in particular."""
    if turn.person.registered or turn.heard.choice_id:
        return at_rest(turn)
    return registration.welcome(turn)


def at_rest(turn: Turn) -> Step:
    """A message that is no command while nothing is going on."""
    heard = turn.heard
    if heard.choice_id:
        return old_button(turn)
    if heard.kind in _FILES:
        return requests.went_on(turn) or _media(turn)
    if heard.kind != "text":
        return home.home(turn, Say("cannot_read"), rule="menu.cannot_read")
    if is_greeting(heard.text):
        return home.home(turn, rule="menu.greeting")
    answered = faq.answer_to(turn) or requests.went_on(turn)
    return answered or faq.guess(turn) or unknown(turn)


def _media(turn: Turn) -> Step:
    choices = buttons.menu(buttons.HOMEWORK, buttons.SUPPORT, buttons.MAIN_MENU)
    said = "recording_at_rest" if turn.heard.kind in _RECORDINGS else "media_at_rest"
    return home.rested(turn, Say(said, menu=choices), rule="menu.media")


def unknown(turn: Turn) -> Step:
    """Never silence: the menu, and the second time in a row a person."""
    if turn.misses:
        offer = buttons.menu(buttons.SUPPORT, buttons.FAQ, buttons.MAIN_MENU)
        said: tuple[Say, ...] = (Say("unknown_again", menu=offer),)
        draft = meant.yes_is(Intent.SUPPORT)
    else:
        said, draft = (Say("unknown"), home.words(turn.person, turn.bot_name)), {}
    step = home.rested(turn, *said, rule="menu.unknown", misses=turn.misses + 1)
    return home.missed(replace(step, draft=draft))


def old_button(turn: Turn) -> Step:
    return home.stay(turn, Say("old_button"), rule="menu.old_button")


def help_(turn: Turn) -> Step:
    return home.stay(turn, Say("help"), rule="menu.help")


def cancel(turn: Turn) -> Step:
    """Leave what is going on. A homework that waits meanwhile is dropped at rest only."""
    said, homework = Say("cancelled"), pages.begun(turn.draft)
    if turn.state in WAITING - HANDING_IN:
        waits = (collecting.waiting(homework),) if homework else ()
        return home.home(turn, said, *waits, rule="menu.cancel")
    if homework:
        said = Say("homework_dropped", {"subject": homework.get("subject", NOTHING)})
    elif turn.state not in WAITING:
        return home.home(turn, rule="menu.nothing_to_cancel")
    return replace(home.home(turn, said, rule="menu.cancel"), drops_homework=True)


def go_on(turn: Turn) -> Step:
    """The button Continue: the question of the present state once more."""
    return home.stay(turn, rule="menu.continue")


def opt_out(turn: Turn) -> Step:
    said = home.rested(turn, Say("opted_out"), rule="menu.opt_out")
    return Step(said.state, said.say, effects=(OptOut(),), rule=said.rule)


def opt_in(turn: Turn) -> Step:
    """START means "write to me again" to who had opted out, and "register" to all others."""
    if not turn.person.opted_out:
        return registration.begin(turn)
    said = home.home(turn, Say("opted_in"), rule="menu.opt_in")
    return Step(said.state, said.say, effects=(OptIn(),), rule=said.rule)


def reminder(state: State, person: Person, draft: Mapping[str, str]) -> Step:
    """Where an idle student was, with the offer to go on; silent when nothing is half done."""
    homework = pages.begun(draft)
    if person.opted_out or not (state in WAITING or homework):
        return Step(state, draft=draft, rule="menu.no_reminder")
    choices = buttons.menu(buttons.CONTINUE, buttons.MAIN_MENU)
    waiting = Say("reminder_waiting", {"subject": homework.get("subject", NOTHING)}, choices)
    half_done = Say(f"reminder_{_errand(state, person)}", menu=choices)
    said = half_done if state in WAITING else waiting
    return Step(state, (said,), draft, rule="menu.reminder")


def _errand(state: State, person: Person) -> str:
    if state in HANDING_IN:
        return "homework"
    if state in REGISTERING:
        return "updating" if person.registered else "registering"
    return "payment"
