"""What an agent decides about a message that did not go through, or of which nobody knows."""

from support.models import EventKind, SupportMessage
from support.services import history
from support.services.actor import Actor
from support.services.errors import ChatClosed, ServiceError, WindowClosed
from support.services.locking import lock
from whatsapp import outbox
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.text import shorten
from whatsapp.transactions import unit_of_work

WORDS = 60


@unit_of_work
def send_again(message: SupportMessage, actor: Actor) -> None:
    """Send a failed or unconfirmed message once more, as the same bubble.

    Raises ChatClosed, WindowClosed, or ServiceError if it is neither (a colleague was quicker).
    """
    ticket = lock(message.ticket_id)
    if not ticket.is_open:
        raise ChatClosed
    wire = _wire(message)
    if wire.kind != Kind.TEMPLATE and not ticket.contact.window_is_open():
        raise WindowClosed
    if not outbox.send_again(wire):
        raise ServiceError("This message is on its way already.")
    history.record(ticket, EventKind.RESENT, actor, after=shorten(message.message, WORDS))


@unit_of_work
def confirm_arrival(message: SupportMessage, actor: Actor) -> None:
    """The agent knows that an unconfirmed message arrived: it is not sent again.

    Raises ServiceError if it is no longer unconfirmed.
    """
    ticket = lock(message.ticket_id)
    if not outbox.settle(_wire(message)):
        raise ServiceError("This message is settled already.")
    history.record(ticket, EventKind.SETTLED, actor, after=shorten(message.message, WORDS))


def _wire(message: SupportMessage) -> Message:
    if message.wire is None:
        raise ServiceError("A note is never sent.")
    return message.wire
