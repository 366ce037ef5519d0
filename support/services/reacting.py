"""The team's reaction to a message: one emoji, as WhatsApp shows it on the bubble."""

from datetime import timedelta

from django.utils import timezone

from support.models import SenderType, SupportMessage, SupportTicket
from support.services.actor import Actor
from support.services.answering import bubble_of, refuse_unless_answerable
from support.services.errors import ServiceError
from support.services.locking import lock
from whatsapp import lanes, outbox
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.models.message import NOT_DELIVERED, Author
from whatsapp.outgoing import Reaction
from whatsapp.transactions import unit_of_work

TAKES_REACTIONS_FOR = timedelta(days=30)  # source: Meta's reference, "Reaction messages"


@unit_of_work
def react(ticket_id: int, actor: Actor, message: SupportMessage, emoji: str) -> None:
    """Put `emoji` on a message of the thread in place of the team's last one; "" takes it back.

    It is no answer: the student goes on waiting for one. What changes nothing is not sent.
    Raises ChatClosed, WindowClosed, MessageInvalid for what is no emoji, or ServiceError for
    what takes no reaction.
    """
    ticket = lock(ticket_id)
    refuse_unless_answerable(ticket)
    target = _target(ticket, message)
    if emoji == _present(ticket, target):
        return
    reaction = Reaction(target.wamid, emoji)
    [wire] = outbox.queue(ticket.contact, reaction, author=Author.AGENT, reply_to=target)
    bubble_of(ticket, actor, emoji, wire)
    lanes.wake(ticket.contact_id)


def _target(ticket: SupportTicket, message: SupportMessage) -> Message:
    wire = message.wire
    if message.ticket_id != ticket.pk or wire is None or not wire.wamid:
        raise ServiceError("Only a message that went through WhatsApp takes a reaction.")
    if wire.kind == Kind.REACTION:
        raise ServiceError("A reaction takes no reaction.")
    if wire.occurred_at < timezone.now() - TAKES_REACTIONS_FOR:
        raise ServiceError("WhatsApp takes reactions to messages of the last 30 days only.")
    return wire


def _present(ticket: SupportTicket, target: Message) -> str:
    """What the team has on it now, as far as it went out; empty if nothing."""
    ours = ticket.messages.filter(
        sender_type=SenderType.ADMIN, wire__kind=Kind.REACTION, wire__reply_to=target
    ).exclude(wire__status__in=NOT_DELIVERED)
    return str(ours.order_by("-id").values_list("message", flat=True).first() or "")
