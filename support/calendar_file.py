"""Reading holidays from an iCal file (RFC 5545): whole days, once or every year. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

MAXIMUM_BYTES: Final = 1_000_000
MAXIMUM_DAYS: Final = 2_000
LONGEST: Final = 62  # days of one event
NAME_LIMIT: Final = 100

_DATE: Final = re.compile(r"\d{8}")
_ESCAPED: Final = re.compile(r"\\(.)")
# What a rule may say besides FREQ=YEARLY without meaning anything else.
_HARMLESS: Final = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "WKST"})

Event = dict[str, str]


class CalendarError(ValueError):
    """The file cannot be used, with a sentence for whoever chose it."""


@dataclass(frozen=True, slots=True)
class DayOff:
    date: date
    name: str
    every_year: bool


def days_off(content: bytes) -> list[DayOff]:
    """Every day that the calendar names, in its order; cancelled events are left out.

    Raises CalendarError for anything but whole days that come once or every year.
    """
    if len(content) > MAXIMUM_BYTES:
        raise CalendarError("The file is too large: at most 1 MB.")
    found: list[DayOff] = []
    for event in _events(_lines(content)):
        found += _days_of(event)
        if len(found) > MAXIMUM_DAYS:
            raise CalendarError(f"The file names more than {MAXIMUM_DAYS} days.")
    if not found:
        raise CalendarError("The file names no days.")
    return found


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarError("The file is no text in UTF-8.") from error
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()  # long lines are folded
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise CalendarError("This is no iCal file: it does not begin with BEGIN:VCALENDAR.")
    return lines


def _events(lines: list[str]) -> Iterator[Event]:
    """The properties of each event, without their parameters and without alarms."""
    event: Event | None = None
    inner = 0
    for line in lines:
        name, _, value = line.partition(":")
        name = name.partition(";")[0].strip().upper()
        mark = (name, value.strip().upper())
        if mark == ("BEGIN", "VEVENT"):
            event, inner = {}, 0
        elif mark == ("END", "VEVENT") and event is not None:
            yield event
            event = None
        elif name in {"BEGIN", "END"}:
            inner += 1 if name == "BEGIN" else -1
        elif event is not None and not inner:
            event.setdefault(name, value.strip())


def _days_of(event: Event) -> list[DayOff]:
    if event.get("STATUS", "").upper() == "CANCELLED":
        return []
    name = _ESCAPED.sub(_unescaped, event.get("SUMMARY", ""))
    name = " ".join(name.split())[:NAME_LIMIT] or "Holiday"
    first = _date(event.get("DTSTART", ""), name)
    end = _date(event["DTEND"], name) if "DTEND" in event else first
    count = max(1, (end - first).days)  # the end is the day after
    if count > LONGEST:
        raise CalendarError(f"“{name}” lasts {count} days; at most {LONGEST} are taken.")
    every_year = _is_yearly(event, name)
    return [DayOff(first + timedelta(days=n), name, every_year) for n in range(count)]


def _unescaped(found: re.Match[str]) -> str:
    return " " if found[1] in "nN" else found[1]


def _date(value: str, name: str) -> date:
    if not _DATE.fullmatch(value):
        raise CalendarError(f"“{name}” is not a whole day: {value or 'it has no date'}.")
    try:
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007
    except ValueError as error:
        raise CalendarError(f"“{name}” has a date that does not exist: {value}.") from error


def _is_yearly(event: Event, name: str) -> bool:
    """Whether it comes every year on the same date. Raises CalendarError for other rules."""
    if {"RDATE", "EXDATE"} & event.keys():
        raise CalendarError(f"“{name}” has single dates added or left out; that cannot be read.")
    rule = event.get("RRULE", "").upper()
    if not rule:
        return False
    parts = dict(part.partition("=")[::2] for part in rule.split(";") if part)
    is_plain = (
        parts.get("FREQ") == "YEARLY"
        and parts.get("INTERVAL", "1") == "1"
        and parts.get("BYMONTH", "").lstrip("0") in {"", str(int(event["DTSTART"][4:6]))}
        and parts.get("BYMONTHDAY", "").lstrip("0") in {"", str(int(event["DTSTART"][6:8]))}
    )
    if not is_plain or parts.keys() - _HARMLESS:
        raise CalendarError(f"“{name}” repeats in a way that cannot be read: {rule}.")
    return True
