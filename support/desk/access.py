"""Who asks for what: the person, the ticket, and how much of it."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from support import queries, services
from support.desk import pages
from support.models import SupportTicket
from whatsapp.text import whole_number


def user_with(request: HttpRequest, permission: str) -> User:
    """Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(permission):
        raise PermissionDenied
    return user


def ticket_for(request: HttpRequest, ticket_id: int, permission: str) -> SupportTicket:
    """Raises PermissionDenied or Http404."""
    tickets = queries.visible_to(user_with(request, permission))
    ticket = queries.with_people(tickets).filter(pk=ticket_id).first()
    if ticket is None:
        raise Http404("There is no such ticket.")
    return ticket


def number(request: HttpRequest, name: str) -> int:
    """A number from the address, 0 if there is none."""
    return whole_number(request.GET.get(name, ""))


def message_limit(request: HttpRequest) -> int:
    """How many messages to show; a page that was asked for more keeps them while it polls."""
    return min(max(number(request, "show"), pages.PAGE), pages.MOST)


def mark_seen(request: HttpRequest, ticket: SupportTicket) -> None:
    """What `ticket` tells the user is read. Of the student's words, only by who could answer them:
    a visitor must not hide new words from them.
    """
    user = user_with(request, queries.VIEW)
    services.mark_mentions_seen(ticket.pk, user)
    if user.has_perm(queries.REPLY):
        services.mark_seen(ticket)


def is_partial(request: HttpRequest) -> bool:
    """Whether the open desk asks, not a browser for a whole page."""
    return bool(request.headers.get("HX-Request"))
