"""Looking after open chats: who waits, who is next, who has fallen silent, whose time runs out.

The sweep finds what may be due with a fixed number of queries. Each chat is then one unit of
work in its lane, which asks again: whatever the student or an agent did meanwhile counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone

from conversations import overdue, speaking, turns
from conversations.flows import care, pages, support
from conversations.intents import is_greeting
from conversations.models import ChatNotice
from conversations.states import State
from conversations.step import Step
from conversations.talks import Talk
from support import hours, services
from support.models import SupportTicket, TicketStatus
from whatsapp import lanes
from whatsapp.guard import each
from whatsapp.models import Contact
from whatsapp.transactions import unit_of_work

BATCH = 200
Act = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Notice:
    kind: ChatNotice.Kind
    due: Callable[[datetime], overdue.Tickets]
    step: Callable[[], Step]


STILL_ON_IT = Notice(ChatNotice.Kind.STILL_ON_IT, overdue.unanswered, care.still_on_it)
WINDOW = Notice(ChatNotice.Kind.WINDOW, overdue.window_ends, care.window_reminder)
IDLE = Notice(
    ChatNotice.Kind.IDLE, overdue.idle, lambda: care.idle_warning(settings.SUPPORT_IDLE_CLOSE)
)


def sweep() -> int:
    """Do what is due now; in how many chats something was done."""
    now = timezone.now()
    done = 0
    if settings.SUPPORT_IDLE_WARNING and settings.SUPPORT_IDLE_CLOSE:
        done += _each(overdue.to_be_closed(now), _close) + _tell_all(IDLE, now)
    if settings.SUPPORT_WINDOW_REMINDER:
        done += _tell_all(WINDOW, now)
    return done + _while_open(now)


def _while_open(now: datetime) -> int:
    """Do what is said only while the desk is open; in how many chats something was done.

    "Still on it" also needs a desk that was open when the wait began to count: a student who wrote
    at night is not told so the moment the desk opens.
    """
    opening_hours = services.opening_hours()

    def was_open(moment: datetime) -> bool:
        return hours.is_open(timezone.localtime(moment), *opening_hours)

    if not was_open(now):
        return 0
    done = each(_became_first(), _tell_next)
    after = settings.SUPPORT_STILL_ON_IT_AFTER
    if after and was_open(now - after):
        done += _tell_all(STILL_ON_IT, now)
    return done


def _tell_all(notice: Notice, now: datetime) -> int:
    return _each(notice.due(now), partial(_tell, notice))


def _each(tickets: overdue.Tickets, act: Act) -> int:
    # Unsorted: sorting by id would tempt MySQL to walk through all tickets ever.
    return each(list(tickets.order_by().values_list("pk", flat=True)[:BATCH]), act)


@unit_of_work
def _tell(notice: Notice, ticket_id: int) -> bool:
    """Tell the student, if it is still due; once for each version (see `ChatNotice`)."""
    contact = services.lock(ticket_id).contact
    ticket: Any = notice.due(timezone.now()).filter(pk=ticket_id).first()
    if ticket is None:
        return False
    ChatNotice.objects.create(ticket=ticket, kind=notice.kind, version=ticket.version)
    if notice is STILL_ON_IT and _asked_nothing(ticket):
        return False
    step = notice.step()
    _say(contact, step)
    if step.draft:
        talk = Talk.of(contact.pk)
        kept = pages.begun(talk.conversation.draft)
        talk.conversation.draft = {}  # asked anew, even if it was asked before
        talk.move(replace(step, draft={**kept, **step.draft}))
    return True


def _asked_nothing(ticket: SupportTicket) -> bool:
    """Whether the student only said something like "thank you" after an answer."""
    return ticket.status == TicketStatus.IN_PROGRESS and is_greeting(ticket.last_words)


def _became_first() -> list[int]:
    """The first ticket of the queue, if its student was told a later place."""
    head = services.next_in_queue()
    return [head.pk] if head and (head.queue_place_told or 0) > 1 else []


@unit_of_work
def _tell_next(ticket_id: int) -> bool:
    """Tell "you are next", if the ticket is still first and its student was told a later place."""
    ticket = services.lock(ticket_id)
    if services.next_in_queue() != ticket or not services.tell_next(ticket):
        return False
    if not _may_be_told(ticket.contact):
        return False
    _say(ticket.contact, care.next_in_queue())
    return True


@unit_of_work
def _close(ticket_id: int) -> bool:
    """End the chat as always, if nothing has happened since the warning."""
    ticket = services.lock(ticket_id)
    if not overdue.to_be_closed(timezone.now()).filter(pk=ticket_id).exists():
        return False
    services.end_by_bot(ticket_id)
    talk = Talk.of(ticket.contact_id)
    step = support.closing(
        turns.person(talk),
        talk.conversation.draft,
        ticket_id,
        None,
        by_agent=False,
        bot_name=settings.BOT_NAME,
    )
    talk.move(step)
    if _may_be_told(talk.contact):
        _say(talk.contact, step)
    return True


def _may_be_told(contact: Contact) -> bool:
    return contact.opted_out_at is None and contact.window_is_open()


def _say(contact: Contact, step: Step) -> None:
    reason = {"before": State.CHAT_SUPPORT_ACTIVE.value, "after": step.state.value}
    speaking.say(contact, step, {}, reason)
    lanes.wake(contact.pk)
