"""What the bot says by itself in an open chat. The shell decides when, these say what."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from conversations.flows import asking, buttons
from conversations.states import State
from conversations.step import Choice, Say, Step

_MINUTE: Final = timedelta(minutes=1)


def still_on_it() -> Step:
    """Nobody has answered for a while."""
    return _say(Say("still_on_it"), "care.still_on_it", buttons.END_CHAT)


def next_in_queue() -> Step:
    return _say(Say("queue_next"), "care.next_in_queue", buttons.END_CHAT)


def idle_warning(closes_after: timedelta) -> Step:
    """The student has been silent since an answer."""
    minutes = {"minutes": str(max(1, round(closes_after / _MINUTE)))}
    choices = (buttons.KEEP_CHAT, buttons.END_CHAT)
    return _asking(_say(Say("idle_warning", minutes), "care.idle_warning", *choices))


def window_reminder() -> Step:
    """The 24 hours are nearly over, and nobody has answered."""
    choices = (buttons.KEEP_MY_CHAT, buttons.END_CHAT)
    return _asking(_say(Say("window_reminder"), "care.window_reminder", *choices))


def _asking(step: Step) -> Step:
    return replace(step, draft={asking.DRAFT: asking.THERE})


def _say(said: Say, rule: str, *choices: Choice) -> Step:
    spoken = Say(said.key, said.params, buttons.menu(*choices))
    return Step(State.CHAT_SUPPORT_ACTIVE, (spoken,), rule=rule)
