"""The language of the bot: asked for by a word, chosen by a button or by its name."""

from dataclasses import replace

from conversations.catalogues import CATALOGUES
from conversations.flows import buttons, home, registration
from conversations.states import State
from conversations.step import Choice, Menu, Say, SetLanguage, Step
from conversations.turn import Turn


def ask(turn: Turn) -> Step:
    """All languages, each by its own name; the place is kept."""
    choices = tuple(
        Choice(f"language:{code}", "button_language", params={"title": one.name})
        for code, one in CATALOGUES.items()
    )
    said = (Say("language_ask", menu=Menu(choices, "label_language")),)
    return Step(turn.state, said, turn.draft, misses=turn.misses, rule="language.ask")


def tapped(turn: Turn, arguments: tuple[str, ...]) -> Step | None:
    """`language:<code>`; None for a language that the bot does not speak."""
    match arguments:
        case (code,) if code in CATALOGUES:
            return choose(turn, code)
    return None


def choose(turn: Turn, code: str) -> Step:
    """Speak it from this answer on; whatever was going on goes on."""
    effects = (SetLanguage(code),)
    done = Say("language_set")
    if turn.state is State.CHAT_SUPPORT_ACTIVE:
        in_chat = replace(done, menu=buttons.menu(buttons.END_CHAT))
        return Step(turn.state, (in_chat,), effects=effects, rule="language.set")
    if turn.state is State.INITIAL and not turn.person.registered:
        welcome = registration.welcome(turn)
        said = (done, *welcome.say)
        return replace(welcome, say=said, effects=effects, rule="language.set")
    return home.stay(turn, done, rule="language.set", effects=effects)
