"""The ticket list, and the way to a ticket's page (`support.desk`)."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin import DateFieldListFilter
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html

from support import phones, queries
from support.admin.actions import ACTIONS
from support.admin.filters import ALL, AssignedFilter, StatusFilter, chosen_status
from support.desk import act_views, answering, planning, spans, views
from support.finding import tickets_matching
from support.models import SupportTicket
from support.services import name_of
from whatsapp.admin.base import number
from whatsapp.admin.numbers import SearchedNumbers
from whatsapp.counting import CappedPaginator

WORDS = (
    '<span class="desk-line">{0}<span class="desk-words" dir="auto" title="{1}">{1}</span></span>'
)
UNREAD = '<span class="desk-unread">{}<span class="visually-hidden"> unread</span></span>'
NOBODY = AnonymousUser()  # a list masks for everybody
COLUMNS = ("contact", "assigned_admin")
LONGEST_FIRST = F("waiting_since").asc(nulls_last=True)  # those who do not wait come last


@admin.register(SupportTicket)
class SupportTicketAdmin(SearchedNumbers, admin.ModelAdmin[SupportTicket]):
    """Tickets are opened by students and never deleted; they change through `support.services`."""

    list_display = [
        "number",
        "state",
        "urgency",
        "student",
        "waiting",
        "who_has_it",
        "words",  # last: the only column that a narrow window may cut
    ]
    list_display_links = ["number", "student"]
    list_filter = [
        StatusFilter,
        AssignedFilter,
        "priority",
        "category",
        ("created_at", DateFieldListFilter),
    ]
    list_select_related = COLUMNS
    ordering = ["-last_message_at"]  # along the index ticket_queue
    list_per_page = 50
    show_full_result_count = False  # counting a million tickets for a headline
    paginator = CappedPaginator
    search_fields = ["sender_name"]  # what is searched: `finding.tickets_matching`
    search_help_text = "Phone, name, ticket number, or words in messages"
    actions = ACTIONS

    class Media:
        css = {"all": ["support/desk.css"]}

    # --- What each column shows -------------------------------------------------------------
    @admin.display(description="Ticket", ordering="id")
    def number(self, ticket: SupportTicket) -> str:
        return f"#{ticket.pk}"

    @admin.display(description="Status", ordering="status")
    def state(self, ticket: SupportTicket) -> str:
        name = ticket.get_status_display()
        return format_html('<span class="desk-status {}">{}</span>', ticket.status.lower(), name)

    @admin.display(description="Priority")
    def urgency(self, ticket: SupportTicket) -> str:
        name = ticket.get_priority_display()
        return format_html(
            '<span class="desk-priority {}">{}</span>', ticket.priority.lower(), name
        )

    @admin.display(description="Student", ordering="sender_name")
    def student(self, ticket: SupportTicket) -> str:
        name = ticket.called(phones.shown(ticket.present_number, NOBODY))
        return format_html("<bdi>{}</bdi>", name)

    @admin.display(description="Last words", ordering="last_message_at")
    def words(self, ticket: SupportTicket) -> str:
        badge = format_html(UNREAD, ticket.unread_count) if ticket.unread_count else ""
        return format_html(WORDS, badge, ticket.last_words or "–")

    @admin.display(description="Waiting", ordering=LONGEST_FIRST)
    def waiting(self, ticket: SupportTicket) -> str:
        return spans.since(ticket.waiting_since) or "–"

    @admin.display(description="Who has it", ordering="assigned_admin")
    def who_has_it(self, ticket: SupportTicket) -> str:
        return name_of(ticket.assigned_admin, "Nobody")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"title": "Support tickets"} | (extra_context or {})
        )

    # --- Which tickets -----------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[SupportTicket]:
        return queries.visible_to(request.user)

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """All tickets by age: no index has the words of all of them."""
        return ["-id"] if chosen_status(request) == ALL else self.ordering

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[SupportTicket], search_term: str
    ) -> tuple[QuerySet[SupportTicket], bool]:
        return tickets_matching(queryset, search_term, request.user), False

    # --- Who may do what -----------------------------------------------------------------------
    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.has_perm(queries.VIEW)

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """To change a ticket is to answer it."""
        return self.has_view_permission(request) and self.has_reply_permission(request)

    def has_reply_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(queries.REPLY)

    # --- The ticket's page -----------------------------------------------------------------------
    def change_view(
        self,
        _request: HttpRequest,
        object_id: str,
        _form_url: str = "",
        _extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A ticket has one page, the desk."""
        return redirect("admin:desk_ticket", number(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, _extra_context: Any = None
    ) -> HttpResponse:
        """The history stands beside the thread."""
        return self.change_view(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        def at(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            view = self.admin_site.admin_view(view)
            return path(f"<int:ticket_id>/{address}", view, name=f"support_ticket_{name}")

        return [
            at("say", answering.compose, "compose"),
            at("act/<slug:name>", act_views.act, "act"),
            at("draft", answering.save_draft, "draft"),
            at("plan", planning.plan, "plan"),
            at("plan/<int:planned_id>", planning.change, "replan"),
            at("plan/<int:planned_id>/send", planning.send_now, "send_planned"),
            at("plan/<int:planned_id>/cancel", planning.cancel, "unplan"),
            at("number", act_views.show_number, "number"),
            at("undo", answering.undo, "undo"),
            at("properties", act_views.change_properties, "properties"),
            at("template/<int:template_id>", answering.send_template, "template"),
            at("print", views.print_page, "print"),
            at("end", act_views.end, "end"),
            *super().get_urls(),
        ]
