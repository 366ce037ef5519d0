"""The ledger: of every message that came in, whether it was received, understood and answered.

Whoever asks "did my message reach you?" is answered here, by number, name or Meta's id.
"""

from typing import Any

from django.contrib import admin
from django.contrib import messages as notices
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from whatsapp import files, inbox
from whatsapp.admin.base import ReadOnlyAdmin
from whatsapp.admin.numbers import SearchedNumbers
from whatsapp.models import InboundMessage, Media, Message
from whatsapp.models.fields import digest
from whatsapp.models.message import Direction, Status

UNDERSTOOD = {
    Status.HANDLED: "✓",
    Status.WAITING: "… waits its turn",
    Status.FAILED: "✗ failed",
}
FETCHED = {
    Media.State.STORED: "✓",
    Media.State.WAITING: "… on its way",
    Media.State.FAILED: "✗ failed",
}


class LedgerPage(ChangeList):
    """A page of the ledger, with the bot's answers to its messages looked up in one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        answers = answers_to(self.result_list)
        for message in self.result_list:
            message.answer = answers.get(message.pk)


def answers_to(messages: Any) -> dict[int, Message]:
    """The bot's answer to each of `messages`, by the answered message's id.

    An answer is queued in the commit that handles its message, so it follows it closely. What the
    bot says of its own accord answers no message.
    """
    ids = [message.pk for message in messages]
    if not ids:
        return {}
    later = Message.objects.filter(
        contact__in={message.contact_id for message in messages},
        direction=Direction.OUTBOUND,
        id__gt=min(ids),
        reason__isnull=False,
    )
    wanted = set(ids)
    answered = ((said.reason.get("message"), said) for said in later.order_by("-id"))
    return {message: said for message, said in answered if message in wanted}


class UnderstoodFilter(admin.SimpleListFilter):
    title, parameter_name = "what became of it", "status"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, str]]:
        return [("handled", "Understood"), ("waiting", "Waits its turn"), ("failed", "Failed")]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(status=self.value()) if self.value() else rows


class FetchedFilter(admin.SimpleListFilter):
    title, parameter_name = "its file", "file"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, str]]:
        return [("stored", "Fetched"), ("waiting", "On its way"), ("failed", "Failed")]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(media__state=self.value()) if self.value() else rows


@admin.register(InboundMessage)
class LedgerAdmin(SearchedNumbers, ReadOnlyAdmin[InboundMessage]):
    list_display = [
        "received",
        "contact",
        "kind",
        "understood",
        "answered",
        "file_fetched",
        "meta_id",
    ]
    list_filter = [UnderstoodFilter, FetchedFilter, "kind"]
    list_select_related = ["contact", "media"]
    ordering = ["-id"]
    search_fields = ["contact__phone", "contact__name"]
    search_help_text = "Phone number, name, or Meta's id of a message (wamid)"
    actions = ["process_again", "fetch_again"]

    @admin.display(description="Received", ordering="id")
    def received(self, message: InboundMessage) -> Any:
        return message.created_at

    @admin.display(description="Understood")
    def understood(self, message: InboundMessage) -> str:
        return UNDERSTOOD[Status(message.status)]

    @admin.display(description="Answered by the bot")
    def answered(self, message: InboundMessage) -> str:
        answer: Message | None = getattr(message, "answer", None)
        return answer.get_status_display() if answer else "–"

    @admin.display(description="File")
    def file_fetched(self, message: InboundMessage) -> str:
        media = getattr(message, "media", None)
        return FETCHED[Media.State(media.state)] if media else "–"

    @admin.display(description="Meta's id")
    def meta_id(self, message: InboundMessage) -> str:
        return format_html('<span title="{}">…{}</span>', message.wamid, message.wamid[-10:])

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboundMessage]:
        return super().get_queryset(request).filter(direction=Direction.INBOUND).defer("payload")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": "Ledger of what came in"}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        return LedgerPage

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[InboundMessage], search_term: str
    ) -> tuple[QuerySet[InboundMessage], bool]:
        """A wamid is found by its digest, which is what is indexed."""
        if search_term.strip().startswith("wamid."):
            return queryset.filter(wamid_digest=digest(search_term.strip())), False
        return super().get_search_results(request, queryset, search_term)

    def change_view(
        self,
        _request: HttpRequest,
        object_id: str,
        _form_url: str = "",
        _extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """All that is known of a message stands on its own page."""
        return redirect("admin:whatsapp_message_change", object_id)

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.has_perm("whatsapp.view_message")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("whatsapp.change_message")

    @admin.action(description="Process again (failed)", permissions=["operate"])
    def process_again(self, request: HttpRequest, chosen: QuerySet[InboundMessage]) -> None:
        count = sum(inbox.process_again(message) for message in chosen)
        notices.info(request, f"{count} message(s) will be processed again; the others need not.")

    @admin.action(description="Fetch the file again (failed)", permissions=["operate"])
    def fetch_again(self, request: HttpRequest, chosen: QuerySet[InboundMessage]) -> None:
        count = sum(files.fetch_again(media) for media in Media.objects.filter(message__in=chosen))
        notices.info(request, f"{count} file(s) will be fetched again; the others need not.")
