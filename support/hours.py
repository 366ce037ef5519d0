"""When the desk is open. Pure: no database, no clock.

Hours and holidays are those of the wall clock where `moment` is: pass it in the desk's own time
zone. Where the clock jumps the desk is open rather than shut: a time that exists twice opens at
its first and closes at its second, one that is skipped opens before and closes after the jump.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

MIDNIGHT: Final = time()
LOOK_AHEAD: Final = 366  # days


@dataclass(frozen=True, slots=True)
class Span:
    """Open on one weekday (0 is Monday) from `opens` to `closes`; midnight closes the day."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days on which the desk stays shut; `yearly` are (month, day)."""

    dates: frozenset[date] = field(default=frozenset())
    yearly: frozenset[tuple[int, int]] = field(default=frozenset())

    def __contains__(self, day: date) -> bool:
        return day in self.dates or (day.month, day.day) in self.yearly


Week = Sequence[Span]
NO_HOLIDAYS: Final = Holidays()
AROUND_THE_CLOCK: Final = tuple(Span(day, MIDNIGHT, MIDNIGHT) for day in range(7))


def is_open(moment: datetime, week: Week, holidays: Holidays = NO_HOLIDAYS) -> bool:
    """Whether the desk is open. A week without hours is open around the clock, but on holidays."""
    around = (moment.date() + timedelta(days=days) for days in (-1, 0, 1))
    spans = (span for day in around for span in _spans(day, moment.tzinfo, week, holidays))
    return any(opens <= moment < closes for opens, closes in spans)


def next_opening(moment: datetime, week: Week, holidays: Holidays = NO_HOLIDAYS) -> datetime | None:
    """The first moment from `moment` on at which the desk is open: `moment` itself if it is.

    In the time zone of `moment`; None if that is more than a year off.
    """
    for days in range(-1, LOOK_AHEAD + 1):
        day = moment.date() + timedelta(days=days)
        ahead = [span for span in _spans(day, moment.tzinfo, week, holidays) if span[1] > moment]
        if ahead:
            first = max(moment.astimezone(UTC), min(opens for opens, _ in ahead))
            return first.astimezone(moment.tzinfo)
    return None


def after_open_time(
    moment: datetime, wait: timedelta, week: Week, holidays: Holidays = NO_HOLIDAYS
) -> datetime | None:
    """When the desk will have been open for `wait` since `moment`, in the zone of `moment`.

    None if that is more than a year off.
    """
    reached, left = moment.astimezone(UTC), wait
    for days in range(-1, LOOK_AHEAD + 1):
        day = moment.date() + timedelta(days=days)
        for opens, closes in sorted(_spans(day, moment.tzinfo, week, holidays)):
            reached = max(reached, opens)
            if left <= closes - reached:
                return (reached + left).astimezone(moment.tzinfo)
            left -= max(closes - reached, timedelta())
            reached = max(reached, closes)
    return None


def _spans(
    day: date, zone: tzinfo | None, week: Week, holidays: Holidays
) -> Iterator[tuple[datetime, datetime]]:
    """From when until when, in UTC, the desk is open by the hours of `day`."""
    if day in holidays:
        return
    for span in week or AROUND_THE_CLOCK:
        if span.weekday == day.weekday():
            end = day if span.closes != MIDNIGHT else day + timedelta(days=1)
            yield min(_readings(day, span.opens, zone)), max(_readings(end, span.closes, zone))


def _readings(day: date, clock: time, zone: tzinfo | None) -> list[datetime]:
    """The moments that `clock` may mean on `day`: two where the clock jumps."""
    return [
        datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)
    ]
