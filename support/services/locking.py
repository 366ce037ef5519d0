"""Taking hold of a ticket: the lane first, then the ticket, as everywhere."""

from django.db.models import Subquery

from support.models import SupportTicket
from whatsapp import lanes
from whatsapp.models import Contact


def lock(ticket_id: int) -> SupportTicket:
    """The ticket, with its contact locked until the transaction ends.

    Raises SupportTicket.DoesNotExist.
    """
    theirs = SupportTicket.objects.filter(pk=ticket_id).values("contact_id")
    try:
        contact = lanes.lock(Subquery(theirs))  # the subquery itself locks nothing
    except Contact.DoesNotExist as error:
        raise SupportTicket.DoesNotExist from error
    ticket = SupportTicket.objects.select_for_update().get(pk=ticket_id)
    ticket.contact = contact
    return ticket
