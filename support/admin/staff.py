"""Accounts of staff: an administrator manages them, but makes nobody mightier than a role."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django_otp import devices_for_user

admin.site.unregister(User)

ROOT_ONLY = ("is_superuser", "user_permissions")


@admin.register(User)
class StaffAdmin(UserAdmin[User]):
    """Superusers, and what makes one, are for superusers."""

    actions = ["remove_second_factor"]

    @admin.action(description="Remove the second factor (lost phone)", permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """So that the person can log in with the password and set up a new phone."""
        allowed = [user for user in queryset if self.has_change_permission(request, user)]
        for user in allowed:
            for device in devices_for_user(user, confirmed=None):
                device.delete()
            self.log_change(request, user, "Removed the second factor.")
        messages.success(request, f"{len(allowed)} account(s) now open with the password alone.")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if _is_root(request) else (*fields, *ROOT_ONLY)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (_is_root(request) or not (obj and obj.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (_is_root(request) or not (obj and obj.is_superuser))


def _is_root(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
