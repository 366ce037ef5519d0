"""A student talking to the bot, without database or network.

`Student` keeps what the shell would keep (state, draft, open chat, registration) and renders each
Step as the one message that the student would read.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from conversations import machine
from conversations.states import State
from conversations.step import (
    EndChat,
    OpenChat,
    OptIn,
    OptOut,
    RegisterStudent,
    ReopenChat,
    Say,
    Step,
    UpdateStudent,
)
from conversations.texts import TEXTS, fill
from conversations.turn import Chat, FaqItem, Heard, Person, Turn

SHELL = {"reference": "HW-2026-0007", "price": "₦5,000 a month"}
JOHN = Person("John", True, name="John Okoro", email="john@example.com", class_name="SS2")
NOBODY = Person("", False)
TICKET = 12
# Words that the product promises.
OPENED = """Hi John! 💬
📞 Live Chat Support

You are now connected to our support team! 🎯

Please describe your issue and an admin will respond to you shortly.

You can continue chatting until you select 'End Chat' to return to the main menu."""

RECEIPT = """✓ Your message has been sent to support.

An admin will respond shortly. You can continue typing or select 'End Chat' to exit."""


def body(step: Step) -> str:
    """The text of a Step as the student reads it."""
    return "\n\n".join(sentence(say) for say in step.say)


def sentence(say: Say) -> str:
    named = {name: TEXTS[key].default for name, key in say.named.items()}
    return fill(TEXTS[say.key].default, {**SHELL, **say.params, **named})


def buttons(step: Step) -> dict[str, str]:
    """Id and title of each button or row under a Step's text."""
    menus = [say.menu for say in step.say if say.menu]
    choices = menus[-1].choices if menus else ()
    return {
        choice.id: fill(TEXTS[choice.title].default, {**SHELL, **choice.params})
        for choice in choices
    }


@dataclass
class Student:
    person: Person = NOBODY
    state: State = State.IDLE
    draft: dict[str, str] = field(default_factory=dict)
    chat: Chat | None = None
    faq: tuple[FaqItem, ...] = ()
    misses: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    step: Step = field(default_factory=lambda: Step(State.IDLE))
    messages: int = 100

    def writes(self, text: str, **heard: Any) -> str:
        return self.hears(Heard("text", text, **heard))

    def taps(self, choice_id: str, title: str = "a title", **heard: Any) -> str:
        return self.hears(Heard("choice", title, choice_id, **heard))

    def sends(self, kind: str, caption: str = "", **heard: Any) -> str:
        return self.hears(Heard(kind, caption, **heard))

    def hears(self, heard: Heard) -> str:
        self.messages += 1
        self.step = machine.advance(self.turn(replace(heard, message_id=self.messages)))
        self.state, self.draft = self.step.state, dict(self.step.draft)
        self.misses = self.step.misses
        for effect in self.step.effects:
            self._carry_out(effect)
        return body(self.step)

    def turn(self, heard: Heard) -> Turn:
        return Turn(
            self.state,
            heard,
            self.person,
            "EduBot",
            self.draft,
            self.chat,
            self.faq,
            self.misses,
            **self.settings,
        )

    @property
    def sees(self) -> dict[str, str]:
        return buttons(self.step)

    @property
    def effects(self) -> tuple[object, ...]:
        return self.step.effects

    def _carry_out(self, effect: object) -> None:
        match effect:
            case OpenChat() | ReopenChat():
                self.chat = Chat(TICKET, described=False, receipt_due=True)
            case EndChat():
                self.chat = None
            case OptOut():
                self.person = replace(self.person, opted_out=True)
            case OptIn():
                self.person = replace(self.person, opted_out=False)
            case RegisterStudent(name, email, class_name) | UpdateStudent(name, email, class_name):
                self.person = Person(name.split()[0], True, False, name, email, class_name)


def registered(**changes: Any) -> Student:
    return Student(**{"person": JOHN, "state": State.REGISTERED, **changes})


def unregistered(**changes: Any) -> Student:
    return Student(**changes)


def in_chat(person: Person = JOHN, *, receipt_due: bool = True) -> Student:
    chat = Chat(TICKET, described=True, receipt_due=receipt_due)
    return Student(person, State.CHAT_SUPPORT_ACTIVE, chat=chat)
