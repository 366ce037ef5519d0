"""How long things took: counts by whole minutes, and what half and nine tenths of them are."""

from collections import Counter
from typing import Self

HOUR, DAY = 60, 24 * 60
SPACE = "\N{NO-BREAK SPACE}"  # a number and its unit stay on one line


class Spread:
    """Percentiles over any number of tickets, from as many numbers as there are minutes."""

    def __init__(self) -> None:
        self.minutes: Counter[int] = Counter()

    def add(self, minutes: int, tickets: int) -> Self:
        """Negative spans, of clocks that disagree, count as none."""
        self.minutes[max(minutes, 0)] += tickets
        return self

    def percentile(self, share: float) -> int | None:
        """Minutes within which this share of the tickets was done; None without tickets."""
        wanted, seen = share * self.tickets, 0
        for minutes in sorted(self.minutes):
            seen += self.minutes[minutes]
            if seen >= wanted:
                return minutes
        return None

    @property
    def tickets(self) -> int:
        """How many were done."""
        return self.minutes.total()

    @property
    def median(self) -> int | None:
        return self.percentile(0.5)

    @property
    def most(self) -> int | None:
        """Nine of ten took at most this long."""
        return self.percentile(0.9)


def in_words(minutes: int | None) -> str:
    """`7 min`, `3 h 05`, `2 d 4 h`, which no line breaks; a dash for none."""
    if minutes is None:
        return "–"
    return SPACE.join(_parts(minutes))


def _parts(minutes: int) -> tuple[str, ...]:
    if minutes < HOUR:
        return (str(minutes), "min")
    if minutes < DAY:
        return (str(minutes // HOUR), "h", f"{minutes % HOUR:02}")
    return (str(minutes // DAY), "d", str(minutes % DAY // HOUR), "h")
