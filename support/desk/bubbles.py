"""A ticket's messages and history as the lines of a chat."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from support.desk import act_words
from support.desk.attachments import Attachment, map_address, of_message
from support.desk.ticks import Tick, tick
from support.models import SenderType, SupportMessage, TicketEvent
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.models.message import NOT_DELIVERED, Status
from whatsapp.text import shorten

QUOTE = 120
LONG, MANY_LINES = 1200, 20  # characters and lines from which a text is folded
SIDES = {
    SenderType.USER: "student",
    SenderType.ADMIN: "team",
    SenderType.NOTE: "note",
    SenderType.SYSTEM: "event",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the thread. `side` is student, team, note or event, and a CSS class.

    `undo_seconds` are left to take it back.
    """

    anchor: str
    side: str
    at: datetime
    author: str
    text: str
    message_id: int | None = None
    quote: str = ""
    reactions: tuple[str, ...] = ()
    attachment: Attachment | None = None
    map_address: str = ""
    tick: Tick | None = None
    undo_seconds: float = 0

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG or self.text.count("\n") > MANY_LINES


def lines(
    messages: list[SupportMessage], events: Iterable[TicketEvent], user: User | None = None
) -> list[Line]:
    """The thread in order of time, as `user` sees it; reactions hang on what they answer.

    Meta counts whole seconds: of an act and words at one time the act, e.g. the opening, is first.
    """
    shown = {message.wire_id for message in messages if message.wire_id}
    reactions = _reactions(messages)
    bubbles = [
        _bubble(message, tuple(reactions.get(message.wire_id or 0, {}).values()), user)
        for message in messages
        if not _hangs_on(message, shown)
    ]
    return sorted(
        [*bubbles, *map(event_line, events)], key=lambda line: (line.at, line.side != "event")
    )


def _reactions(messages: list[SupportMessage]) -> dict[int, dict[str, str]]:
    """The present reaction of each side by the message reacted to; an empty one takes it back."""
    found: dict[int, dict[str, str]] = {}
    for message, wire in _with_wire(messages):
        if not _is_in_force(wire):
            continue
        sides = found.setdefault(wire.reply_to_id or 0, {})
        sides.pop(message.sender_type, None)
        if message.message:
            sides[message.sender_type] = message.message
    return found


def _with_wire(messages: list[SupportMessage]) -> Iterator[tuple[SupportMessage, Message]]:
    return ((message, message.wire) for message in messages if message.wire)


def _hangs_on(message: SupportMessage, shown: set[int]) -> bool:
    """Whether it is a reaction to something in this thread, so no bubble of its own."""
    wire = message.wire
    return wire is not None and _is_in_force(wire) and wire.reply_to_id in shown


def _is_in_force(wire: Message) -> bool:
    """Whether it is a reaction that stands; one of ours that failed says so in its own bubble."""
    is_reaction = wire.kind == Kind.REACTION and wire.reply_to_id is not None
    return is_reaction and wire.status not in NOT_DELIVERED


def _bubble(message: SupportMessage, reactions: tuple[str, ...], user: User | None) -> Line:
    wire = message.wire
    return Line(
        anchor=f"message-{message.pk}",
        side=SIDES[SenderType(message.sender_type)],
        at=message.created_at,
        author=message.sender_name,
        text=_text(message),
        message_id=message.pk,
        quote=_quote(wire),
        reactions=reactions,
        attachment=of_message(wire) if wire else None,
        map_address=map_address(wire) if wire else "",
        tick=tick(wire) if wire and not wire.is_inbound else None,
        undo_seconds=_undo_seconds(message, user),
    )


def _undo_seconds(message: SupportMessage, user: User | None) -> float:
    wire = message.wire
    theirs = user is not None and message.author_id == user.pk and hasattr(message, "before")
    if not theirs or wire is None or wire.status != Status.QUEUED or wire.due_at is None:
        return 0
    return max((wire.due_at - timezone.now()).total_seconds(), 0)


def _text(message: SupportMessage) -> str:
    if message.wire and message.wire.kind == Kind.REACTION:
        return f"Reacted {message.message}" if message.message else "Took a reaction back"
    return message.message


def _quote(wire: Message | None) -> str:
    """The beginning of what a message answers."""
    quoted = wire.reply_to if wire and wire.kind != Kind.REACTION else None
    return shorten(quoted.text or quoted.kind.capitalize(), QUOTE) if quoted else ""


def event_line(event: TicketEvent) -> Line:
    """One act, as a sentence between the bubbles."""
    words = act_words.in_words(event)
    return Line(f"event-{event.pk}", "event", event.created_at, event.actor_name, words)
