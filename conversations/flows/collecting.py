"""The pages of a homework: taking them in, saying which are poor, removing some.

A turn's draft is `fresh` here: it has only those remarks that the student has not read.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from conversations.flows import home, pages
from conversations.flows.questions import NOTHING, question
from conversations.intents import normalise
from conversations.states import HANDING_IN, State
from conversations.step import Say, Step
from conversations.turn import Turn
from conversations.vocabulary import REMOVAL

MAXIMUM_FILES: Final = 30
FILE_KINDS: Final = frozenset({"image", "document"})
_ID_DIGITS: Final = 18
_AT_HOMEWORK: Final = HANDING_IN | {State.HOMEWORK_SUBMITTED}


def fresh(turn: Turn) -> dict[str, str]:
    """The draft without the remarks that the student has read by now."""
    if turn.unsaid or "unread" in turn.draft:
        return {key: value for key, value in turn.draft.items() if key != "unread"}
    return pages.told(turn.draft)


def collect(turn: Turn) -> Step:
    """A picture or document. Of an album only the last one is acknowledged."""
    heard = turn.heard
    draft = {**turn.draft, "kind": "image"}
    if heard.problem in pages.REFUSED:
        draft = pages.remarked(draft, heard.problem, heard.message_id)
        return _receipt(turn, draft, rule="homework.refused_file")
    if len(pages.collected(draft)) >= MAXIMUM_FILES:
        full = Say("homework_full", {"count": str(MAXIMUM_FILES)})
        return _receipt(turn, draft, full, rule="homework.full")
    draft = pages.with_page(draft, pages.Page(heard.sent_at, heard.message_id))
    if heard.problem:
        draft = pages.remarked(draft, heard.problem, heard.message_id)
    here = Say("homework_page", {"number": str(pages.number(draft, heard.message_id))})
    return _receipt(turn, draft, here, rule="homework.file")


def kept(turn: Turn, step: Step) -> Step:
    """`step`, with what is collected put by until the student comes back to it."""
    homework = pages.begun(turn.draft)
    if not homework or step.drops_homework or step.state in _AT_HOMEWORK:
        return step
    if turn.state is State.HOMEWORK_CONTENT and turn.chat is None:
        homework = _left(turn)
        if homework and step.state is not State.CHAT_SUPPORT_ACTIVE:
            step = replace(step, say=(waiting(homework), *step.say))
    return replace(step, draft={**homework, **step.draft})


def _left(turn: Turn) -> dict[str, str]:
    """The homework as it is left: of the remarks only those that the student has not read."""
    homework = pages.begun(fresh(turn))
    return homework | {"unread": "yes"} if "remarks" in homework else homework


def waiting(homework: pages.Draft) -> Say:
    """That a homework is put by, and how to go on with it."""
    return Say("homework_waits", {"subject": homework.get("subject", NOTHING)})


def examined(turn: Turn, message_id: int, problem: str) -> Step | None:
    """The photo check has found something in a page; None if that is no page of this draft.

    Who is elsewhere reads it on the way back.
    """
    if message_id not in pages.ids(turn.draft):
        return None
    if turn.state is not State.HOMEWORK_CONTENT:
        later = pages.remarked(turn.draft, problem, message_id) | {"unread": "yes"}
        return replace(home.silent(turn, "homework.examined_elsewhere"), draft=later)
    draft = pages.remarked(fresh(turn), problem, message_id)
    return _receipt(turn, draft, rule="homework.examined")


def left_out(turn: Turn, problem: str, *, cancelled: bool) -> Step:
    """The photo check has refused a page of a homework that was handed in already."""
    outcome = "page_left_nothing" if cancelled else "page_left_out"
    said = (Say(f"page_{problem}"), Say(outcome))
    return Step(turn.state, said, turn.draft, misses=turn.misses, rule="homework.left_out")


def choice(turn: Turn) -> Step | None:
    """The buttons and rows about pages; None for any other."""
    name, _, argument = turn.heard.choice_id.partition(":")
    match name:
        case "keep_pages":
            kept = Say("pages_kept")
            return answer(turn, pages.told(turn.draft), kept, rule="homework.kept")
        case "remove_none":
            return answer(turn, turn.draft, rule="homework.removed_none")
        case "remove" if argument:
            return _remove(turn, [int(part) for part in argument.split(",") if _is_id(part)])
        case "remove":
            return _choose(turn, 0)
        case "remove_more" if _is_id(argument):
            return _choose(turn, int(argument))
    return None


def command(turn: Turn) -> Step | None:
    """ "remove 2" or "remove"; None for any other words, and while there is no page."""
    meant = REMOVAL.fullmatch(normalise(turn.heard.words))
    own = pages.ids(turn.draft)
    if meant is None or not own:
        return None
    if not meant[1]:
        return _choose(turn, 0)
    place = int(meant[1])
    return _remove(turn, own[place - 1 : place] if place else ())


def answer(turn: Turn, draft: pages.Draft, *said: Say, rule: str) -> Step:
    """Say something, and how things stand now."""
    asked = question(State.HOMEWORK_CONTENT, draft, turn.person)
    return Step(State.HOMEWORK_CONTENT, (*said, *asked), draft, rule=rule)


def _receipt(turn: Turn, draft: dict[str, str], *said: Say, rule: str) -> Step:
    """An answer that waits for what may follow; silence if that is here already."""
    if turn.heard.more:
        silent = {**draft, "unread": "yes"}
        return Step(State.HOMEWORK_CONTENT, draft=silent, rule="homework.album")
    asked = question(State.HOMEWORK_CONTENT, draft, turn.person)
    return Step(State.HOMEWORK_CONTENT, (*said, *asked), draft, rule=rule, later=True)


def _choose(turn: Turn, first: int) -> Step:
    if first >= len(pages.ids(turn.draft)):
        return answer(turn, turn.draft, Say("page_unknown"), rule="homework.no_such_page")
    asked = Say("ask_remove", menu=pages.to_remove(turn.draft, first))
    unread = {"unread": "yes"} if "remarks" in turn.draft else {}
    draft = {**turn.draft, **unread}
    return Step(State.HOMEWORK_CONTENT, (asked,), draft, rule="homework.which_page")


def _remove(turn: Turn, message_ids: Iterable[int]) -> Step:
    gone = frozenset(message_ids)
    if not (numbers := pages.numbers(turn.draft, gone)):
        return answer(turn, turn.draft, Say("page_unknown"), rule="homework.no_such_page")
    said = Say("page_removed", {"numbers": numbers})
    return answer(turn, pages.without(turn.draft, gone), said, rule="homework.removed")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _ID_DIGITS
