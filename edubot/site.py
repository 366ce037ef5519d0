"""The admin site: its first page, its order, and addresses that belong to no single model."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

# In the order in which they stand on the first page; others follow.
ORDER = ["support", "conversations", "whatsapp", "auth"]

NAMES = {"auth": "Staff", "axes": "Logins"}


class EdubotAdminSite(admin.AdminSite):
    site_header = "EduBot"
    site_title = "EduBot"
    index_title = "Home"
    site_url = None

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """With what the dashboard tells, for those who may see it."""
        from conversations import settling
        from edubot import dashboard
        from support import queries
        from support.webhooks import notices
        from whatsapp import line

        sees_payments = request.user.has_perm("conversations.view_payment")
        sees_webhooks = request.user.has_perm("support.view_webhookendpoint")
        sees_tickets = request.user.has_perm(queries.VIEW)
        shown = {
            **dashboard.of(request.user),  # type: ignore[arg-type]  # staff, or no page is reached
            "paused_webhooks": notices.paused().count() if sees_webhooks else 0,
            "line_trouble": line.trouble() if sees_tickets else None,
            "flagged_payments": settling.flagged().count() if sees_payments else 0,
        }
        return super().index(request, shown | (extra_context or {}))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Who answers students and keeps no accounts lands at the desk, not on the first page."""
        response = super().login(request, extra_context)
        if not isinstance(response, HttpResponseRedirect) or response.url != reverse("admin:index"):
            return response
        return redirect("admin:desk") if _lives_at_desk(request.user) else response

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["name"] = NAMES.get(app["app_label"], app["name"])
        return sorted(apps, key=lambda app: _place(app["app_label"]))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from edubot.second_factor import views as second_factor
        from support.desk import urls as desk
        from support.desk.files import media
        from support.reports import views

        wrap = self.admin_view
        return [
            path("support/media/<int:media_id>", wrap(media), name="stored_file"),
            path("support/reports/", wrap(views.page), name="support_reports"),
            path("support/reports/tickets.csv", wrap(views.file), name="support_reports_file"),
            path("second-factor/", wrap(second_factor.set_up), name="second_factor"),
            path("second-factor/verify", wrap(second_factor.verify), name="second_factor_verify"),
            *desk.urls(wrap),
            *super().get_urls(),
        ]


def _lives_at_desk(user: Any) -> bool:
    from support import queries

    return user.has_perm(queries.REPLY) and not user.has_perm("auth.change_user")


def _place(app_label: str) -> int:
    return ORDER.index(app_label) if app_label in ORDER else len(ORDER)
