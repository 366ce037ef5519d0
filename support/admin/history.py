"""Every act on every ticket: who did what, when. For leads, to look at."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import DateFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from support import queries
from support.models import TicketEvent
from support.services import name_of
from whatsapp.admin.base import ReadOnlyAdmin
from whatsapp.text import whole_number

SEE = "support.view_ticketevent"


class ActorFilter(admin.SimpleListFilter):
    title = "who"
    parameter_name = "actor"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, str]]:
        staff = [(str(user.pk), name_of(user)) for user in queries.answering_staff()]
        return [("nobody", "Students and EduBot"), *staff]

    def queryset(
        self, _request: HttpRequest, events: QuerySet[TicketEvent]
    ) -> QuerySet[TicketEvent]:
        chosen = self.value()
        if chosen == "nobody":
            return events.filter(actor=None)
        known = {value for value, _ in self.lookup_choices}
        return events.filter(actor=int(chosen)) if chosen in known and chosen else events


@admin.register(TicketEvent)
class TicketEventAdmin(ReadOnlyAdmin[TicketEvent]):
    list_display = ["created_at", "who", "what", "before", "after", "about"]
    list_display_links = None
    list_filter = ["kind", ActorFilter, ("created_at", DateFieldListFilter)]
    list_select_related = ["ticket"]
    ordering = ["-id"]
    search_fields = ["=ticket__id"]
    search_help_text = "Number of a ticket"

    @admin.display(description="Who")
    def who(self, event: TicketEvent) -> str:
        return format_html("<bdi>{}</bdi>", event.actor_name)

    @admin.display(description="What")
    def what(self, event: TicketEvent) -> str:
        return event.get_kind_display()

    @admin.display(description="Ticket")
    def about(self, event: TicketEvent) -> str:
        address = reverse("admin:desk_ticket", args=[event.ticket_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, event.ticket)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TicketEvent]:
        visible = request.user.has_perm(SEE) and request.user.has_perm(queries.VIEW)
        return super().get_queryset(request) if visible else TicketEvent.objects.none()

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[TicketEvent], search_term: str
    ) -> tuple[QuerySet[TicketEvent], bool]:
        number = search_term.strip().removeprefix("#")
        if not number:
            return queryset, False
        return queryset.filter(ticket=whole_number(number)), False
