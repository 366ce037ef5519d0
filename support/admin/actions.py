"""Acts on many tickets at once: each ticket by itself, so that one refusal stops no other."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from support import services
from support.models import Priority, SupportTicket, TicketStatus
from support.services import Actor

Tickets = QuerySet[SupportTicket]
Do = Callable[[int, Actor], object]
Action = Callable[[Any, HttpRequest, Tickets], None]


def on_each(request: HttpRequest, tickets: Tickets, done: str, so_already: Q, do: Do) -> None:
    """Do it to each ticket, then say how many are `done` and why others are not."""
    if not isinstance(request.user, User):
        return
    actor, refusals, count = Actor.of(request.user), [], 0
    unchanged = tickets.filter(so_already).count()
    for ticket in tickets.exclude(so_already):
        try:
            do(ticket.pk, actor)
        except services.REFUSALS as error:
            refusals.append(f"{ticket}: {error}")
        else:
            count += 1
    if count:
        messages.success(request, f"{count} ticket(s) {done}.")
    if unchanged:
        messages.info(request, f"{unchanged} ticket(s) needed no change.")
    for refusal in refusals:
        messages.error(request, refusal)


@admin.action(description="Take", permissions=["reply"])
def take(_admin: Any, request: HttpRequest, tickets: Tickets) -> None:
    on_each(request, tickets, "taken", Q(assigned_admin=request.user.pk), services.take)


@admin.action(description="Release", permissions=["reply"])
def release(_admin: Any, request: HttpRequest, tickets: Tickets) -> None:
    on_each(request, tickets, "released", Q(assigned_admin=None), services.release)


@admin.action(description="End the chat, mark resolved", permissions=["reply"])
def resolve(_admin: Any, request: HttpRequest, tickets: Tickets) -> None:
    def end(ticket_id: int, actor: Actor) -> None:
        services.set_status(ticket_id, actor, TicketStatus.RESOLVED)

    on_each(request, tickets, "resolved", Q(status=TicketStatus.RESOLVED), end)


def priority_action(priority: Priority) -> Action:
    @admin.action(description=f"Set priority: {priority.label}", permissions=["reply"])
    def set_priority(_admin: Any, request: HttpRequest, tickets: Tickets) -> None:
        def change(ticket_id: int, actor: Actor) -> None:
            services.set_priority(ticket_id, actor, priority)

        done = f"set to {priority.label.lower()} priority"
        on_each(request, tickets, done, Q(priority=priority), change)

    set_priority.__name__ = f"set_priority_{priority.lower()}"
    return set_priority


ACTIONS: list[Action] = [take, release, resolve, *map(priority_action, reversed(Priority))]
