"""Messages we send, as values that know Meta's limits and their own wire form.

Each has `kind`, `text` (what a person reads of it in a thread), `problems()` (plain sentences,
none if Meta should take it) and `wire()` (the body for Graph without the recipient).
"""

from whatsapp.outgoing.approved import ApprovedTemplate
from whatsapp.outgoing.interactive import (
    Button,
    Buttons,
    Link,
    List,
    NumberRequest,
    Row,
    Section,
    menu,
)
from whatsapp.outgoing.message import Message, MessageInvalid, Wire
from whatsapp.outgoing.plain import Location, Media, Reaction, Text
from whatsapp.outgoing.template import Template, body_values

Outgoing = Text | Buttons | List | Link | NumberRequest | Template | Reaction | Media | Location

__all__ = [
    "ApprovedTemplate",
    "Button",
    "Buttons",
    "Link",
    "List",
    "Location",
    "Media",
    "Message",
    "MessageInvalid",
    "NumberRequest",
    "Outgoing",
    "Reaction",
    "Row",
    "Section",
    "Template",
    "Text",
    "Wire",
    "body_values",
    "mark_read",
    "menu",
]


def mark_read(wamid: str, typing: bool = False) -> Wire:
    """Return the body that marks `wamid` and all before it as read.

    With `typing` the student also sees that an answer is being written, for 25 seconds at most.
    """
    body: Wire = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    return {**body, "typing_indicator": {"type": "text"}} if typing else body
