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
    page: dict[str, Any] = paging.page("messages", shown(of), first)
    newest = sorted(page["messages"], key=lambda bubble: (bubble.created_at, bubble.pk))
    # Beside the ticket's own fields, where Django puts what `to_attr` names.
    of.newest, of.messages_next = newest, page["next"]  # type: ignore[attr-defined]
    return of
