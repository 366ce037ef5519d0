"""Ids, numbers and times are taken up to the length that can be stored, and not beyond."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from whatsapp.payload import reading


@pytest.mark.parametrize(
    ("read", "limit"),
    [(reading.identifier, 256), (reading.user_id, 160)],
)
def test_an_id_that_is_too_long_is_none(read: Callable[[object], str], limit: int) -> None:
    assert read("x" * limit) == "x" * limit
    assert read("x" * (limit + 1)) == ""


def test_a_phone_number_has_at_most_fifteen_digits() -> None:
    assert reading.phone("1" * 15) == "1" * 15
    assert reading.phone("1" * 16) == ""


def test_a_name_has_at_most_255_characters() -> None:
    assert reading.line("n" * 255) == "n" * 255
    assert reading.line("n" * 256) == "n" * 254 + "…"


@pytest.mark.parametrize(("code", "count"), [(2**31 - 1, 1), (2**31, 0), (10**10, 0)])
def test_a_code_fits_into_an_integer_column(code: int, count: int) -> None:
    assert len(reading.errors([{"code": code}])) == count


@pytest.mark.parametrize("seconds", [1_230_768_000, 4_102_444_799])
def test_a_time_lies_between_2009_and_2100(seconds: int) -> None:
    assert reading.moment(seconds) == datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("seconds", [1_230_767_999, 4_102_444_800, 10**12, 10**16])
def test_any_other_time_is_none(seconds: int) -> None:
    """10**12 counts as milliseconds, of the year 2001."""
    assert reading.moment(seconds) is None
