"""Taking a ticket and giving it back, for agents who may not decide for others."""

from support.models import SupportTicket
from support.services.actor import Actor, name_of
from support.services.changing import assign
from support.services.errors import ServiceError
from support.services.locking import lock
from whatsapp.transactions import unit_of_work


@unit_of_work
def take(ticket_id: int, actor: Actor) -> SupportTicket:
    """Take a ticket that nobody has. Raises ServiceError if a colleague was quicker."""
    _refuse_of_colleague(lock(ticket_id), actor)
    return assign(ticket_id, actor, actor.user)


@unit_of_work
def release(ticket_id: int, actor: Actor) -> SupportTicket:
    """Give back one's own ticket. Raises ServiceError if it is a colleague's."""
    _refuse_of_colleague(lock(ticket_id), actor)
    return assign(ticket_id, actor, None)


def _refuse_of_colleague(ticket: SupportTicket, actor: Actor) -> None:
    owner = ticket.assigned_admin
    if owner is not None and owner != actor.user:
        raise ServiceError(
            f"{name_of(owner)} has this ticket. A lead can give it to somebody else."
        )
