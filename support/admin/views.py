"""Saved views of the queue, and the e-mails that staff were sent."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from support import saved_views
from support.models import SavedView, StaffMail
from support.services import ServiceError
from whatsapp.admin.base import ReadOnlyAdmin


class SavedViewForm(forms.ModelForm[SavedView]):
    shared = forms.BooleanField(required=False, help_text="The whole team sees it.")

    class Meta:
        model = SavedView
        fields = ["name", "query", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "shared" in self.fields:
            self.fields["shared"].initial = bool(self.instance.pk and not self.instance.owner_id)

    def clean_query(self) -> str:
        try:
            return saved_views.tidy(self.cleaned_data["query"])
        except ServiceError as error:
            raise ValidationError(str(error)) from error


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin[SavedView]):
    """One's own views, and the shared ones, which leads alone change."""

    form = SavedViewForm
    list_display = ["name", "is_shared", "query", "position"]
    search_fields = ["name"]

    @admin.display(boolean=True, description="shared")
    def is_shared(self, view: SavedView) -> bool:
        return view.owner_id is None

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        user = request.user
        return saved_views.of_user(user) if isinstance(user, User) else SavedView.objects.none()

    def get_fields(self, request: HttpRequest, _obj: SavedView | None = None) -> Any:
        shown = ["name", "query", "position"]
        return [*shown, "shared"] if _shares(request) else shown

    def save_model(
        self, request: HttpRequest, obj: SavedView, form: forms.ModelForm[Any], change: bool
    ) -> None:
        # Asked again: the field is not shown to agents, but a form can be forged.
        is_shared = _shares(request) and form.cleaned_data["shared"]
        obj.owner_id = None if is_shared else request.user.pk
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_theirs(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_theirs(request, obj)

    def get_actions(self, _request: HttpRequest) -> dict[str, Any]:
        """Not many at once: a shared one among them might not be theirs to delete."""
        return {}


@admin.register(StaffMail)
class StaffMailAdmin(ReadOnlyAdmin[StaffMail]):
    """What the team was told, and what could not be sent."""

    list_display = ["created_at", "user", "subject", "sent_at", "attempts", "error"]
    list_select_related = ["user"]
    search_fields = ["subject", "user__username"]


def _shares(request: HttpRequest) -> bool:
    return request.user.has_perm(saved_views.SHARE)


def _is_theirs(request: HttpRequest, view: SavedView | None) -> bool:
    if view is None or view.owner_id is not None:
        return True  # others' own views are not in the queryset
    return _shares(request)
