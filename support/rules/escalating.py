"""What happens when a target is close, or missed. The caller holds the ticket."""

from datetime import datetime

from django.contrib.auth.models import User

from support import mail, queries
from support.models import (
    DeskRules,
    EventKind,
    LevelNotice,
    Priority,
    SenderType,
    SupportMessage,
    SupportTicket,
)
from support.services import history
from support.services.changing import set_priority
from support.services.snoozing import RULES, as_read

NEXT = dict(zip(Priority.values, Priority.values[1:], strict=False))


def warn(ticket: SupportTicket, notice: LevelNotice, due_at: datetime) -> None:
    """Tell who has the ticket, or the leads if nobody has it."""
    target = notice.get_target_display()
    people = [ticket.assigned_admin] if ticket.assigned_admin else list(queries.leads())
    _tell(people, ticket, notice, f"Ticket {ticket.pk}: {target} is due at {as_read(due_at)}")


def escalate(rules: DeskRules, ticket: SupportTicket, notice: LevelNotice) -> None:
    """In the history always; priority, note by the rules; e-mail to leads and who has it."""
    target = notice.get_target_display()
    sentence = f"Ticket {ticket.pk}: the target for the {target} was missed"
    history.record(ticket, EventKind.BREACHED, RULES, after=target)
    if rules.breach_raises_priority and ticket.priority in NEXT:
        set_priority(ticket.pk, RULES, NEXT[ticket.priority])
    if rules.breach_leaves_note:
        SupportMessage.objects.create(
            ticket=ticket,
            sender_type=SenderType.NOTE,
            sender_name=RULES.name,
            message=f"The target for the {target} was missed.",
        )
    people = {user.pk: user for user in queries.leads()}
    if ticket.assigned_admin:
        people[ticket.assigned_admin.pk] = ticket.assigned_admin
    _tell(list(people.values()), ticket, notice, sentence)


def _tell(people: list[User], ticket: SupportTicket, notice: LevelNotice, sentence: str) -> None:
    mail.queue(
        people,
        key=f"level:{notice.pk}",
        wants="mail_levels",
        subject=sentence,
        body=f"{sentence}.\n\n{mail.link(ticket)}",
    )
