"""What WhatsApp allows in a message, and sentences that say what is wrong.

Lengths are in UTF-16 code units (see `whatsapp.text.length`).
Source: Meta's Cloud API reference, "Messages"; where its pages disagree, the smaller number.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from whatsapp.text import length

TEXT_BODY = 4096
INTERACTIVE_BODY = 1024  # of lists too, where one page of Meta's says 4096
CAPTION = 1024
HEADER = 60
FOOTER = 60

BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256

LIST_LABEL = 20
LIST_SECTIONS = 10
LIST_ROWS = 10  # in the whole message, not in each section
SECTION_TITLE = 24
ROW_TITLE = 24
ROW_DESCRIPTION = 72
ROW_ID = 200

LINK_LABEL = 20
URL = 2000
FILENAME = 240
EMOJI = 40  # one flag of tags is 14 units; this only keeps sentences out
WAMID = 512
TEMPLATE_NAME = 512
TEMPLATE_BODY = 1024

_MARKUP = re.compile(r"(?<!\w)([*_~`])\S(?:.*\S)?\1(?!\w)")
_TEMPLATE_NAME = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
_TOO_MUCH_SPACE = re.compile(r"[\n\r\t]| {5}")


def at_most(what: str, value: str, limit: int) -> Iterator[str]:
    """Yield a problem if `value` has more than `limit` characters."""
    if (found := length(value)) > limit:
        yield f"{what} may have at most {limit} characters: {_quoted(value)} has {found}."


def filled(what: str, value: str, limit: int) -> Iterator[str]:
    """Yield a problem if `value` is blank or too long."""
    if not value.strip():
        yield f"{what} must not be empty."
    yield from at_most(what, value, limit)


def one_line(what: str, value: str) -> Iterator[str]:
    if "\n" in value or "\r" in value:
        yield f"{what} must be one line: {_quoted(value)}."


def label(what: str, value: str, limit: int) -> Iterator[str]:
    """Problems of a title: filled, one line, and no markup, which would be shown as it is."""
    yield from filled(what, value, limit)
    yield from one_line(what, value)
    if _MARKUP.search(value):
        yield f"{what} cannot be bold, italic or struck through: {_quoted(value)}."


def identifier(what: str, value: str, limit: int) -> Iterator[str]:
    """Problems of an id that comes back when something is tapped."""
    yield from filled(what, value, limit)
    if value != value.strip():
        yield f"{what} must not begin or end with a space: {_quoted(value)}."


def unique(what: str, values: Iterable[str]) -> Iterator[str]:
    """Yield a problem for each value that occurs more than once."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield f"Two {what} are the same: {_quoted(value)}."
        seen.add(value)


def count(what: str, found: int, limit: int) -> Iterator[str]:
    """Yield a problem unless there is at least one and at most `limit`."""
    if not 1 <= found <= limit:
        yield f"A message may have 1 to {limit} {what}, not {found}."


def web_address(what: str, value: str) -> Iterator[str]:
    yield from at_most(what, value, URL)
    if not _is_web_address(value):
        yield f"{what} must be a web address that begins with https:// or http://."


def emoji(what: str, value: str) -> Iterator[str]:
    """Yield a problem if `value` has letters or spaces in it; empty is none."""
    yield from at_most(what, value, EMOJI)
    if any(character.isalpha() or character.isspace() for character in value):
        yield f"{what} must be one emoji, not {_quoted(value)}."


def template_name(value: str) -> Iterator[str]:
    yield from at_most("A template name", value, TEMPLATE_NAME)
    if not _TEMPLATE_NAME.fullmatch(value):
        yield f"A template name has only a-z, 0-9 and _: {_quoted(value)}."


def language_code(value: str) -> Iterator[str]:
    if not _LANGUAGE.fullmatch(value):
        yield f"A template needs a language code such as en or en_US, not {_quoted(value)}."


def template_value(value: str) -> Iterator[str]:
    """Problems of a text filled into a template: Meta refuses blanks, line breaks, wide gaps."""
    if not value.strip():
        yield "A value for a template must not be empty."
    if _TOO_MUCH_SPACE.search(value):
        yield (
            "A value for a template must not have line breaks, tabs or more than four spaces "
            f"in a row: {_quoted(value)}."
        )


def _is_web_address(value: str) -> bool:
    if any(character.isspace() for character in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:  # "http://[" and its like
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _quoted(value: str) -> str:
    shown = value if len(value) <= 60 else value[:60] + "…"
    return f"“{shown}”"
