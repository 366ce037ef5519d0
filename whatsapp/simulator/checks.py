"""Small checks on a request's JSON, each raising RefusedError with the code Meta uses (pure).

Written from Meta's pages and not from whatsapp.limits, so that a mistake there shows here.
"""

import re
from typing import Any

from whatsapp.simulator.answers import Json, RefusedError

MISSING, INVALID, MALFORMED = 131008, 131009, 100


def part(holder: Json, key: str, *, code: int = MALFORMED) -> Json:
    """The object `key` of `holder`; refused with `code` when it is missing or something else."""
    value = holder.get(key)
    if not isinstance(value, dict):
        raise RefusedError(code, f"The parameter {key} is required and must be an object.")
    return value


def parts(holder: Json, key: str, least: int, most: int) -> list[Json]:
    """The list of objects `key` with `least` to `most` entries."""
    values = holder.get(key)
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise RefusedError(INVALID, f"{key} must be a list of objects.")
    if not least <= len(values) <= most:
        raise RefusedError(INVALID, f"{key}: {len(values)} given. Min: {least}, Max: {most}")
    return values


def text(holder: Json, key: str, most: int, *, what: str, code: int = INVALID) -> str:
    """The text `key` of 1 to `most` characters, not only blanks."""
    value = holder.get(key)
    if not isinstance(value, str) or not value.strip():
        missing = MALFORMED if code == MALFORMED else MISSING
        raise RefusedError(missing, f"The parameter {what} is required.")
    _within(value, most, what, code)
    return value


def optional_text(holder: Json, key: str, most: int, *, what: str, code: int = INVALID) -> None:
    value = holder.get(key)
    if value is None:
        return
    if not isinstance(value, str):
        raise RefusedError(code, f"{what} must be a text.")
    _within(value, most, what, code)


def _within(value: str, most: int, what: str, code: int) -> None:
    if len(value) > most:
        raise RefusedError(
            code, f"{what} length invalid: {len(value)}. Min length: 1, Max length: {most}"
        )


def unique(values: list[str], what: str) -> None:
    if len(set(values)) != len(values):
        raise RefusedError(INVALID, f"Duplicated {what}.")


def number(holder: Json, key: str, least: float, most: float) -> None:
    """A number or the text of one, as Meta takes both."""
    value: Any = holder.get(key)
    if not isinstance(value, int | float) and not re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        raise RefusedError(MISSING, f"The parameter {key} is required and must be a number.")
    if not least <= float(value) <= most:
        raise RefusedError(INVALID, f"{key} must lie between {least} and {most}.")


def web_address(holder: Json, key: str) -> None:
    value = text(holder, key, 2000, what=key)
    if not re.match(r"https?://[^\s/]+", value):
        raise RefusedError(INVALID, f"{key} must be a web address.")
