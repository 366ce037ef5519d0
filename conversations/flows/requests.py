"""The student's requests to the team: the last ones, and going on with one that had ended."""

from collections.abc import Sequence
from typing import Final

from conversations.flows import buttons, desk, home
from conversations.states import State
from conversations.step import AddToChat, Choice, Effect, ReopenChat, Say, Step
from conversations.turn import Request, Turn

_END: Final = buttons.menu(buttons.END_CHAT)


def show(turn: Turn) -> Step:
    """My requests, with a way to reopen the last."""
    if not turn.requests:
        choices = buttons.menu(buttons.SUPPORT, buttons.MAIN_MENU)
        return home.rested(turn, Say("requests_none", menu=choices), rule="requests.none")
    last = Choice(f"reopen:{turn.requests[0].ticket_id}", "button_reopen")
    choices = buttons.menu(last, buttons.SUPPORT, buttons.MAIN_MENU)
    lines = {"lines": "\n".join(map(_line, turn.requests))}
    return home.rested(turn, Say("requests", lines, choices), rule="requests.show")


def reopen(turn: Turn, arguments: tuple[str, ...]) -> Step | None:
    """A tapped `reopen:<ticket>`; None when it is none of the student's last requests."""
    found = next((one for one in turn.requests if (str(one.ticket_id),) == arguments), None)
    if found is None:
        return None
    nameless = Say("chat_reopened_nameless", menu=_END)
    named = Say("chat_reopened", {"subject": found.subject}, _END)
    said = named if found.subject else nameless
    return _opened_again(turn, found.ticket_id, said, rule="requests.reopen")


def went_on(turn: Turn) -> Step | None:
    """A message so soon after the team resolved the chat that it goes on with it."""
    if turn.resolved_chat is None:
        return None
    said = Say("chat_went_on", menu=_END)
    return _opened_again(turn, turn.resolved_chat, said, (AddToChat(),), rule="requests.went_on")


def _opened_again(
    turn: Turn, ticket_id: int, said: Say, then: Sequence[Effect] = (), *, rule: str
) -> Step:
    effects = (ReopenChat(ticket_id, desk.place(turn.desk)), *then)
    says = (said, *desk.words(turn.desk))
    return Step(State.CHAT_SUPPORT_ACTIVE, says, effects=effects, rule=rule)


def _line(request: Request) -> str:
    subject = f" {request.subject}" if request.subject else ""
    return f"• #{request.ticket_id}{subject} – {request.status}"
