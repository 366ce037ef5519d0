"""Templates: for looking; they are written and approved at Meta."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path

from whatsapp import client, templates
from whatsapp.admin.base import ReadOnlyAdmin, as_block, as_json
from whatsapp.models import MessageTemplate
from whatsapp.text import shorten


@admin.register(MessageTemplate)
class MessageTemplateAdmin(ReadOnlyAdmin[MessageTemplate]):
    list_display = ["name", "language", "category", "status", "words", "offered", "synced_at"]
    list_filter = ["status", "category", "language"]
    search_fields = ["name"]
    ordering = ["name", "language"]
    fields = ["name", "language", "category", "status", "offered", "text", "parts", "synced_at"]
    readonly_fields = ["offered", "text", "parts"]
    change_list_template = "whatsapp/templates.html"

    @admin.display(description="Text")
    def words(self, template: MessageTemplate) -> str:
        return shorten(template.approved.text, 80) or "–"

    @admin.display(description="Offered in tickets")
    def offered(self, template: MessageTemplate) -> str:
        obstacle = template.obstacle()
        return f"No. {obstacle}" if obstacle else "Yes"

    @admin.display(description="Text")
    def text(self, template: MessageTemplate) -> str:
        return as_block(template.approved.text)

    @admin.display(description="As Meta lists it")
    def parts(self, template: MessageTemplate) -> str:
        return as_json(template.components)

    def has_sync_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("whatsapp.change_messagetemplate")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        context = {"may_sync": self.has_sync_permission(request)} | (extra_context or {})
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sync_view)
        return [path("sync/", view, name="whatsapp_messagetemplate_sync"), *super().get_urls()]

    def sync_view(self, request: HttpRequest) -> HttpResponse:
        """Ask Meta for its list now."""
        if not self.has_sync_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            count = templates.sync()
        except client.FAILURES as error:
            messages.error(request, f"Meta did not answer as hoped: {error}")
        else:
            messages.success(request, f"{count} template(s) at Meta; the list is up to date.")
        return redirect("admin:whatsapp_messagetemplate_changelist")
