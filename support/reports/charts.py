"""Charts as the table that they draw: the page shows the table, a script draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from support.reports.figures import Volume

BAR, LINE, RING = "bar", "line", "doughnut"


@dataclass(frozen=True, slots=True)
class Chart:
    """The first column names the rows, the second counts."""

    title: str
    kind: str
    columns: tuple[str, str]
    rows: Sequence[tuple[str, int]]

    @property
    def is_empty(self) -> bool:
        return not any(count for _, count in self.rows)


def by_hour(volume: Volume, title: str = "Requests by hour") -> Chart:
    rows = [(f"{hour:02}:00", count) for hour, count in enumerate(volume.by_hour)]
    return Chart(title, BAR, ("Hour", "Requests"), rows)


def by_day(volume: Volume, title: str = "Requests by day") -> Chart:
    rows = [(_day(day), count) for day, count in volume.by_day.items()]
    return Chart(title, LINE, ("Day", "Requests"), rows)


def ratings(good: int, bad: int, title: str = "Ratings") -> Chart:
    return Chart(title, RING, ("Rating", "Chats"), [("👍 Good", good), ("👎 Not good", bad)])


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
