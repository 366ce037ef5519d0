"""Handing in homework: subject, text or pictures, content.

The draft: `subject`; `kind`, text or image; `files` and `remarks`, see `pages`; `note`, what was
written beside them; once handed in, `until`, the time of that.
"""

from dataclasses import replace
from typing import Final

from conversations.flows import buttons, collecting, home, menu, pages, rating
from conversations.flows.collecting import FILE_KINDS
from conversations.flows.questions import question
from conversations.intents import Answer, Intent, exact, is_greeting, is_small_talk, says, slip
from conversations.states import State
from conversations.step import AddLatePage, HomeworkKind, Say, Step, SubmitHomework
from conversations.turn import Turn

SUBJECT_LENGTH: Final = range(2, 61)
_BUTTONS: Final[dict[str, HomeworkKind]] = {"text": "text", "image": "image"}
_KINDS: Final[dict[Answer, HomeworkKind]] = {Answer.TEXT: "text", Answer.PICTURES: "image"}


def begin(turn: Turn) -> Step:
    if not turn.person.registered:
        return home.unregistered(turn, "need_registration", rule="homework.unregistered")
    if collected := pages.begun(turn.draft):
        collected.pop("unread", None)
        back = Say("homework_again")
        return collecting.answer(turn, collected, back, rule="homework.again")
    if turn.homework_left is not None and turn.homework_left <= 0:
        choices = buttons.menu(buttons.PAY, buttons.SUPPORT, buttons.MAIN_MENU)
        return home.rested(turn, Say("homework_limit", menu=choices), rule="homework.limit")
    return _ask(turn, State.HOMEWORK_SUBJECT, {}, "homework.begin")


def subject(turn: Turn) -> Step:
    """HOMEWORK_SUBJECT."""
    if not turn.person.registered:
        return begin(turn)
    if turn.heard.choice_id:
        return home.stay(turn, Say("old_button"), rule="homework.old_button")
    if turn.heard.kind != "text":
        asked = "subject_first" if turn.heard.kind in FILE_KINDS else "answer_in_words"
        return home.again(turn, asked, "homework.not_words")
    given = " ".join(turn.heard.text.split())
    named = any(map(str.isalnum, given)) and not says(given, Answer.NO_NAME)
    if len(given) not in SUBJECT_LENGTH or not named:
        return home.again(turn, "subject_invalid", "homework.subject_invalid")
    if is_greeting(given):
        return home.stay(turn, rule="homework.small_talk")
    return _ask(turn, State.HOMEWORK_TYPE, {"subject": given}, "homework.subject")


def kind(turn: Turn) -> Step:
    """HOMEWORK_TYPE. Who sends the pictures at once has answered too."""
    if not turn.person.registered:
        return begin(turn)
    if turn.heard.kind in FILE_KINDS:
        return collecting.collect(turn)
    if turn.heard.choice_id:
        return _switch(turn) or home.stay(turn, Say("old_button"), rule="homework.old_button")
    if turn.heard.kind != "text":
        return home.again(turn, "homework_wrong_kind", "homework.wrong_kind")
    if chosen := _named_kind(turn):
        return _with_kind(turn, chosen)
    if is_greeting(turn.heard.text):
        return home.stay(turn, rule="homework.small_talk")
    return home.missed(home.again(turn, "unknown", "homework.kind_unknown"))


def content(turn: Turn) -> Step:
    """HOMEWORK_CONTENT."""
    if not turn.person.registered:
        return begin(turn)
    turn = replace(turn, draft=rating.forgotten(collecting.fresh(turn)))
    if turn.heard.kind in FILE_KINDS:
        return collecting.collect(turn)
    if turn.heard.choice_id == "done" or _says_done(turn):
        return _remarks_first(turn) or _hand_in(turn)
    if turn.heard.choice_id:
        known = collecting.choice(turn) or _switch(turn)
        return known or home.stay(turn, Say("old_button"), rule="homework.old_button")
    if obeyed := collecting.command(turn) or _switch(turn):
        return obeyed
    if turn.heard.kind != "text" or not turn.heard.text.strip():
        return home.again(turn, "homework_wrong_kind", "homework.wrong_kind")
    if _is_a_mere_word(turn.heard.text):
        return _not_yet(turn)
    return _add_note(turn) if turn.draft.get("kind") == "image" else _hand_in_text(turn)


def submitted(turn: Turn) -> Step:
    """HOMEWORK_SUBMITTED: at rest, but for a page that "Done" has overtaken on its way."""
    until = int(turn.draft.get("until", "0"))
    heard = turn.heard
    if heard.kind not in FILE_KINDS or not 0 < heard.sent_at < until:
        return menu.at_rest(turn)
    if heard.problem in pages.REFUSED:
        said = Say(f"page_{heard.problem}")
        return Step(turn.state, (said,), turn.draft, rule="homework.late_refused")
    added = () if heard.more else (Say("page_added"),)
    return Step(turn.state, added, turn.draft, (AddLatePage(),), rule="homework.late_page")


def _switch(turn: Turn) -> Step | None:
    """The buttons Text and Image, tapped or typed, as long as nothing is collected."""
    chosen = _named_kind(turn)
    if chosen is None or (chosen == "text" and pages.begun(turn.draft)):
        return None
    return _with_kind(turn, chosen)


def _named_kind(turn: Turn) -> HomeworkKind | None:
    if turn.heard.choice_id:
        return _BUTTONS.get(turn.heard.choice_id)
    return next((kind for said, kind in _KINDS.items() if says(turn.heard.words, said)), None)


def _with_kind(turn: Turn, chosen: HomeworkKind) -> Step:
    draft = {**turn.draft, "kind": chosen}
    return _ask(turn, State.HOMEWORK_CONTENT, draft, f"homework.{chosen}")


def _is_a_mere_word(text: str) -> bool:
    """Small talk, a word of the menu, "later", or a misspelt call for a person."""
    is_word = is_small_talk(text) or exact(text) is not None or says(text, Answer.DENY)
    return is_word or _calls_for_a_person(text)


def _calls_for_a_person(text: str) -> bool:
    return len(text.split()) == 1 and Intent.SUPPORT in slip(text)


def _not_yet(turn: Turn) -> Step:
    """A mere "ok" or "status" is neither the homework nor a word about its pages."""
    is_text = turn.draft.get("kind") != "image"
    said = [Say("homework_awaited")] if is_text else []
    if exact(turn.heard.text):
        said.append(Say("homework_or_menu"))
    elif _calls_for_a_person(turn.heard.text):
        said.append(Say("or_a_person"))
    return collecting.answer(turn, turn.draft, *said, rule="homework.small_talk")


def _add_note(turn: Turn) -> Step:
    draft = {**turn.draft, "note": _note(turn)}
    return collecting.answer(turn, draft, Say("homework_note"), rule="homework.note")


def _note(turn: Turn) -> str:
    return "\n".join(part for part in (turn.draft.get("note", ""), turn.heard.text) if part)


def _says_done(turn: Turn) -> bool:
    return says(turn.heard.words, Answer.DONE)


def _remarks_first(turn: Turn) -> Step | None:
    """What the photo check found and the student has not read: once more "Done" hands it in."""
    if "remarks" not in turn.draft:
        return None
    return collecting.answer(turn, turn.draft, rule="homework.remarks_first")


def _hand_in(turn: Turn) -> Step:
    if not pages.begun(turn.draft):
        return home.again(turn, "homework_nothing_yet", "homework.nothing_yet")
    collected = pages.ids(turn.draft)
    chosen: HomeworkKind = "image" if collected else "text"
    return _submit(turn, chosen, turn.draft.get("note", ""), collected)


def _hand_in_text(turn: Turn) -> Step:
    return _submit(turn, "text", turn.heard.text, (turn.heard.message_id,))


def _submit(turn: Turn, chosen: HomeworkKind, text: str, messages: tuple[int, ...]) -> Step:
    name = turn.draft.get("subject", "–")
    choices = buttons.menu(buttons.FAQ, buttons.SUPPORT, buttons.MAIN_MENU)
    return Step(
        State.HOMEWORK_SUBMITTED,
        (Say("homework_submitted", {"subject": name}, choices),),
        {"until": str(turn.heard.sent_at)},
        (SubmitHomework(name, chosen, text, messages),),
        rule=f"homework.submitted_{chosen}",
    )


def _ask(turn: Turn, state: State, draft: dict[str, str], rule: str) -> Step:
    return Step(state, question(state, draft, turn.person), draft, rule=rule)
