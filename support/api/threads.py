"""Reading and finding the messages of a ticket."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from support import queries
from support.api import paging
from support.api.serializers import SHOWN_SENDERS
from support.models import SenderType, SupportMessage, SupportTicket

SHOWN = 100  # messages that come with a ticket
LOADED = ("wire__media", "wire__reply_to__support_message")


def ticket(request: Request, ticket_id: int) -> SupportTicket:
    """A ticket that the caller may see. Raises Http404."""
    tickets = queries.visible_to(request.user).select_related("category")
    return get_object_or_404(tickets, pk=ticket_id)


def message(of: SupportTicket, message_id: int) -> SupportMessage:
    """A message of the ticket that went over WhatsApp. Raises Http404."""
    return get_object_or_404(shown(of).filter(wire__isnull=False), pk=message_id)


def quoted(of: SupportTicket, message_id: int | None) -> SupportMessage | None:
    """The message to quote, if any. Raises ValidationError if it cannot be quoted."""
    if message_id is None:
        return None
    found = shown(of).filter(pk=message_id, wire__isnull=False).first()
    if found is None:
        sentence = "No WhatsApp message of this ticket has this id."
        raise ValidationError({"quoted_message_id": [sentence]})
    return found


def shown(of: SupportTicket) -> QuerySet[SupportMessage]:
    """What was said in the thread, without notes."""
    return of.messages.filter(sender_type__in=SHOWN_SENDERS).select_related(*LOADED)


def notes(of: SupportTicket) -> QuerySet[SupportMessage]:
    return of.messages.filter(sender_type=SenderType.NOTE)


def with_newest(of: SupportTicket) -> SupportTicket:
    """The ticket as TicketWithMessagesSerializer wants it: one query, however long the thread."""
    first = {"cursor": "", "skip": 0, "limit": SHOWN}
    newest: dict[str, Any] = paging.page("messages", shown(of), first)
    in_order = sorted(newest["messages"], key=lambda bubble: (bubble.created_at, bubble.pk))
    return _Shown(of, in_order, newest["next"])  # type: ignore[return-value]


class _Shown:
    """A ticket with the messages of its first page in the place of all of them."""

    def __init__(self, of: SupportTicket, messages: list[SupportMessage], after: str | None):
        self.ticket, self.messages, self.messages_next = of, messages, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self.ticket, name)
