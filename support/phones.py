"""Phone numbers as people write them."""

import re

import phonenumbers
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

SEE_NUMBERS = "support.see_numbers_supportticket"
LAST_SHOWN = 2  # digits

_WRITTEN = re.compile(r"[+\d\s().\-/]{5,40}")
_ABROAD = re.compile(r"^\s*00")  # what most of the world dials for +; no national number begins so
_MEXICAN_MOBILE = re.compile(r"\+521[0-9]{10}")


def normalise(text: str) -> str:
    """The E.164 form (`+2348031234567`) of a number with `+`, `00` or neither, or in national form.

    National means PHONE_DEFAULT_REGION. A `+` that arrived as a space is no loss: without one
    the international reading is tried first. Raises ValueError if it is no phone number.
    """
    if not _WRITTEN.fullmatch(text):
        raise ValueError(f"{text!r} is not a phone number.")
    text = _ABROAD.sub("+", text)
    digits = "+" + re.sub(r"\D", "", text)
    if _MEXICAN_MOBILE.fullmatch(digits):
        return digits  # WhatsApp keeps the 1 that Mexico has given up
    readings = [_read(digits)] if text.strip().startswith("+") else [_read(digits), _read(text)]
    found = [number for number in readings if number is not None]
    # The surest reading wins; a number that fits only by its length may be a new range.
    for fits in (phonenumbers.is_valid_number, phonenumbers.is_possible_number):
        for number in found:
            if fits(number):
                return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise ValueError(f"{text!r} is not a phone number.")


def _read(text: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, settings.PHONE_DEFAULT_REGION)
    except NumberParseException:
        return None


def may_see(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether `user` sees whole numbers, and may look for them by a part."""
    is_open = not settings.SUPPORT_MASK_NUMBERS
    return is_open or (isinstance(user, PermissionsMixin) and user.has_perm(SEE_NUMBERS))


def searched(text: str, user: AbstractBaseUser | AnonymousUser) -> str | None:
    """What of a number `user` may search for with `text`: None says any part of it.

    Else the whole number that `text` is, in E.164, or nothing: parts would tell the hidden digits
    one by one (decision 36).
    """
    if may_see(user):
        return None
    try:
        return normalise(text.strip())
    except ValueError:
        return ""


def shown(number: str, user: AbstractBaseUser | AnonymousUser) -> str:
    """`number` as `user` may see it: with SUPPORT_MASK_NUMBERS most of its digits are dots.

    Country code and last two digits stay, so that two students can be told apart.
    `services.reveal_number` shows the whole of it, on record.
    """
    if may_see(user):
        return number
    country = _country(number)
    hidden = len(number) - len(country) - LAST_SHOWN
    return f"{country}{'•' * hidden}{number[-LAST_SHOWN:]}" if hidden > 0 else "•" * len(number)


def _country(number: str) -> str:
    parsed = _read(number) if number.startswith("+") else None
    return f"+{parsed.country_code}" if parsed else ""
