"""Students, people who have not registered, and where each talk stands."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from conversations.models import Conversation, Lead, Student
from conversations.states import State
from whatsapp.admin.base import ReadOnlyAdmin, as_json
from whatsapp.admin.numbers import MaskedNumbers, SearchedNumbers
from whatsapp.models import Message
from whatsapp.models.message import Direction


@admin.register(Student)
class StudentAdmin(MaskedNumbers, admin.ModelAdmin[Student]):
    """Students register themselves; staff mend what was misspelt."""

    list_display = ["name", "class_name", "email", "contact__phone", "registered_at"]
    list_filter = ["class_name"]
    list_select_related = ["contact"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["name", "email", "contact__phone"]
    readonly_fields = ["contact", "registered_at"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Lead)
class LeadAdmin(MaskedNumbers, ReadOnlyAdmin[Lead]):
    list_display = ["__str__", "phone", "first_wrote", "last_inbound_at", "count"]
    search_fields = ["name", "username", "phone"]
    ordering = ["-last_inbound_at"]
    fields = ["name", "username", "phone", "first_wrote", "last_inbound_at", "count"]
    readonly_fields = ["first_wrote", "count"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lead]:
        """Who has written and is no student; the figures are looked up per row shown."""
        theirs = Message.objects.filter(contact=OuterRef("pk"), direction=Direction.INBOUND)
        counted = theirs.order_by().values("contact").annotate(number=Count("pk"))
        return (
            super()
            .get_queryset(request)
            .filter(student=None, last_inbound_at__isnull=False)
            .annotate(
                first_inbound_at=Subquery(theirs.order_by("occurred_at").values("occurred_at")[:1]),
                message_count=Coalesce(Subquery(counted.values("number")), 0),
            )
        )

    @admin.display(description="First message")
    def first_wrote(self, lead: Any) -> str:
        moment: datetime | None = lead.first_inbound_at
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else "–"

    @admin.display(description="Messages")
    def count(self, lead: Any) -> int:
        return int(lead.message_count)


class StateFilter(admin.SimpleListFilter):
    """By the state as shown: who is in a chat is in no other state."""

    title = "state"
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, str]]:
        return [(state.value, state.name) for state in State]

    def queryset(
        self, _request: HttpRequest, talks: QuerySet[Conversation]
    ) -> QuerySet[Conversation]:
        if self.value() is None:
            return talks
        if self.value() == State.CHAT_SUPPORT_ACTIVE.value:
            return talks.filter(contact__open_ticket__isnull=False)
        return talks.filter(contact__open_ticket=None, state=self.value())


@admin.register(Conversation)
class ConversationAdmin(SearchedNumbers, ReadOnlyAdmin[Conversation]):
    list_display = ["contact", "where", "misses", "updated_at"]
    list_filter = [StateFilter]
    list_select_related = ["contact__open_ticket"]
    search_fields = ["contact__name", "contact__phone"]
    ordering = ["-updated_at"]
    fields = ["contact", "where", "answered", "misses", "reminded_at", "updated_at"]
    readonly_fields = ["where", "answered"]

    @admin.display(description="State")
    def where(self, conversation: Conversation) -> str:
        """Being in a chat is having an open ticket; else the bot's own state."""
        in_chat = hasattr(conversation.contact, "open_ticket")
        return State.CHAT_SUPPORT_ACTIVE.name if in_chat else conversation.get_state_display()

    @admin.display(description="Answered so far")
    def answered(self, conversation: Conversation) -> str:
        return as_json(conversation.draft)
