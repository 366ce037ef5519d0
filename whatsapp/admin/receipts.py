"""Webhook bodies as they came, and files."""

import json

from django.contrib import admin
from django.contrib import messages as notices
from django.db.models import QuerySet
from django.http import HttpRequest

from whatsapp import files, receipts
from whatsapp.admin.base import ReadOnlyAdmin, as_block, link_to_file
from whatsapp.models import Media, Receipt


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin[Receipt]):
    list_display = ["id", "received_at", "state", "attempts", "problem"]
    list_filter = ["state"]
    ordering = ["-id"]
    actions = ["sort_again"]
    fields = ["received_at", "state", "attempts", "due_at", "failure", "content"]
    readonly_fields = ["failure", "content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Receipt]:
        return super().get_queryset(request).defer("body")

    @admin.display(description="Problem")
    def problem(self, receipt: Receipt) -> str:
        """The last line, where a traceback says what happened."""
        return receipt.error.strip().rpartition("\n")[2][:120] or "–"

    @admin.display(description="Why sorting failed")
    def failure(self, receipt: Receipt) -> str:
        return as_block(receipt.error)

    @admin.display(description="Body")
    def content(self, receipt: Receipt) -> str:
        text = bytes(receipt.body).decode("utf-8", "replace")
        try:
            return as_block(json.dumps(json.loads(text), indent=2, ensure_ascii=False))
        except (ValueError, RecursionError):
            return as_block(text)

    @admin.action(description="Sort again (failed ones)", permissions=["operate"])
    def sort_again(self, request: HttpRequest, chosen: QuerySet[Receipt]) -> None:
        count = receipts.sort_again(chosen)
        notices.info(request, f"{count} receipt(s) will be sorted again.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("whatsapp.change_receipt")


@admin.register(Media)
class MediaAdmin(ReadOnlyAdmin[Media]):
    list_display = ["__str__", "sender", "mime_type", "size", "state"]
    list_filter = ["state", "mime_type", "voice"]
    list_select_related = ["message__contact"]
    ordering = ["-id"]
    fields = ["message", "shown", "mime_type", "size", "sha256", "voice", "state", "error"]
    readonly_fields = ["shown"]
    actions = ["fetch_again"]

    @admin.action(description="Fetch again (failed ones)", permissions=["operate"])
    def fetch_again(self, request: HttpRequest, chosen: QuerySet[Media]) -> None:
        count = sum(map(files.fetch_again, chosen.select_related("message")))
        notices.info(
            request, f"{count} file(s) will be fetched again; WhatsApp keeps them for seven days."
        )

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("whatsapp.change_message")

    @admin.display(description="Contact")
    def sender(self, media: Media) -> str:
        return str(media.message.contact)

    @admin.display(description="File")
    def shown(self, media: Media) -> str:
        return link_to_file(media)
