"""Texts with something to tap: buttons, lists and links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from whatsapp import limits
from whatsapp.kinds import Kind
from whatsapp.outgoing.message import Message, Wire


class _Interactive(Message):
    """What buttons, lists and links share: a body between a header and a footer."""

    __slots__ = ()

    body: str
    header: str
    footer: str

    @property
    def text(self) -> str:
        return self.body

    def _frame_problems(self) -> Iterator[str]:
        yield from limits.filled("The text above a menu", self.body, limits.INTERACTIVE_BODY)
        yield from limits.at_most("A header", self.header, limits.HEADER)
        yield from limits.one_line("A header", self.header)
        yield from limits.at_most("A footer", self.footer, limits.FOOTER)
        yield from limits.one_line("A footer", self.footer)

    def _frame(self, form: str, action: Wire) -> Wire:
        interactive: Wire = {"type": form, "body": {"text": self.body}, "action": action}
        if self.header:
            interactive["header"] = {"type": "text", "text": self.header}
        if self.footer:
            interactive["footer"] = {"text": self.footer}
        return {"type": "interactive", "interactive": interactive}


@dataclass(frozen=True, slots=True)
class Button:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Buttons(_Interactive):
    """Up to three buttons under a text."""

    kind: ClassVar[Kind] = Kind.BUTTONS

    body: str
    buttons: tuple[Button, ...]
    header: str = ""
    footer: str = ""

    def _problems(self) -> Iterator[str]:
        yield from self._frame_problems()
        yield from limits.count("buttons", len(self.buttons), limits.BUTTONS)
        for button in self.buttons:
            yield from limits.label("A button title", button.title, limits.BUTTON_TITLE)
            yield from limits.identifier("A button id", button.id, limits.BUTTON_ID)
        yield from limits.unique("button titles", (button.title for button in self.buttons))
        yield from limits.unique("button ids", (button.id for button in self.buttons))

    def _content(self) -> Wire:
        replies = [{"id": button.id, "title": button.title} for button in self.buttons]
        buttons = [{"type": "reply", "reply": reply} for reply in replies]
        return self._frame("button", {"buttons": buttons})


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str = ""

    def problems(self) -> Iterator[str]:
        yield from limits.label("A row title", self.title, limits.ROW_TITLE)
        yield from limits.identifier("A row id", self.id, limits.ROW_ID)
        yield from limits.at_most("A row description", self.description, limits.ROW_DESCRIPTION)
        yield from limits.one_line("A row description", self.description)

    def wire(self) -> dict[str, str]:
        description = {"description": self.description} if self.description else {}
        return {"id": self.id, "title": self.title, **description}


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]

    def wire(self) -> Wire:
        title = {"title": self.title} if self.title else {}
        return {**title, "rows": [row.wire() for row in self.rows]}


@dataclass(frozen=True, slots=True)
class List(_Interactive):
    """A button that opens a menu of up to ten rows."""

    kind: ClassVar[Kind] = Kind.LIST

    body: str
    button: str
    sections: tuple[Section, ...]
    header: str = ""
    footer: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(chain.from_iterable(section.rows for section in self.sections))

    def _problems(self) -> Iterator[str]:
        yield from self._frame_problems()
        yield from limits.label("The label of a list", self.button, limits.LIST_LABEL)
        yield from self._section_problems()
        yield from limits.count("rows in all", len(self.rows), limits.LIST_ROWS)
        for row in self.rows:
            yield from row.problems()
        yield from limits.unique("row ids", (row.id for row in self.rows))

    def _section_problems(self) -> Iterator[str]:
        yield from limits.count("sections", len(self.sections), limits.LIST_SECTIONS)
        for section in self.sections:
            if section.title or len(self.sections) > 1:
                yield from limits.label("A section title", section.title, limits.SECTION_TITLE)
            if not section.rows:
                yield f"The section “{section.title}” has no rows."
        titles = (section.title for section in self.sections if section.title)
        yield from limits.unique("section titles", titles)

    def _content(self) -> Wire:
        sections = [section.wire() for section in self.sections]
        return self._frame("list", {"button": self.button, "sections": sections})


@dataclass(frozen=True, slots=True)
class Link(_Interactive):
    """A button that opens a web page. A tap on it makes no webhook."""

    kind: ClassVar[Kind] = Kind.LINK

    body: str
    label: str
    url: str
    header: str = ""
    footer: str = ""

    def _problems(self) -> Iterator[str]:
        yield from self._frame_problems()
        yield from limits.label("The label of a link", self.label, limits.LINK_LABEL)
        yield from limits.web_address("The address of a link", self.url)

    def _content(self) -> Wire:
        parameters = {"display_text": self.label, "url": self.url}
        return self._frame("cta_url", {"name": "cta_url", "parameters": parameters})


@dataclass(frozen=True, slots=True)
class NumberRequest(_Interactive):
    """WhatsApp's own button with which a student who hides it shares the phone number.

    Meta's example of 2026 calls the type contact_request in one place; what gateways send, and
    what is accepted, is request_contact_info.
    """

    kind: ClassVar[Kind] = Kind.NUMBER_REQUEST

    body: str
    header: str = ""
    footer: str = ""

    def _problems(self) -> Iterator[str]:
        yield from self._frame_problems()

    def _content(self) -> Wire:
        return self._frame("request_contact_info", {"name": "request_contact_info"})


def menu(
    body: str, choices: Sequence[Row], label: str, header: str = "", footer: str = ""
) -> Buttons | List:
    """Return `choices` as buttons if there are three or fewer, else as a list under `label`.

    Buttons have no second line: choices with a description become a list however few they are.
    A title too long for its form is a problem of the result, never cut.
    """
    if len(choices) > limits.BUTTONS or any(choice.description for choice in choices):
        return List(body, label, (Section("", tuple(choices)),), header, footer)
    buttons = tuple(Button(choice.id, choice.title) for choice in choices)
    return Buttons(body, buttons, header, footer)
