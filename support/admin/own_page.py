"""Pages of the admin that are one form and no list."""

from typing import Any, Generic, TypeVar

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

M = TypeVar("M", bound=Model)


class OnePageAdmin(admin.ModelAdmin[M], Generic[M]):
    """Where the list would be stands the form of the one row; saving makes it. A look does not."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_queryset(request).first()
        only_save = {"show_save_and_continue": False, "show_save_and_add_another": False}
        context = {**only_save, "title": str(self.opts.verbose_name).capitalize()}
        return self.changeform_view(
            request, str(row.pk) if row else None, "", context | (extra_context or {})
        )

    def response_add(
        self, request: HttpRequest, _obj: M, _post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._saved(request)

    def response_change(self, request: HttpRequest, _obj: M) -> HttpResponse:
        return self._saved(request)

    def _saved(self, request: HttpRequest) -> HttpResponse:
        self.message_user(request, "Saved.", messages.SUCCESS)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not self.get_queryset(request).exists()

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
