"""Service levels: by when a ticket is to be answered and resolved, and what happens if it is not.

Due times are reckoned by the sweep, not when a ticket opens: the student's message must not wait
for it. They are reckoned anew when the priority changes, the ticket is reopened, or a lead sets
other levels, hours or holidays.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from support import hours
from support.hours import Holidays, Week
from support.models import DeskRules, EventKind, LevelNotice, ServiceLevel, SupportTicket
from support.models.ticket import OPEN_STATUSES
from support.rules import escalating
from support.services.locking import lock
from support.services.waiting import opening_hours
from whatsapp.guard import each
from whatsapp.transactions import unit_of_work

BATCH = 200
Target: TypeAlias = LevelNotice.Target
Stage: TypeAlias = LevelNotice.Stage
Levels = dict[str, ServiceLevel]
DUE = {Target.FIRST_RESPONSE: "first_response_due_at", Target.RESOLUTION: "resolution_due_at"}


def sweep(rules: DeskRules) -> int:
    """Set due times, warn of those that are close, escalate those that were missed; how many."""
    levels = {level.priority: level for level in ServiceLevel.objects.all()}
    week, holidays = opening_hours()
    done = _each(_to_reckon(), partial(_reckon, levels, week, holidays))
    now = timezone.now()
    for target in Target:
        missed = _unnoted(target, Stage.BREACHED).filter(**{f"{DUE[target]}__lte": now})
        done += _each(missed, partial(_act, rules, target, Stage.BREACHED))
        if rules.warn_before:
            soon = now + timedelta(minutes=rules.warn_before)
            close = _unnoted(target, Stage.WARNED).filter(
                **{f"{DUE[target]}__gt": now, f"{DUE[target]}__lte": soon}
            )
            done += _each(close, partial(_act, rules, target, Stage.WARNED))
    return done


def reckon_again() -> None:
    """Levels, hours or holidays were changed: all open tickets get new due times."""
    SupportTicket.objects.filter(status__in=OPEN_STATUSES).update(due_for="")


def _to_reckon() -> QuerySet[SupportTicket]:
    return SupportTicket.objects.filter(status__in=OPEN_STATUSES).exclude(due_for=F("priority"))


def _unnoted(target: Target, stage: Stage) -> QuerySet[SupportTicket]:
    """Open tickets whose target is still to be met and was not dealt with at this stage."""
    noted = LevelNotice.objects.filter(ticket=OuterRef("pk"), target=target, stage=stage)
    unmet = SupportTicket.objects.filter(~Exists(noted), status__in=OPEN_STATUSES)
    return unmet.filter(first_response_at=None) if target == Target.FIRST_RESPONSE else unmet


def _each(tickets: QuerySet[SupportTicket], act: "partial[bool]") -> int:
    return each(list(tickets.order_by().values_list("pk", flat=True)[:BATCH]), act)


@unit_of_work
def _reckon(levels: Levels, week: Week, holidays: Holidays, ticket_id: int) -> bool:
    ticket = lock(ticket_id)
    if ticket.due_for == "":
        LevelNotice.objects.filter(ticket=ticket, created_at__lt=_began(ticket)).delete()
    level = levels.get(ticket.priority)

    def due(minutes: int | None) -> datetime | None:
        began = timezone.localtime(_began(ticket))
        wait = timedelta(minutes=minutes or 0)
        return hours.after_open_time(began, wait, week, holidays) if minutes else None

    return bool(
        SupportTicket.objects.filter(pk=ticket_id).update(
            first_response_due_at=due(level.first_response) if level else None,
            resolution_due_at=due(level.resolution) if level else None,
            due_for=ticket.priority,
        )
    )


def _began(ticket: SupportTicket) -> datetime:
    """When the student came, or came back."""
    reopened = ticket.events.filter(kind=EventKind.REOPENED).aggregate(at=Max("created_at"))
    return reopened["at"] or ticket.created_at


@unit_of_work
def _act(rules: DeskRules, target: Target, stage: Stage, ticket_id: int) -> bool:
    """Once for each ticket, target and stage; False if an agent was quicker."""
    ticket = lock(ticket_id)
    is_unmet = Q(pk=ticket_id, **{f"{DUE[target]}__isnull": False})
    if not _unnoted(target, stage).filter(is_unmet).exists():
        return False
    notice = LevelNotice.objects.create(ticket=ticket, target=target, stage=stage)
    if stage == Stage.WARNED:
        escalating.warn(ticket, notice, getattr(ticket, DUE[target]))
    else:
        escalating.escalate(rules, ticket, notice)
    return True
