"""Tickets of two contacts that turn out to be one."""

from support import events
from support.models import (
    ScheduledReply,
    SupportMessage,
    SupportTicket,
    TicketStatus,
    search,
)
from support.services.actor import BOT
from support.services.ending import close_locked
from whatsapp.models import Contact


def move_tickets(*, keep: Contact, gone: Contact) -> None:
    """Give `keep` the tickets of `gone`; if both have an open one, the older thread goes on.

    The caller has locked both contacts.
    """
    ours = SupportTicket.objects.filter(open_for=keep).first()
    theirs = SupportTicket.objects.filter(open_for=gone).first()
    if ours and theirs:
        SupportMessage.objects.filter(ticket=theirs).update(ticket=ours)
        ScheduledReply.objects.filter(ticket=theirs).update(ticket=ours)
        search.move(theirs.pk, ours.pk)
        SupportTicket.objects.filter(pk=ours.pk).update(
            unread_count=ours.unread_count + theirs.unread_count,
            waiting_since=ours.waiting_since or theirs.waiting_since,
        )
        close_locked(theirs, TicketStatus.CLOSED, BOT)
    elif theirs:
        SupportTicket.objects.filter(pk=theirs.pk).update(open_for=keep)
    SupportTicket.objects.filter(contact=gone).update(contact=keep)
    events.move(keep=keep, gone=gone)
