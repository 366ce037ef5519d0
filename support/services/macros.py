"""Macros and ready-made replies."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.utils import timezone

from support import filling, queries
from support.models import CannedReply, EventKind, Macro, SupportMessage, SupportTicket
from support.services import history
from support.services.actor import Actor, name_of
from support.services.answering import note, reply, reply_with_file
from support.services.changing import assign, set_category, set_priority, set_status
from support.services.errors import ServiceError
from support.services.locking import lock
from support.services.snoozing import snooze
from support.services.taking import take
from whatsapp.transactions import unit_of_work

GONE = "{} no longer answers here, so the ticket cannot be given. A lead can change the macro."
Step = Callable[[SupportTicket, Actor, Macro, timedelta | None], object]


def marks(ticket: SupportTicket, actor: Actor) -> dict[str, str]:
    """What the marks of ready-made words stand for (`support.filling`)."""
    names = ticket.sender_name.split()
    agent = actor.user.first_name if actor.user else ""
    return {
        "name": names[0] if names else "there",
        "full_name": ticket.sender_name or "there",
        "agent": agent or (actor.user.get_username() if actor.user else actor.name),
        "ticket": str(ticket.pk),
        "category": str(ticket.category or ""),
    }


def filled(text: str, ticket: SupportTicket, actor: Actor) -> str:
    return filling.fill(text, marks(ticket, actor))


@unit_of_work
def reply_with_canned(
    ticket_id: int,
    actor: Actor,
    canned: CannedReply,
    text: str | None = None,
    *,
    quoting: SupportMessage | None = None,
    client_token: UUID | None = None,
    after: timedelta | None = None,
) -> SupportMessage:
    """Send a ready-made reply, with its file if it has one; `text` if its words were changed.

    Raises as `reply`, or ServiceError if the file is gone.
    """
    ticket = lock(ticket_id)
    words = filled(canned.text, ticket, actor) if text is None else text
    how: Any = {"quoting": quoting, "client_token": client_token, "after": after}
    if not canned.file:
        return reply(ticket_id, actor, words, **how)
    if not canned.file.storage.exists(canned.file.name or ""):
        raise ServiceError(f"The file of {canned} is gone. A lead can upload it again.")
    with canned.file.open("rb") as stored:
        return reply_with_file(
            ticket_id,
            actor,
            File(stored, canned.file_name),
            kind=canned.kind,
            mime_type=canned.mime_type,
            caption=words,
            **how,
        )


@unit_of_work
def run_macro(
    ticket_id: int, actor: Actor, macro: Macro, *, after: timedelta | None = None
) -> SupportTicket:
    """Do all that `macro` says, or nothing. An answer leaves `after` that time, if given.

    Raises ServiceError or MessageInvalid if one of its acts is refused.
    """
    ticket = lock(ticket_id)
    history.record(ticket, EventKind.MACRO, actor, after=macro.name)
    for step in STEPS:
        step(ticket, actor, macro, after)
    return lock(ticket_id)


def _classify(ticket: SupportTicket, actor: Actor, macro: Macro, _after: object) -> None:
    if macro.priority:
        set_priority(ticket.pk, actor, macro.priority)
    if macro.category:
        set_category(ticket.pk, actor, macro.category)


def _give(ticket: SupportTicket, actor: Actor, macro: Macro, _after: object) -> None:
    if macro.assign == Macro.Assign.ME:
        take(ticket.pk, actor)
    elif macro.assign == Macro.Assign.NOBODY:
        assign(ticket.pk, actor, None)
    elif macro.assign == Macro.Assign.PERSON and macro.assignee:
        if not queries.answers(macro.assignee):
            raise ServiceError(GONE.format(name_of(macro.assignee)))
        assign(ticket.pk, actor, macro.assignee)


def _say(ticket: SupportTicket, actor: Actor, macro: Macro, after: timedelta | None) -> None:
    if macro.note:
        note(ticket.pk, actor, filled(macro.note, ticket, actor))
    if macro.canned:
        reply_with_canned(ticket.pk, actor, macro.canned, after=after)
    elif macro.reply:
        reply(ticket.pk, actor, filled(macro.reply, ticket, actor), after=after)


def _settle(ticket: SupportTicket, actor: Actor, macro: Macro, _after: object) -> None:
    if macro.snooze_minutes:
        snooze(ticket.pk, actor, timezone.now() + timedelta(minutes=macro.snooze_minutes))
    if macro.status:
        set_status(ticket.pk, actor, macro.status)


STEPS: tuple[Step, ...] = (_classify, _give, _say, _settle)
