"""When the desk is open: breaks, nights, holidays, clocks that jump."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.hours import (
    AROUND_THE_CLOCK,
    Holidays,
    Span,
    after_open_time,
    is_open,
    next_opening,
)

LAGOS = ZoneInfo("Africa/Lagos")
BERLIN = ZoneInfo("Europe/Berlin")  # 29 March 2026: 02:00 becomes 03:00; 25 October: 03:00, 02:00
WEEK = [
    *(Span(day, time(8), time(12)) for day in range(5)),
    *(Span(day, time(13), time(17)) for day in range(5)),
]
MONDAY = date(2026, 1, 5)


def at(clock: str, day: date = MONDAY, zone: ZoneInfo = LAGOS) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("07:59", False),
        ("08:00", True),
        ("11:59:59", True),
        ("12:00", False),
        ("13:00", True),
        ("17:00", False),
    ],
)
def test_open_from_the_first_minute_to_the_last(clock: str, expected: bool) -> None:
    assert is_open(at(clock), WEEK) is expected


def test_without_hours_it_is_always_open() -> None:
    assert is_open(at("03:00"), [])
    assert next_opening(at("03:00"), []) == at("03:00")


def test_without_hours_it_is_still_shut_on_holidays() -> None:
    holidays = Holidays(frozenset({MONDAY}))
    assert not is_open(at("12:00"), [], holidays)
    assert next_opening(at("12:00"), [], holidays) == at("00:00", MONDAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("clock", "opens"), [("07:00", "08:00"), ("12:30", "13:00"), ("09:30", "09:30")]
)
def test_the_next_opening_on_the_same_day(clock: str, opens: str) -> None:
    assert next_opening(at(clock), WEEK) == at(opens)


def test_friday_evening_opens_on_monday() -> None:
    friday = date(2026, 1, 2)
    assert next_opening(at("18:00", friday), WEEK) == at("08:00", MONDAY)


def test_holidays_are_skipped_once_or_every_year() -> None:
    tuesday = MONDAY + timedelta(days=1)
    once = Holidays(frozenset({MONDAY}))
    yearly = Holidays(yearly=frozenset({(1, 5)}))
    for holidays in (once, yearly):
        assert not is_open(at("09:00"), WEEK, holidays)
        assert next_opening(at("09:00"), WEEK, holidays) == at("08:00", tuesday)
    other_year = date(2027, 1, 5)
    assert is_open(at("09:00", other_year), WEEK, once)
    assert not is_open(at("09:00", other_year), WEEK, yearly)


def test_midnight_closes_the_day() -> None:
    evening = [Span(0, time(20), time(0))]
    assert is_open(at("23:59"), evening)
    assert not is_open(at("00:00", MONDAY + timedelta(days=1)), evening)


def test_a_year_of_holidays_has_no_next_opening() -> None:
    never = Holidays(frozenset(MONDAY + timedelta(days=n) for n in range(-1, 370)))
    assert next_opening(at("09:00"), WEEK, never) is None


def test_hours_that_the_clock_skips_are_not_lost() -> None:
    sunday = date(2026, 3, 29)
    week = [Span(6, time(2, 30), time(3, 0))]
    opens = next_opening(at("00:00", sunday, BERLIN), week)
    assert opens is not None
    assert opens.date() == sunday
    assert is_open(opens, week)


def test_hours_that_come_twice_are_open_twice() -> None:
    sunday = date(2026, 10, 25)
    week = [Span(6, time(2, 0), time(3, 0))]
    twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert all(is_open(moment.astimezone(BERLIN), week) for moment in twice)
    assert not is_open(at("03:00", sunday, BERLIN), week)


CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
SPANS = st.builds(
    lambda day, one, other: Span(day, min(one, other), max(one, other)),
    st.integers(0, 6),
    CLOCKS,
    CLOCKS,
).filter(lambda span: span.opens < span.closes)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([LAGOS, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("UTC")]),
    allow_imaginary=False,
)
HOLIDAYS = st.builds(
    Holidays, st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20)
)
MINUTE = timedelta(minutes=1)


@given(MOMENTS, st.lists(SPANS, max_size=8), HOLIDAYS)
def test_the_next_opening_is_the_first_open_moment(
    moment: datetime, week: list[Span], holidays: Holidays
) -> None:
    opens = next_opening(moment, week, holidays)
    if is_open(moment, week, holidays):
        assert opens is not None
        assert opens.astimezone(UTC) == moment.astimezone(UTC)
        return
    assert opens is not None
    gap = opens.astimezone(UTC) - moment.astimezone(UTC)
    assert gap > timedelta()
    assert is_open(opens, week, holidays)
    for part in range(1, 10):
        between = (opens.astimezone(UTC) - gap * part / 10).astimezone(moment.tzinfo)
        assert not is_open(between, week, holidays)
    just_before = (opens.astimezone(UTC) - min(MINUTE, gap)).astimezone(moment.tzinfo)
    assert not is_open(just_before, week, holidays)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("Fri 10:00", 2, "Fri 12:00"),
        ("Fri 16:00", 2, "Mon 09:00"),
        ("Fri 18:00", 1, "Mon 09:00"),
        ("Sat 12:00", 9, "Mon 17:00"),
        ("Fri 08:00", 9, "Fri 17:00"),
        ("Fri 16:00", 11, "Tue 09:00"),
    ],
)
def test_only_the_time_of_an_open_desk_passes(start: str, hours: int, end: str) -> None:
    days = {"Fri": 20, "Sat": 21, "Mon": 23, "Tue": 24}
    week = [Span(day, time(8), time(17)) for day in range(5)]

    def moment(written: str) -> datetime:
        day, clock = written.split()
        return at(clock, date(2026, 11, days[day]))

    assert after_open_time(moment(start), timedelta(hours=hours), week) == moment(end)


def test_a_desk_that_never_opens_has_no_such_moment() -> None:
    every_day = Holidays(yearly=frozenset((m, d) for m in range(1, 13) for d in range(1, 32)))
    moment = at("08:00", date(2026, 11, 20))
    assert after_open_time(moment, timedelta(hours=1), AROUND_THE_CLOCK, every_day) is None


@given(MOMENTS, st.lists(SPANS, max_size=8), HOLIDAYS, st.integers(1, 3000))
def test_what_passes_is_open_time_and_no_more(
    moment: datetime, week: list[Span], holidays: Holidays, minutes: int
) -> None:
    """Two waits after each other are one long wait, and the desk is open just before the end."""
    wait = timedelta(minutes=minutes)
    once = after_open_time(moment, wait, week, holidays)
    twice = after_open_time(moment, wait * 2, week, holidays)
    if once is None or twice is None:
        return
    assert after_open_time(once, wait, week, holidays) == twice
    assert is_open((once.astimezone(UTC) - MINUTE / 2).astimezone(moment.tzinfo), week, holidays)
    assert once.astimezone(UTC) - moment.astimezone(UTC) >= wait


@given(MOMENTS)
def test_around_the_clock_is_never_shut(moment: datetime) -> None:
    assert is_open(moment, AROUND_THE_CLOCK)
