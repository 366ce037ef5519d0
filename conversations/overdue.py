"""Which open chats need a word. Each function is one query, asked by the sweep for all tickets
and once more for one ticket in its lane.

A chat is left alone while something waits in its lane, which may settle the matter. Students who
have opted out, or whose 24 hours of WhatsApp are over, are told nothing.

`version` is the moment that a notice is about; what was said for one version is not said again.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Greatest

from conversations.models import ChatNotice
from support.models import SupportTicket, TicketStatus
from support.models.ticket import OPEN_STATUSES
from whatsapp.models import Message
from whatsapp.models.contact import CUSTOMER_SERVICE_WINDOW, WINDOW_MARGIN
from whatsapp.models.message import Direction, Status

Tickets = QuerySet[SupportTicket]
Kind = ChatNotice.Kind


def unanswered(now: datetime) -> Tickets:
    """The student has waited for SUPPORT_STILL_ON_IT_AFTER; `version` is when the wait began."""
    since = now - settings.SUPPORT_STILL_ON_IT_AFTER
    waiting = _open().filter(waiting_since__lte=since).annotate(version=F("waiting_since"))
    return _untold(_reachable(waiting, now), Kind.STILL_ON_IT)


def window_ends(now: datetime) -> Tickets:
    """The student waits, and the 24 hours end within SUPPORT_WINDOW_REMINDER."""
    wrote_before = now - CUSTOMER_SERVICE_WINDOW + settings.SUPPORT_WINDOW_REMINDER
    waiting = (
        _open()
        .filter(waiting_since__isnull=False, contact__last_inbound_at__lte=wrote_before)
        .annotate(version=F("contact__last_inbound_at"))
    )
    return _untold(_reachable(waiting, now), Kind.WINDOW)


def idle(now: datetime) -> Tickets:
    """The student has been silent for SUPPORT_IDLE_WARNING after an answer."""
    silent = _silent_since(now - settings.SUPPORT_IDLE_WARNING)
    return _untold(_reachable(silent, now), Kind.IDLE)


def to_be_closed(now: datetime) -> Tickets:
    """The student was warned SUPPORT_IDLE_CLOSE ago and has been silent since."""
    warned = ChatNotice.objects.filter(
        ticket=OuterRef("pk"),
        kind=Kind.IDLE,
        version=OuterRef("version"),
        sent_at__lte=now - settings.SUPPORT_IDLE_CLOSE,
    )
    return _silent_since(now - settings.SUPPORT_IDLE_CLOSE).filter(Exists(warned))


def _open() -> Tickets:
    in_lane = Message.objects.filter(
        contact=OuterRef("contact"), direction=Direction.INBOUND, status=Status.WAITING
    )
    return SupportTicket.objects.filter(~Exists(in_lane), status__in=OPEN_STATUSES)


def _silent_since(moment: datetime) -> Tickets:
    """Answered tickets whose student has sent nothing since `moment`, not even a tap on a button.

    `version` is when the last message of either side came. Uses the index ticket_queue.
    """
    answered = _open().filter(
        status=TicketStatus.IN_PROGRESS, waiting_since=None, last_message_at__lte=moment
    )
    last = Greatest("last_message_at", "contact__last_inbound_at")
    return answered.annotate(version=last).filter(version__lte=moment)


def _reachable(tickets: Tickets, now: datetime) -> Tickets:
    window_began = now - CUSTOMER_SERVICE_WINDOW + WINDOW_MARGIN
    return tickets.filter(contact__opted_out_at=None, contact__last_inbound_at__gt=window_began)


def _untold(tickets: Tickets, kind: Kind) -> Tickets:
    told = ChatNotice.objects.filter(ticket=OuterRef("pk"), kind=kind, version=OuterRef("version"))
    return tickets.filter(~Exists(told))
