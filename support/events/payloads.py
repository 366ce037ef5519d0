"""What events say: tickets and messages in the words of the REST API."""

from typing import Any

from support.api.delivery import delivery_of
from support.api.ticket_fields import TicketSerializer
from support.models import SupportTicket, TicketEvent
from whatsapp.models import Message
from whatsapp.models.message import Author, Direction

DIRECTIONS = {Direction.INBOUND: "inbound", Direction.OUTBOUND: "outbound"}
AUTHORS = {Author.CONTACT: "student", Author.BOT: "bot", Author.AGENT: "agent"}


def of_ticket(ticket: SupportTicket, act: TicketEvent) -> dict[str, Any]:
    """The ticket after the act, and the act."""
    change = {
        "kind": act.kind,
        "by": act.actor_name,
        "by_user_id": act.actor_id,
        "before": act.before,
        "after": act.after,
    }
    return {"ticket": dict(TicketSerializer(ticket).data), "change": change}


def of_rating(ticket: SupportTicket, act: TicketEvent) -> dict[str, Any]:
    return of_ticket(ticket, act) | {"rating": ticket.rating, "comment": ticket.rating_comment}


def of_message(message: Message) -> dict[str, Any]:
    """The message as it is in the database, so that texts WhatsApp allows survive JSON."""
    return {
        "message": {
            "id": message.pk,
            "phone_number": message.contact.phone or None,
            "direction": DIRECTIONS[Direction(message.direction)],
            "author": AUTHORS[Author(message.author)],
            "kind": message.kind,
            "text": message.text,
            "choice_id": message.choice_id or None,
            "wamid": message.wamid or None,
            "reply_to_id": message.reply_to_id,
            "created_at": message.occurred_at.isoformat().replace("+00:00", "Z"),
            "delivery": delivery_of(message),
        }
    }
