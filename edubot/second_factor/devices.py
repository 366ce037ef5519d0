"""A person's authenticator and recovery codes, kept by django-otp.

A TOTP code counts once and wrong ones slow the next try down (django-otp does both). Recovery codes
are kept as digests: whoever reads the database cannot use them.
"""

import base64
import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
RECOVERY_BYTES = 5  # 40 bits: eight letters and digits


def confirmed(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def begun(user: User) -> TOTPDevice | None:
    """The authenticator that is being set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


@transaction.atomic
def begin(user: User) -> TOTPDevice:
    """A new secret for the user's authenticator; an earlier attempt is forgotten."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="Authenticator", confirmed=False)


@transaction.atomic
def confirm(device: TOTPDevice) -> list[str]:
    """Make `device` the user's only one; ten new recovery codes, readable here and never again."""
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    StaticDevice.objects.filter(user=device.user).delete()
    kept = StaticDevice.objects.create(user=device.user, name="Recovery codes")
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=kept, token=_digest(c)) for c in codes)
    return codes


@transaction.atomic
def passes(user: User, code: str) -> bool:
    """Whether `code` is right: the authenticator's, or a recovery code, which is used up by it."""
    code = "".join(code.split()).lower()
    attempts = [(device, code) for device in _locked(TOTPDevice, user)]
    attempts += [(device, _digest(code)) for device in _locked(StaticDevice, user)]
    return any(device.verify_is_allowed()[0] and device.verify_token(t) for device, t in attempts)


def _locked(kind: type, user: User) -> list[TOTPDevice | StaticDevice]:
    """Locked, so that one code sent twice at once counts once."""
    return list(kind.objects.select_for_update().filter(user=user, confirmed=True))  # type: ignore[attr-defined]


def _new_code() -> str:
    return base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:16]
