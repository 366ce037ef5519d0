"""What the bot asks in each state that waits for something.

Asked when the state is entered, and again after a slip, a reminder or a detour: the question
depends on nothing but the state, the draft and the person.
"""

from collections.abc import Callable, Mapping
from typing import Final

from conversations.flows import buttons, pages
from conversations.states import State
from conversations.step import Choice, Menu, Say
from conversations.turn import Person

Draft = Mapping[str, str]
NOTHING: Final = "–"
MOST_NAMED: Final = 12  # message ids that fit into the id of a button


def question(state: State, draft: Draft, person: Person) -> tuple[Say, ...]:
    """Empty for states that wait for nothing. What is found in pages comes before."""
    ask = _QUESTIONS.get(state)
    found = pages.findings(draft) if state is State.HOMEWORK_CONTENT else ()
    return (*found, ask(draft, person)) if ask else ()


def _detail(key: str, present: str, person: Person, *optional: Choice) -> Say:
    if person.registered and present:
        kept = buttons.menu(buttons.KEEP, buttons.MAIN_MENU)
        return Say(f"{key}_again", {"value": present}, kept)
    return Say(key, menu=buttons.menu(*optional, buttons.MAIN_MENU))


def _name(_draft: Draft, person: Person) -> Say:
    return _detail("ask_name", person.name, person, buttons.SUPPORT)


def _email(_draft: Draft, person: Person) -> Say:
    return _detail("ask_email", person.email, person, buttons.SKIP)


def _class(_draft: Draft, person: Person) -> Say:
    return _detail("ask_class", person.class_name, person)


def _subject(_draft: Draft, _person: Person) -> Say:
    return Say("ask_subject", menu=buttons.menu(buttons.MAIN_MENU))


def _type(draft: Draft, _person: Person) -> Say:
    choices = buttons.menu(buttons.TEXT, buttons.IMAGE, buttons.MAIN_MENU)
    return Say("ask_type", {"subject": draft.get("subject", NOTHING)}, choices)


def _content(draft: Draft, _person: Person) -> Say:
    subject = {"subject": draft.get("subject", NOTHING)}
    if draft.get("kind") != "image":
        return Say("ask_content_text", subject, buttons.menu(buttons.IMAGE, buttons.MAIN_MENU))
    if poor := pages.poor(draft):
        return Say("ask_poor_pages", menu=_poor_menu(poor))
    if count := len(pages.collected(draft)):
        more = buttons.menu(buttons.DONE, buttons.REMOVE, buttons.MAIN_MENU)
        return Say("ask_content_more", {**subject, "count": str(count)}, more)
    return Say("ask_content_image", subject, buttons.menu(buttons.DONE, buttons.MAIN_MENU))


def _poor_menu(poor: tuple[int, ...]) -> Menu:
    if len(poor) > MOST_NAMED:
        return buttons.menu(buttons.KEEP_PAGES, buttons.REMOVE)
    named = Choice("remove:" + ",".join(map(str, poor)), "button_remove_it")
    return buttons.menu(buttons.KEEP_PAGES, named)


def _payment(_draft: Draft, person: Person) -> Say:
    choices = buttons.menu(buttons.CONFIRM, buttons.MAIN_MENU)
    if person.subscribed_until:
        return Say("pay_renewal", {"until": f"{person.subscribed_until:%d/%m/%Y}"}, choices)
    return Say("pay_offer", menu=choices)


_QUESTIONS: Final[dict[State, Callable[[Draft, Person], Say]]] = {
    State.REGISTERING_NAME: _name,
    State.REGISTERING_EMAIL: _email,
    State.REGISTERING_CLASS: _class,
    State.HOMEWORK_SUBJECT: _subject,
    State.HOMEWORK_TYPE: _type,
    State.HOMEWORK_CONTENT: _content,
    State.PAYMENT_PENDING: _payment,
}
