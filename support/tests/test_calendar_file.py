"""Holidays from iCal files, and what is wrong with the others."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.calendar_file import CalendarError, DayOff, days_off


def calendar(*events: str) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{inner}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def test_a_day_with_its_name() -> None:
    file = calendar("UID:1\nDTSTART;VALUE=DATE:20261001\nSUMMARY:Independence Day")
    assert days_off(file) == [DayOff(date(2026, 10, 1), "Independence Day", every_year=False)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "freq=yearly;INTERVAL=1;WKST=SU",
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=01",
    ],
)
def test_a_day_that_comes_every_year(rule: str) -> None:
    file = calendar(f"DTSTART;VALUE=DATE:20260101\nRRULE:{rule}\nSUMMARY:New Year")
    assert days_off(file) == [DayOff(date(2026, 1, 1), "New Year", every_year=True)]


def test_several_days_end_before_the_end() -> None:
    file = calendar("DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102\nSUMMARY:Break")
    assert [day.date.isoformat() for day in days_off(file)] == [
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
    ]


def test_the_last_day_there_is_has_no_day_after_it() -> None:
    (day,) = days_off(calendar("DTSTART;VALUE=DATE:99991231\nSUMMARY:The end"))
    assert day.date == date.max


def test_folded_lines_escapes_and_parameters_are_read() -> None:
    file = calendar(
        "SUMMARY;LANGUAGE=en:Eid\\, the\n  first\\nday\nDTSTART;VALUE=DATE;X=1:20260320"
    )
    assert days_off(file)[0].name == "Eid, the first day"


def test_cancelled_events_and_alarms_do_not_count() -> None:
    file = calendar(
        "DTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED\nSUMMARY:Not this one",
        "BEGIN:VALARM\nSUMMARY:Alarm\nEND:VALARM\nDTSTART;VALUE=DATE:20260102\nSUMMARY:This one",
    )
    assert [day.name for day in days_off(file)] == ["This one"]


def test_a_day_without_a_name_is_a_holiday() -> None:
    assert days_off(calendar("DTSTART;VALUE=DATE:20260101"))[0].name == "Holiday"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert days_off(b"\xef\xbb\xbf" + calendar("DTSTART;VALUE=DATE:20260101"))


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        (b"", "no iCal file"),
        (b"name,date\n", "no iCal file"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"x" * 1_000_001, "too large"),
        (calendar(), "names no days"),
        (calendar("SUMMARY:Odd"), "“Odd” is not a whole day: it has no date"),
        (calendar("DTSTART:20260101T090000Z\nSUMMARY:Exam"), "“Exam” is not a whole day"),
        (calendar("DTSTART;VALUE=DATE:20260230\nSUMMARY:Odd"), "date that does not exist"),
        (
            calendar("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20261231\nSUMMARY:All"),
            "“All” lasts 364 days",
        ),
        (
            calendar("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=WEEKLY\nSUMMARY:Odd"),
            "“Odd” repeats in a way that cannot be read: FREQ=WEEKLY",
        ),
        (
            calendar("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYDAY=1MO\nSUMMARY:Odd"),
            "cannot be read",
        ),
        (
            calendar("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;UNTIL=20300101"),
            "cannot be read",
        ),
        (
            calendar("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTHDAY=2"),
            "cannot be read",
        ),
        (
            calendar("DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:20260201\nSUMMARY:Odd"),
            "single dates",
        ),
        (calendar(*["DTSTART;VALUE=DATE:20260101"] * 2001), "more than 2000 days"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(file: bytes, complaint: str) -> None:
    with pytest.raises(CalendarError, match=complaint):
        days_off(file)


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VCALENDAR", "", " x"),
        *("DTSTART;VALUE=DATE:20260101", "DTSTART:", "DTEND;VALUE=DATE:20250101", "SUMMARY:\\"),
        *("RRULE:FREQ=YEARLY", "RRULE:;=;", "RRULE:FREQ=YEARLY;BYMONTH=x", "STATUS:", ":", ";"),
    ]
)


@given(st.lists(LINES | st.text(max_size=40), max_size=12))
def test_any_file_is_read_or_refused(lines: list[str]) -> None:
    file = "\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "replace")
    with suppress(CalendarError):
        assert days_off(file)
