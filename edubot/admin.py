"""Pages that other packages add to the admin: some are changed, some taken out."""

from typing import Any

from axes import admin as axes
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister([StaticDevice, TOTPDevice])  # their pages show everybody's secret
admin.site.unregister(AccessFailureLog)  # is not written; attempts and logins are
admin.site.unregister([AccessAttempt, AccessLog])


class WithoutDates:
    """MySQL without its time zone tables, which few load, cannot tell days apart."""

    date_hierarchy: Any = None


@admin.register(AccessAttempt)
class AttemptAdmin(WithoutDates, axes.AccessAttemptAdmin):  # type: ignore[misc]
    """Deleting one opens the login again."""


@admin.register(AccessLog)
class LoginAdmin(WithoutDates, axes.AccessLogAdmin):  # type: ignore[misc]
    """Who logged in, when and from where."""
