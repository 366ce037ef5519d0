"""What the team writes into the thread: answers for the student, notes for itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import chain, repeat
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone

from support.models import EventKind, SenderType, SupportMessage, SupportTicket, TicketStatus
from support.services import history
from support.services.actor import Actor
from support.services.errors import ChatClosed, ServiceError, WindowClosed
from support.services.hearing import LAST_WORDS
from support.services.locking import lock
from support.services.mentioning import mention
from support.services.undoing import remember
from whatsapp import lanes, outbox
from whatsapp.kinds import Kind
from whatsapp.limits import CAPTION
from whatsapp.models import Message, MessageTemplate
from whatsapp.models.message import Author
from whatsapp.models.template import MARKETING
from whatsapp.outgoing import MessageInvalid, Text
from whatsapp.text import length, shorten
from whatsapp.transactions import unit_of_work

TEAM = "🎧 Support Team"


@unit_of_work
def reply(
    ticket_id: int,
    actor: Actor,
    text: str,
    *,
    quoting: SupportMessage | None = None,
    client_token: UUID | None = None,
    after: timedelta | None = None,
) -> SupportMessage:
    """Answer the student on WhatsApp; a text too long for one message becomes several.

    Returns the first bubble; with a `client_token` that was used before, the bubble of then, and
    nothing is sent. With `after` it leaves that much later, and until then `undo` takes it back.
    Raises ChatClosed, WindowClosed, or MessageInvalid for a text that WhatsApp refuses (an empty
    one).
    """
    ticket = lock(ticket_id)
    if said := _said_before(ticket, client_token):
        return said
    refuse_unless_answerable(ticket)
    if not text.strip():
        raise MessageInvalid("A text must not be empty.")
    prefix = f"{_signature(actor)}: "
    wires = outbox.queue(
        ticket.contact,
        Text(prefix + text),
        author=Author.AGENT,
        reply_to=quoting.wire if quoting else None,
        after=after,
    )
    tokens = chain([client_token], repeat(None))
    bubbles = [
        bubble_of(ticket, actor, wire.text.removeprefix(prefix), wire, token)
        for wire, token in zip(wires, tokens, strict=False)
    ]
    if after:
        remember(ticket, bubbles[0], text)
    answered(ticket, actor, text)
    return bubbles[0]


@unit_of_work
def reply_with_file(
    ticket_id: int,
    actor: Actor,
    file: File[bytes],
    *,
    kind: Kind,
    mime_type: str,
    caption: str = "",
    quoting: SupportMessage | None = None,
    client_token: UUID | None = None,
    after: timedelta | None = None,
) -> SupportMessage:
    """Send the student a file. Raises like `reply`; the file must be of a kind Meta takes."""
    ticket = lock(ticket_id)
    if said := _said_before(ticket, client_token):
        return said
    refuse_unless_answerable(ticket)
    wire = outbox.queue_file(
        ticket.contact,
        kind,
        file,
        mime_type=mime_type,
        caption=_signed(actor, caption),
        author=Author.AGENT,
        reply_to=quoting.wire if quoting else None,
        after=after,
    )
    bubble = bubble_of(ticket, actor, caption, wire, client_token)
    if after:
        remember(ticket, bubble, caption)
    answered(ticket, actor, caption or file.name or kind)
    return bubble


@unit_of_work
def reply_with_template(
    ticket_id: int,
    actor: Actor,
    template: MessageTemplate,
    values: Mapping[str, str],
    client_token: UUID | None = None,
    *,
    file: File[bytes] | None = None,
    mime_type: str = "",
) -> SupportMessage:
    """Send a template with `values` for its parameters, also outside the 24-hour window.

    `file` is what its header shows, of the kind that it takes. The thread shows the filled-in
    text. Raises ChatClosed, ServiceError for a template that cannot be sent (any more), or
    MessageInvalid for values that WhatsApp refuses.
    """
    ticket = lock(ticket_id)
    if said := _said_before(ticket, client_token):
        return said
    if not ticket.is_open:
        raise ChatClosed
    if obstacle := template.obstacle():
        raise ServiceError(f"This template cannot be sent. {obstacle}")
    if template.category == MARKETING and ticket.contact.opted_out_at:
        raise ServiceError("This student wants no advertising (STOP). Choose another template.")
    wire = outbox.queue_template(
        ticket.contact,
        template.approved,
        values,
        author=Author.AGENT,
        file=file,
        mime_type=mime_type,
    )
    bubble = bubble_of(ticket, actor, wire.text, wire, client_token)
    answered(ticket, actor, wire.text)
    return bubble


@unit_of_work
def note(
    ticket_id: int, actor: Actor, text: str, *, client_token: UUID | None = None
) -> SupportMessage:
    """An internal note; it never leaves the desk. Possible on ended tickets too.

    Whom it names with @username learns of it.
    """
    ticket = lock(ticket_id)
    if said := _said_before(ticket, client_token):
        return said
    written = SupportMessage.objects.create(
        ticket=ticket,
        sender_type=SenderType.NOTE,
        sender_name=actor.name,
        author=actor.user,
        message=text,
        client_token=client_token,
    )
    mention(ticket, written, actor)
    return written


def _said_before(ticket: SupportTicket, client_token: UUID | None) -> SupportMessage | None:
    if client_token is None:
        return None
    return ticket.messages.filter(client_token=client_token).first()


def refuse_unless_answerable(ticket: SupportTicket) -> None:
    """Raises ChatClosed or WindowClosed."""
    if not ticket.is_open:
        raise ChatClosed
    if not ticket.contact.window_is_open():
        raise WindowClosed


def _signed(actor: Actor, caption: str) -> str:
    """`caption` as the student reads it; one that leaves no room for who says it, as it is."""
    signed = f"{_signature(actor)}: {caption}"
    return signed if caption and length(signed) <= CAPTION else caption


def _signature(actor: Actor) -> str:
    return f"🎧 {actor.name}" if settings.SUPPORT_SHOW_AGENT_NAME else TEAM


def bubble_of(
    ticket: SupportTicket,
    actor: Actor,
    text: str,
    wire: Message,
    client_token: UUID | None = None,
) -> SupportMessage:
    """What the team sent as `wire`, in the thread."""
    return SupportMessage.objects.create(
        ticket=ticket,
        sender_type=SenderType.ADMIN,
        sender_name=actor.name,
        author=actor.user,
        message=text,
        wire=wire,
        client_token=client_token,
    )


def answered(ticket: SupportTicket, actor: Actor, words: str) -> None:
    """The first answer puts the ticket in progress; whoever gives it has the ticket.

    That is one act of the history, "answered"; further answers are in the thread.
    """
    now: datetime = timezone.now()
    ticket.first_response_at = ticket.first_response_at or now
    is_first = ticket.status != TicketStatus.IN_PROGRESS or ticket.assigned_admin_id is None
    if ticket.assigned_admin_id is None:
        ticket.assigned_admin = actor.user
        ticket.assigned_at = now
    ticket.status = TicketStatus.IN_PROGRESS
    ticket.waiting_since = None
    ticket.last_message_at = now
    ticket.last_words = shorten(words, LAST_WORDS)
    ticket.save()
    if is_first:
        history.record(ticket, EventKind.ANSWERED, actor)
    lanes.wake(ticket.contact_id)
