"""Phone numbers: showing a masked one, on record, and asking for a hidden one."""

from support.models import EventKind, SupportMessage
from support.services import history
from support.services.actor import Actor
from support.services.answering import answered, bubble_of, refuse_unless_answerable
from support.services.errors import ServiceError
from support.services.locking import lock
from whatsapp import outbox
from whatsapp.hooks import resolve
from whatsapp.models.message import Author
from whatsapp.outgoing import NumberRequest
from whatsapp.transactions import unit_of_work


@unit_of_work
def reveal_number(ticket_id: int, actor: Actor) -> str:
    """The whole number of the ticket's student; that `actor` saw it stays in the history."""
    ticket = lock(ticket_id)
    history.record(ticket, EventKind.REVEALED, actor)
    return ticket.present_number


@unit_of_work
def ask_for_number(ticket_id: int, actor: Actor) -> SupportMessage:
    """Ask a student who hides it for the phone number, in the student's language.

    What is shared is linked when it arrives. Raises ChatClosed, WindowClosed, or ServiceError if
    the number is known.
    """
    ticket = lock(ticket_id)
    refuse_unless_answerable(ticket)
    if ticket.contact.phone:
        raise ServiceError("The phone number of this student is known already.")
    words: str = resolve("SUPPORT_SENTENCE_PROVIDER")(ticket.contact, "ask_number", {})
    [wire] = outbox.queue(ticket.contact, NumberRequest(words), author=Author.AGENT)
    bubble = bubble_of(ticket, actor, words, wire, None)
    answered(ticket, actor, words)
    return bubble
