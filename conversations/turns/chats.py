"""The person's chats with the team: the open one, and those that have ended."""

from django.conf import settings
from django.utils import timezone

from conversations import catalogues, intents
from conversations.intents import Intent
from conversations.states import WAITING
from conversations.talks import Talk
from conversations.turn import Chat, Request
from conversations.turns import hearing
from support.models import EventKind, SupportTicket, TicketEvent
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.text import shorten

RECENT_REQUESTS = 5
REQUEST_WORDS = 60  # characters of a request's first words
ABOUT_WORDS = 200  # of what the team opened a chat about
GOES_ON_WITH = frozenset({Kind.TEXT, Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.DOCUMENT})


def open_chat(talk: Talk) -> Chat | None:
    if talk.ticket is None:
        return None
    last = talk.ticket.receipt_sent_at
    due = last is None or last <= timezone.now() - settings.SUPPORT_RECEIPT_EVERY
    described = bool(talk.ticket.issue_description)
    about = _untold(talk.ticket) if described and last is None else ""
    return Chat(talk.ticket.pk, described, receipt_due=due, about=about)


def requests(talk: Talk, message: Message) -> tuple[Request, ...]:
    """The contact's last tickets, where they are asked for or one is to be reopened."""
    reopens = intents.split_choice(message.choice_id)[0] == "reopen"
    if talk.ticket or not (reopens or hearing.command(message) is Intent.REQUESTS):
        return ()
    statuses = catalogues.of(talk.contact.language).terms.requests
    return tuple(
        Request(ticket.pk, _first_words(ticket, REQUEST_WORDS), statuses[ticket.status])
        for ticket in talk.contact.tickets.all()[:RECENT_REQUESTS]
    )


def resolved_chat(talk: Talk, message: Message) -> int | None:
    """The ticket that a message belongs to because the team resolved it moments ago."""
    can_go_on = message.kind in GOES_ON_WITH and talk.state not in WAITING
    return talk.resolved_ticket_id if can_go_on and talk.ticket is None else None


def _untold(ticket: SupportTicket) -> str:
    """What somebody of the team, or another system, opened the ticket about."""
    events = TicketEvent.objects.filter(ticket=ticket, kind=EventKind.OPENED)
    by_team = events.exclude(actor=None).exists()
    return _first_words(ticket, ABOUT_WORDS) if by_team else ""


def _first_words(ticket: SupportTicket, most: int) -> str:
    return shorten(" ".join(ticket.issue_description.split()), most)
