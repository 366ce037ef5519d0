"""Every message, with what became of it and why the bot said it."""

from collections.abc import Callable

from django.contrib import admin
from django.contrib import messages as notices
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from whatsapp import inbox, outbox
from whatsapp.admin.base import ReadOnlyAdmin, as_block, as_json, link_to_file
from whatsapp.admin.numbers import SearchedNumbers
from whatsapp.models import Message
from whatsapp.models.message import Direction, Status
from whatsapp.text import shorten

LABELS = {
    "message": "In answer to message",
    "before": "State before",
    "rule": "Rule",
    "after": "State after",
    "texts": "Sentences",
}


@admin.register(Message)
class MessageAdmin(SearchedNumbers, ReadOnlyAdmin[Message]):
    list_display = ["id", "contact", "direction", "kind", "words", "status", "occurred_at"]
    list_filter = ["direction", "status", "author", "kind"]
    list_select_related = ["contact"]
    ordering = ["-id"]
    search_fields = ["contact__name", "contact__phone", "text", "wamid"]
    actions = ["process_again", "send_again"]
    readonly_fields = ["why", "file", "wire_form", "failure"]
    fieldsets = [
        (None, {"fields": ["contact", "direction", "author", "kind", "text", "file", "reply_to"]}),
        ("Why did the bot say that?", {"fields": ["why"]}),
        (
            "Delivery",
            {
                "fields": [
                    "status",
                    "error",
                    "error_code",
                    "attempts",
                    "refusals",
                    "resends",
                    "occurred_at",
                    "accepted_at",
                    "sent_at",
                    "delivered_at",
                    "read_at",
                    "failed_at",
                    "failure",
                ]
            },
        ),
        ("As it went over the wire", {"classes": ["collapse"], "fields": ["wamid", "wire_form"]}),
    ]

    @admin.display(description="Text")
    def words(self, message: Message) -> str:
        return shorten(message.text, 80) or "–"

    @admin.display(description="Reason")
    def why(self, message: Message) -> str:
        if not message.reason:
            return "It was not the bot."
        rows = ((LABELS.get(name, name), _plain(value)) for name, value in message.reason.items())
        return format_html_join("", "<div><strong>{}:</strong> {}</div>", rows)

    @admin.display(description="File")
    def file(self, message: Message) -> str:
        return link_to_file(getattr(message, "media", None))

    @admin.display(description="Payload")
    def wire_form(self, message: Message) -> str:
        return as_json(message.payload)

    @admin.display(description="Traceback")
    def failure(self, message: Message) -> str:
        return as_block(message.traceback)

    @admin.action(description="Process again (failed, from students)", permissions=["operate"])
    def process_again(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        failed = chosen.filter(direction=Direction.INBOUND, status=Status.FAILED)
        _each(request, failed, "will be processed again", inbox.process_again)

    @admin.action(description="Send again (failed, to students)", permissions=["operate"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        outgoing = chosen.filter(direction=Direction.OUTBOUND)
        _each(request, outgoing, "will be sent again", outbox.send_again)

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("whatsapp.change_message")


def _each(
    request: HttpRequest,
    chosen: QuerySet[Message],
    done: str,
    do: Callable[[Message], bool],
) -> None:
    count = sum(map(do, chosen))
    notices.info(request, f"{count} message(s) {done}; the others need it not or cannot.")


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
