"""Long texts: split at a paragraph, never cut."""

from dataclasses import replace

from whatsapp import limits
from whatsapp.outgoing import Outgoing
from whatsapp.outgoing.interactive import Buttons, Link, List
from whatsapp.outgoing.plain import Text
from whatsapp.text import split_text


def in_parts(outgoing: Outgoing) -> list[Outgoing]:
    """`outgoing` as messages that each fit; buttons come with the last part."""
    if isinstance(outgoing, Text):
        return [
            replace(outgoing, body=part) for part in split_text(outgoing.body, limits.TEXT_BODY)
        ]
    if isinstance(outgoing, Buttons | List | Link):
        *before, last = split_text(outgoing.body, limits.INTERACTIVE_BODY) or [outgoing.body]
        return [*(Text(part) for part in before), replace(outgoing, body=last)]
    return [outgoing]
