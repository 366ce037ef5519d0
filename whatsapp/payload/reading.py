"""Careful reading of single JSON values: the right type or an empty one, never an exception."""

import re
from datetime import UTC, datetime
from typing import cast

from whatsapp.payload.values import ApiError, Json
from whatsapp.text import clean_text, shorten

LONGEST_ID = 256  # that of a button
LONGEST_USER_ID = 160  # they have at most 135 characters
LONGEST_PHONE = 15  # E.164
LONGEST_NAME = 255

_EARLIEST = 1_230_768_000  # 2009, when WhatsApp began
_LATEST = 4_102_444_800  # 2100; what claims to be later is not a time
_MILLISECONDS = 10**12  # some gateways have seen these instead of seconds
_LARGEST_CODE = 2**31 - 1


def mapping(value: object) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}


def listing(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def string(value: object) -> str:
    """Return a cleaned text; numbers become text, everything else is empty."""
    if isinstance(value, str):
        return clean_text(value)
    return str(value) if _is_number(value) else ""


def line(value: object, limit: int = LONGEST_NAME) -> str:
    """Return a text on one line, without outer blanks, shortened to `limit`."""
    return shorten(" ".join(string(value).split()), limit)


def identifier(value: object, limit: int = LONGEST_ID) -> str:
    """Return an opaque id as it is, or nothing: half an id names nobody."""
    text = string(value)
    return text if text.strip() and len(text) <= limit else ""


def phone(value: object) -> str:
    """Return the digits of a phone number as Meta writes it, or nothing if it is something else.

    A business-scoped user id has been seen where a phone number belongs.
    """
    text = string(value).strip().removeprefix("+")
    digits = text.isascii() and text.isdigit() and len(text) <= LONGEST_PHONE
    return text if digits else ""


def typed_phone(value: object) -> str:
    """Return the digits of an international number as people write it, or nothing."""
    text = string(value).strip()
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", text).removeprefix("+")
    return "" if digits.startswith("0") else phone(digits)


def user_id(value: object) -> str:
    """Return a business-scoped user id: any id that is not a phone number."""
    return "" if phone(value) else identifier(value, LONGEST_USER_ID)


def moment(value: object) -> datetime | None:
    """Return a time from Unix seconds or milliseconds, text or number; None if it is absurd."""
    text = string(value).strip().partition(".")[0]
    if not (text.isascii() and text.isdigit() and len(text) <= 16):
        return None
    seconds = int(text)
    if seconds >= _MILLISECONDS:
        seconds //= 1000
    return datetime.fromtimestamp(seconds, UTC) if _EARLIEST <= seconds < _LATEST else None


def errors(value: object) -> tuple[ApiError, ...]:
    """Return the errors of a message or a status.

    One without a code is left out: Meta says to decide on the code alone, and 0 is a code too.
    """
    found = (_error(mapping(item)) for item in listing(value))
    return tuple(error for error in found if error)


def _error(item: Json) -> ApiError | None:
    code = string(item.get("code"))
    if not (code.isascii() and code.isdigit() and len(code) <= 10 and int(code) <= _LARGEST_CODE):
        return None
    extra = item.get("error_data")
    details = mapping(extra).get("details") if isinstance(extra, dict) else extra
    title = string(item.get("title")) or string(item.get("message"))
    return ApiError(int(code), title, string(details))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
