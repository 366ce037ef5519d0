"""Logs for the questions after misuse: who logged in, who was refused, who changed what.

Ids only: what is typed into a login is a name at best and a password at worst. That somebody may
not do something Django logs itself, with the address of the page.
"""

from typing import Any

import structlog
from axes.signals import user_locked_out
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from support import networks
from support.models import ApiToken

log = structlog.get_logger(__name__)

ACTS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}


def connect() -> None:
    """Listen to everything below, once."""
    user_logged_in.connect(_logged_in, dispatch_uid="log-login")
    user_logged_out.connect(_logged_out, dispatch_uid="log-logout")
    user_login_failed.connect(_login_failed, dispatch_uid="log-login-failed")
    user_locked_out.connect(_login_locked, dispatch_uid="log-login-locked")
    post_save.connect(_token_made, sender=ApiToken, dispatch_uid="log-token-made")
    post_delete.connect(_token_revoked, sender=ApiToken, dispatch_uid="log-token-revoked")
    post_delete.connect(_factor_removed, sender=TOTPDevice, dispatch_uid="log-factor-removed")
    post_save.connect(_row_changed, sender=LogEntry, dispatch_uid="log-row-changed")


def _address(request: HttpRequest | None) -> str:
    return networks.address_of(request) if request else ""


def _logged_in(request: HttpRequest | None = None, user: User | None = None, **_: Any) -> None:
    log.info("login", user=user and user.pk, address=_address(request))


def _logged_out(request: HttpRequest | None = None, user: User | None = None, **_: Any) -> None:
    log.info("logout", user=user and user.pk, address=_address(request))


def _login_failed(request: HttpRequest | None = None, **_: Any) -> None:
    log.warning("login_failed", address=_address(request))


def _login_locked(request: HttpRequest | None = None, **_: Any) -> None:
    log.warning("login_locked", address=_address(request))


def _token_made(instance: ApiToken, created: bool, **_: Any) -> None:
    if created:
        log.info("token_made", token=instance.token_key, user=instance.user_id)


def _token_revoked(instance: ApiToken, **_: Any) -> None:
    log.info("token_revoked", token=instance.token_key, user=instance.user_id)


def _factor_removed(instance: TOTPDevice, **_: Any) -> None:
    if instance.confirmed:
        log.warning("second_factor_removed", user=instance.user_id)


def _row_changed(instance: LogEntry, created: bool, **_: Any) -> None:
    """Whatever is changed in the admin: accounts, roles, rules, texts."""
    if created and instance.content_type_id:
        model = ContentType.objects.get_for_id(instance.content_type_id).model  # from its cache
        act = ACTS[instance.action_flag]
        log.info("row_changed", user=instance.user_id, act=act, model=model, id=instance.object_id)
