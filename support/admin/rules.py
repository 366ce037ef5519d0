"""Rules, service levels and macros, which leads set; and each person's own notices."""

from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest

from support.admin.own_page import OnePageAdmin
from support.models import DeskPreferences, DeskRules, Macro, ServiceLevel
from support.rules import levels

M = TypeVar("M", bound=Model)
ASSIGNMENT = ("assign", "assign_at_most", "release_after")
LEVELS = ("warn_before", "breach_raises_priority", "breach_leaves_note")
MAIL = ("mail_unassigned_every", "mail_unresolved_after")


@admin.register(DeskRules)
class DeskRulesAdmin(OnePageAdmin[DeskRules]):
    fieldsets = [
        ("Who gets a ticket", {"fields": ASSIGNMENT}),
        ("Service levels", {"fields": LEVELS}),
        ("E-mails to the team", {"fields": MAIL}),
    ]


class ReckonedBy(admin.ModelAdmin[M], Generic[M]):
    """What due times follow from: open tickets get new ones within a minute of a change."""

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        levels.reckon_again()

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        super().delete_model(request, obj)
        levels.reckon_again()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        super().delete_queryset(request, queryset)
        levels.reckon_again()


@admin.register(ServiceLevel)
class ServiceLevelAdmin(ReckonedBy[ServiceLevel]):
    list_display = ["priority", "first_response", "resolution"]


@admin.register(Macro)
class MacroAdmin(admin.ModelAdmin[Macro]):
    list_display = ["name", "priority", "category", "assign", "status"]
    search_fields = ["name", "note", "reply"]
    list_select_related = ["category"]


@admin.register(DeskPreferences)
class DeskPreferencesAdmin(OnePageAdmin[DeskPreferences]):
    """Everybody of the staff has this page, and nobody sees another's."""

    exclude = ["user"]

    class Media:
        css = {"all": ["support/preferences.css"]}
        js = [Script("support/preferences.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeskPreferences]:
        return super().get_queryset(request).filter(user=request.user.pk)

    def save_model(
        self, request: HttpRequest, obj: DeskPreferences, form: forms.ModelForm[Any], change: bool
    ) -> None:
        obj.user_id = request.user.pk
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.is_staff

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff and not self.get_queryset(request).exists()
