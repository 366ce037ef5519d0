"""Opening and changing tickets as integrators ask for it."""

from typing import Any

from rest_framework.exceptions import ValidationError

from support import people, profiles, services
from support.api.fields import CONTACT
from support.api.people import find
from support.models import SupportTicket
from support.services import Actor
from whatsapp.transactions import unit_of_work


def open_ticket(actor: Actor, new: dict[str, Any]) -> SupportTicket:
    """A ticket for this person, who is made known first if it is an unknown phone number.

    Raises AlreadyOpen, or ValidationError for the id of nobody.
    """
    person, name = new["phone_number"], new["sender_name"]
    contact = find(person)
    if contact is None and CONTACT.fullmatch(person):
        raise ValidationError({"phone_number": ["There is no contact with this id."]})
    student_id = profiles.of_contact(contact).student_id if contact else None
    return services.open_ticket(
        contact or people.make(person, name),
        actor,
        sender_name=name,
        student_id=student_id,
        issue_description=new["issue_description"],
        priority=new.get("priority"),
    )


@unit_of_work
def change(ticket_id: int, actor: Actor, changes: dict[str, Any]) -> None:
    """Make all `changes` or none; the status comes last, because it may end the chat.

    Raises AlreadyOpen.
    """
    if "priority" in changes:
        services.set_priority(ticket_id, actor, changes["priority"])
    if "category" in changes:
        services.set_category(ticket_id, actor, changes["category"])
    if "assigned_admin_id" in changes:
        services.assign(ticket_id, actor, changes["assigned_admin_id"])
    if "status" in changes:
        services.set_status(ticket_id, actor, changes["status"])
