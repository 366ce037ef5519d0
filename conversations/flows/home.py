"""Where a student rests between errands: the main menu, and the way back to where one was."""

from dataclasses import replace

from conversations.flows import buttons
from conversations.flows.questions import question
from conversations.states import REGISTERING, WAITING, rest
from conversations.step import Effect, Menu, NoteWords, Say, Step
from conversations.turn import Person, Turn


def words(person: Person, bot_name: str, menu: Menu | None = None) -> Say:
    """The main menu, or another `menu` under the same words."""
    shown = menu or buttons.main_menu(person.registered)
    if not person.registered:
        return Say("welcome", {"bot": bot_name}, shown)
    if not person.first_name:
        return Say("home_nameless", menu=shown)
    return Say("home", {"name": person.first_name}, shown)


def home(turn: Turn, *before: Say, rule: str = "home") -> Step:
    """Leave whatever was going on."""
    return rested(turn, *before, words(turn.person, turn.bot_name), rule=rule)


def rested(turn: Turn, *say: Say, rule: str, misses: int = 0) -> Step:
    return Step(rest(turn.person.registered), say, misses=misses, rule=rule)


def stay(turn: Turn, *before: Say, rule: str, effects: tuple[Effect, ...] = ()) -> Step:
    """Say something without losing the place: the question again, or at rest the main menu."""
    if turn.state not in WAITING:
        here = words(turn.person, turn.bot_name)
        return Step(rest(turn.person.registered), (*before, here), effects=effects, rule=rule)
    asked = question(turn.state, turn.draft, turn.person)
    return Step(turn.state, (*before, *asked), turn.draft, effects, rule=rule)


def unregistered(turn: Turn, key: str, *, rule: str) -> Step:
    """What an errand says to who must register first. Who is at that goes on with it."""
    if turn.state in REGISTERING:
        return stay(turn, Say(key), rule=rule)
    choices = buttons.menu(buttons.REGISTER, buttons.SUPPORT, buttons.MAIN_MENU)
    return rested(turn, Say(key, menu=choices), rule=rule)


def again(turn: Turn, problem: str, rule: str) -> Step:
    """An answer that does not fit: say why and ask again; the second time name a way out."""
    way_out = (Say("or_a_person"),) if turn.misses else ()
    asked = question(turn.state, turn.draft, turn.person)
    said = (Say(problem), *asked, *way_out)
    return Step(turn.state, said, turn.draft, misses=turn.misses + 1, rule=rule)


def missed(step: Step) -> Step:
    """`step` follows from words that the bot did not understand: staff may teach them."""
    return replace(step, effects=(*step.effects, NoteWords()))


def silent(turn: Turn, rule: str) -> Step:
    return Step(turn.state, draft=turn.draft, misses=turn.misses, rule=rule)
