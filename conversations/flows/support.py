"""Talking to a person. Everything in a chat is for the agent, but for the words that end it.

The draft: `asked`, what the bot itself has just asked (`asking`), to which "yes" or "no" is an
answer until somebody says anything else.
"""

from collections.abc import Mapping

from conversations.flows import asking, buttons, desk, home, language, pages, rating
from conversations.flows.questions import NOTHING
from conversations.intents import Answer, Intent, exact, of_choice, says, says_why, split_choice
from conversations.states import State, rest
from conversations.step import (
    AddToChat,
    Effect,
    EndChat,
    OpenChat,
    OptIn,
    OptOut,
    Say,
    Step,
)
from conversations.turn import Chat, Person, Turn

_CHAT = State.CHAT_SUPPORT_ACTIVE
_END = buttons.menu(buttons.END_CHAT)
_QUIET_KINDS = frozenset({"reaction", "system"})  # they ask for no receipt


def open_chat(turn: Turn) -> Step:
    """Open a ticket: for everybody, from everywhere."""
    name = turn.person.first_name
    opened = Say("chat_opened", {"name": name}) if name else Say("chat_opened_nameless")
    said = Say(opened.key, opened.params, _END)
    about_the_desk = desk.words(turn.desk)
    opens = OpenChat(desk.place(turn.desk))
    if not says_why(turn.heard.words):
        return Step(_CHAT, (said, *about_the_desk), effects=(opens,), rule="support.open")
    taken = Say("chat_opened_with_words")
    effects = (opens, AddToChat())
    return Step(_CHAT, (said, taken, *about_the_desk), effects=effects, rule="support.open")


def none_open(turn: Turn) -> Step:
    return home.stay(turn, Say("chat_none"), rule="support.none_open")


def in_chat(turn: Turn) -> Step:
    """A message while a ticket is open."""
    chat, heard = turn.chat, turn.heard
    if chat is None:
        raise ValueError("in_chat needs a Turn with an open chat")
    if heard.late:
        return _to_agent(turn, chat)
    meant = of_choice(heard.choice_id) or exact(heard.words)
    if meant is Intent.END_CHAT:
        return _ended(turn, chat)
    if meant is Intent.MAIN_MENU:
        return _ask_to_leave()
    return _obeyed(turn, meant) or _tapped(turn) or _answered(turn, chat) or _to_agent(turn, chat)


def _obeyed(turn: Turn, meant: Intent | None) -> Step | None:
    """Words that the agent reads too, but that the bot must obey or answer."""
    answers: dict[Intent, tuple[str, tuple[Effect, ...]]] = {
        Intent.OPT_OUT: ("opted_out", (OptOut(),))
    }
    if turn.person.opted_out:
        answers[Intent.OPT_IN] = ("opted_in", (OptIn(),))
    if not turn.heard.choice_id:
        answers[Intent.SUPPORT] = ("chat_connected_already", ())
    if meant not in answers:
        return None
    key, effects = answers[meant]
    said = (Say(key, menu=_END),)
    return Step(_CHAT, said, effects=(AddToChat(), *effects), rule=f"support.{key}")


def closing(
    person: Person,
    draft: Mapping[str, str],
    ticket_id: int,
    closing_words: str | None,
    by_agent: bool,
    bot_name: str,
    agent_name: str = "",
) -> Step:
    """The end of a chat: closing words, the wish for a rating, and where to go from here.

    That is the menu, or the homework that the chat has interrupted. The shell calls it too, when
    an agent ends the chat; there is no EndChat effect then, since the desk has closed the ticket.
    `agent_name` takes the place of "Support Team".
    """
    ended = Say("chat_ended_by_team" if by_agent else "chat_ended")
    spoken = _agent_words(closing_words, agent_name)
    homework = pages.begun(draft)
    way_on = buttons.CONTINUE if homework else buttons.MAIN_MENU
    choices = buttons.menu(*rating.choices(ticket_id), way_on)
    kept = Say("homework_kept", {"subject": homework.get("subject", NOTHING)}, choices)
    next_words = kept if homework else home.words(person, bot_name, choices)
    effects: tuple[Effect, ...] = () if by_agent else (EndChat(),)
    return Step(
        State.HOMEWORK_CONTENT if homework else rest(person.registered),
        (*spoken, ended, Say("chat_rate"), next_words),
        homework | rating.asked(ticket_id),
        effects=effects,
        rule="support.ended_by_agent" if by_agent else "support.ended_by_student",
    )


def _ended(turn: Turn, chat: Chat) -> Step:
    person, name = turn.person, turn.bot_name
    return closing(person, turn.draft, chat.ticket_id, None, by_agent=False, bot_name=name)


def _tapped(turn: Turn) -> Step | None:
    """The few buttons that still mean something in a chat."""
    name, arguments = split_choice(turn.heard.choice_id)
    if name == "rate":
        return rating.rate(turn, arguments)
    if name == "language":
        return language.tapped(turn, arguments)
    if says(turn.heard.words, Answer.STAY_IN_CHAT):  # it may be a word to the agent, too
        goes_on = (Say("chat_goes_on", menu=_END),)
        return Step(_CHAT, goes_on, effects=(AddToChat(),), rule="support.stay")
    if says(turn.heard.words, Answer.KEEP_CHAT):
        name = buttons.KEEP_CHAT.id
    keys = {
        "stay": "chat_goes_on",
        "keep_chat": "chat_kept",
        "support": "chat_connected_already",
        "reopen": "chat_connected_already",
    }
    if name not in keys:
        return None
    return Step(_CHAT, (Say(keys[name], menu=_END),), rule=f"support.{name}")


def _ask_to_leave(*effects: Effect) -> Step:
    leave = Say("chat_leave", menu=buttons.menu(buttons.END_CHAT, buttons.STAY))
    asked = {asking.DRAFT: asking.LEAVE}
    return Step(_CHAT, (leave,), asked, effects, rule="support.ask_to_leave")


def _answered(turn: Turn, chat: Chat) -> Step | None:
    """ "Yes" or "no" to what the bot has just asked; None when it asked nothing."""
    asked, words = turn.draft.get(asking.DRAFT), turn.heard.words
    is_yes, is_no = says(words, Answer.CONFIRM), says(words, Answer.DENY)
    if asked == asking.LEAVE and is_yes:
        return _ended(turn, chat)
    if asked == asking.LEAVE and is_no:
        return Step(_CHAT, (Say("chat_goes_on", menu=_END),), rule="support.stay")
    if asked != asking.THERE:
        return None
    # The agent reads it, too: it may answer what the agent had asked before.
    if is_no:
        return _ask_to_leave(AddToChat())
    if not is_yes and not says(words, Answer.STILL_HERE):
        return None
    kept = (Say("chat_kept", menu=_END),)
    return Step(_CHAT, kept, effects=(AddToChat(),), rule="support.keep_chat")


def _to_agent(turn: Turn, chat: Chat) -> Step:
    quiet = turn.heard.kind in _QUIET_KINDS or not chat.receipt_due
    receipt = () if quiet else (_receipt(chat),)
    return Step(_CHAT, receipt, effects=(AddToChat(),), rule="support.to_agent")


def _receipt(chat: Chat) -> Say:
    """The first one in a chat that the student did not open says why the menu is silent."""
    if chat.about:
        return Say("chat_opened_by_team", {"subject": chat.about}, _END)
    return Say("chat_receipt", menu=_END)


def _agent_words(closing_words: str | None, agent_name: str) -> tuple[Say, ...]:
    if not closing_words:
        return ()
    if agent_name:
        return (Say("agent_says_named", {"agent": agent_name, "words": closing_words}),)
    return (Say("agent_says", {"words": closing_words}),)
