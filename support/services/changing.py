"""Who has a ticket, how urgent it is, what it is about."""

from django.contrib.auth.models import User
from django.utils import timezone

from support.models import Category, EventKind, Priority, SupportTicket, TicketStatus
from support.services import history
from support.services.actor import Actor, name_of
from support.services.ending import end, reopen
from support.services.locking import lock
from whatsapp.transactions import unit_of_work


@unit_of_work
def assign(ticket_id: int, actor: Actor, to: User | None) -> SupportTicket:
    """Give the ticket to somebody, or release it (None)."""
    ticket = lock(ticket_id)
    before = ticket.assigned_admin
    if before != to:
        ticket.assigned_admin = to
        ticket.assigned_at = timezone.now() if to else None
        ticket.save(update_fields=["assigned_admin", "assigned_at", "updated_at"])
        history.record(
            ticket,
            EventKind.ASSIGNED,
            actor,
            before=name_of(before),
            after=name_of(to),
            people=(before, to),
        )
    return ticket


@unit_of_work
def set_priority(ticket_id: int, actor: Actor, priority: str) -> SupportTicket:
    ticket = lock(ticket_id)
    before, ticket.priority = ticket.priority, Priority(priority)
    if before != ticket.priority:
        ticket.save(update_fields=["priority", "updated_at"])
        history.record(ticket, EventKind.PRIORITY, actor, before=before, after=ticket.priority)
    return ticket


@unit_of_work
def set_category(ticket_id: int, actor: Actor, category: Category | None) -> SupportTicket:
    ticket = lock(ticket_id)
    before, ticket.category = ticket.category, category
    if before != category:
        ticket.save(update_fields=["category", "updated_at"])
        history.record(
            ticket, EventKind.CATEGORY, actor, before=str(before or ""), after=str(category or "")
        )
    return ticket


@unit_of_work
def set_status(ticket_id: int, actor: Actor, status: str) -> SupportTicket:
    """Move the ticket to `status`: ending or reopening the chat where that is what it means.

    Raises AlreadyOpen if it would be the contact's second open ticket.
    """
    ticket = lock(ticket_id)
    wanted = TicketStatus(status)
    if ticket.status == wanted:
        return ticket
    if wanted in (TicketStatus.RESOLVED, TicketStatus.CLOSED):
        return _finish(ticket, actor, wanted)
    if not ticket.is_open:
        ticket = reopen(ticket_id, actor)
    return _move(ticket, actor, wanted)


def _finish(ticket: SupportTicket, actor: Actor, wanted: TicketStatus) -> SupportTicket:
    """End the chat, or put an ended ticket from resolved to closed or back."""
    if ticket.is_open:
        return end(ticket.pk, actor, status=wanted)
    ticket.resolved_at = ticket.closed_at if wanted == TicketStatus.RESOLVED else None
    return _move(ticket, actor, wanted)


def _move(ticket: SupportTicket, actor: Actor, wanted: TicketStatus) -> SupportTicket:
    before, ticket.status = ticket.status, wanted
    if before != wanted:
        ticket.save()
        history.record(ticket, EventKind.STATUS, actor, before=before, after=wanted)
    return ticket
