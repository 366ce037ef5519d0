"""Answers planned for later. They become answers when their time has come, by the rules of then."""

from datetime import datetime, timedelta

from django.utils import timezone

from support import mail, queries
from support.models import EventKind, ScheduledReply, SenderType, SupportMessage, SupportTicket
from support.services import history
from support.services.actor import Actor
from support.services.answering import reply
from support.services.changing import assign
from support.services.errors import REFUSALS, AuthorGone, ChatClosed, ServiceError
from support.services.locking import lock
from support.services.snoozing import RULES, as_read, wake
from whatsapp.outgoing import MessageInvalid
from whatsapp.text import shorten
from whatsapp.transactions import unit_of_work

WORDS = 60
BATCH = 200
State = ScheduledReply.State


@unit_of_work
def send_later(ticket_id: int, actor: Actor, text: str, at: datetime) -> ScheduledReply:
    """Plan an answer. Whether it may be sent is asked then; if not, `actor` is told.

    Raises ChatClosed, ServiceError for a time that has passed, MessageInvalid for no text.
    """
    ticket = lock(ticket_id)
    if not ticket.is_open:
        raise ChatClosed
    _check(text, at)
    planned = ScheduledReply.objects.create(
        ticket=ticket, author=actor.user, author_name=actor.name, text=text, send_at=at
    )
    _show(ticket)
    history.record(ticket, EventKind.SCHEDULED, actor, after=as_read(at))
    return planned


@unit_of_work
def change_planned(planned: ScheduledReply, actor: Actor, text: str, at: datetime) -> None:
    """Other words, which are then `actor`'s, or another time.

    Whoever touches the answer of somebody who no longer answers here takes it over. Raises as
    `send_later`; ServiceError if it has been sent.
    """
    ticket = lock(planned.ticket_id)
    row = _waiting(planned)
    _check(text, at)
    takes_over = text != row.text or not queries.has_author(row)
    whose = {"author": actor.user, "author_name": actor.name} if takes_over else {}
    ScheduledReply.objects.filter(pk=row.pk).update(text=text, send_at=at, **whose)
    _show(ticket)
    before, after = as_read(row.send_at), as_read(at)  # the desk's form knows no seconds
    if before == after:
        history.record(ticket, EventKind.REWORDED, actor, after=after)
    else:
        history.record(ticket, EventKind.SCHEDULED, actor, before=before, after=after)


@unit_of_work
def cancel_planned(planned: ScheduledReply, actor: Actor) -> str:
    """Do not send it; its text. Raises ServiceError if it has been sent."""
    ticket = lock(planned.ticket_id)
    row = _waiting(planned)
    ScheduledReply.objects.filter(pk=row.pk).update(state=State.CANCELLED)
    _show(ticket)
    history.record(ticket, EventKind.UNPLANNED, actor, after=shorten(row.text, WORDS))
    return row.text


@unit_of_work
def send_planned_now(
    planned: ScheduledReply, actor: Actor, text: str, *, after: timedelta | None = None
) -> SupportMessage:
    """Do not wait for its time: `actor` answers with `text`. Raises as `reply`.

    ServiceError if it has been sent or cancelled.
    """
    ticket = lock(planned.ticket_id)
    row = _waiting(planned)
    message = reply(ticket.pk, actor, text, after=after)
    whose = {"author": actor.user, "author_name": actor.name}
    sent = {"state": State.SENT, "text": text, "message": message}
    ScheduledReply.objects.filter(pk=row.pk).update(**sent, **whose)
    return message


def planned_due() -> list[int]:
    """What is to be sent now, along the index scheduledreply_due."""
    due = ScheduledReply.objects.filter(state=State.WAITING, send_at__lte=timezone.now())
    return list(due.order_by("send_at").values_list("pk", flat=True)[:BATCH])


@unit_of_work
def send_planned(planned_id: int) -> bool:
    """Send it as its author would now; if that is refused, say so. False if it is not due.

    Nothing goes out in the name of somebody who no longer answers here: such an answer becomes a
    note, and the ticket is everybody's again.
    """
    planned = ScheduledReply.objects.get(pk=planned_id)
    ticket = lock(planned.ticket_id)
    planned.refresh_from_db(fields=["state", "send_at", "text", "author", "author_name"])
    if planned.state != State.WAITING or planned.send_at > timezone.now():
        return False
    try:
        if not queries.has_author(planned):
            raise AuthorGone
        author = Actor(planned.author_name, planned.author)
        planned.message = reply(ticket.pk, author, planned.text)
        planned.state = State.SENT
    except REFUSALS as error:
        planned.state, planned.error = State.REFUSED, str(error)
        if isinstance(error, AuthorGone) and ticket.is_open:
            _hand_back(ticket, planned)
        _tell(ticket, planned)
    planned.save()
    return True


def _hand_back(ticket: SupportTicket, planned: ScheduledReply) -> None:
    """Put the ticket back into the queue: the student still waits for the answer."""
    wake(ticket.pk, RULES)
    if ticket.assigned_admin_id == planned.author_id:
        assign(ticket.pk, RULES, None)
    if ticket.waiting_since is None:
        now = timezone.now()
        SupportTicket.objects.filter(pk=ticket.pk).update(waiting_since=now, updated_at=now)
    ticket.refresh_from_db(fields=["assigned_admin", "waiting_since"])


def _show(ticket: SupportTicket) -> None:
    """Let open desks show the ticket anew."""
    ticket.save(update_fields=["updated_at"])


def _waiting(planned: ScheduledReply) -> ScheduledReply:
    """The row as it is now. Raises ServiceError if it no longer waits."""
    row = ScheduledReply.objects.filter(pk=planned.pk, state=State.WAITING).first()
    if row is None:
        raise ServiceError("This answer has been sent or cancelled already.")
    return row


def _check(text: str, at: datetime) -> None:
    if not text.strip():
        raise MessageInvalid("A text must not be empty.")
    if at <= timezone.now():
        raise ServiceError("Choose a time that lies ahead.")


def _tell(ticket: SupportTicket, planned: ScheduledReply) -> None:
    """A note in the thread, and an e-mail to whoever planned it; else to who has the ticket."""
    sentence = f"The answer planned for {as_read(planned.send_at)} was not sent. {planned.error}"
    SupportMessage.objects.create(
        ticket=ticket,
        sender_type=SenderType.NOTE,
        sender_name=RULES.name,
        message=f"{sentence}\n\n{planned.author_name} wanted to say:\n{planned.text}",
    )
    person = planned.author if queries.has_author(planned) else ticket.assigned_admin
    if person:
        mail.queue(
            [person],
            key=f"planned:{planned.pk}",
            subject=f"A planned answer in ticket {ticket.pk} was not sent",
            body=f"{sentence}\n\n{mail.link(ticket)}",
        )
