"""Filters of the ticket list."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest

from support.models import SupportTicket, TicketStatus
from support.models.ticket import OPEN_STATUSES
from support.queries import awake
from whatsapp.admin.filters import WhoHasItFilter, WithoutAllFilter

Tickets = QuerySet[SupportTicket]
NOT_ENDED, SNOOZED, ALL = "not-ended", "snoozed", "all"


def chosen_status(request: HttpRequest) -> str:
    """Which tickets a request is for. Who searches without choosing means the ended ones too."""
    unchosen = ALL if request.GET.get(SEARCH_VAR) else NOT_ENDED
    return request.GET.get(StatusFilter.parameter_name) or unchosen


class StatusFilter(WithoutAllFilter):
    """Tickets that are neither ended nor snoozed, unless asked for others: what staff come for."""

    title = "status"
    parameter_name = "status"

    def __init__(self, request: HttpRequest, *arguments: Any) -> None:
        self.chosen = chosen_status(request)
        super().__init__(request, *arguments)

    def lookups(self, _request: HttpRequest, _admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [
            (NOT_ENDED, "Open and in progress"),
            *TicketStatus.choices,
            (SNOOZED, "Snoozed"),
            (ALL, "All"),
        ]

    def value(self) -> str:
        return self.chosen

    def queryset(self, _request: HttpRequest, tickets: Tickets) -> Tickets:
        if self.value() == ALL:
            return tickets
        if self.value() in TicketStatus:
            return tickets.filter(status=self.value())
        tickets = tickets.filter(status__in=OPEN_STATUSES)
        if self.value() == SNOOZED:
            return tickets.filter(snoozed_until__isnull=False)
        return awake(tickets)


class AssignedFilter(WhoHasItFilter):
    title = "who has it"
    parameter_name = "assigned"
    holder = "assigned_admin"
