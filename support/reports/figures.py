"""The figures of a period, in a constant number of queries along the index ticket_report.

Durations are counted by the minute in the database, so that a median needs no list of tickets.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Count, DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Floor, TruncHour
from django.utils import timezone

from support.models import Category, Rating, SupportTicket
from support.reports.period import Period
from support.reports.spread import Spread
from support.services import name_of

Tickets = QuerySet[SupportTicket]
MINUTE = 60_000_000  # microseconds


@dataclass(slots=True)
class Figures:
    """What was done with some of the tickets."""

    opened: int = 0
    good: int = 0
    bad: int = 0
    response: Spread = field(default_factory=Spread)
    resolution: Spread = field(default_factory=Spread)

    @property
    def satisfied(self) -> int | None:
        """Good ratings in percent of all; None without ratings."""
        rated = self.good + self.bad
        return round(100 * self.good / rated) if rated else None


@dataclass(frozen=True, slots=True)
class Volume:
    """Tickets opened, by local day and by hour of the day."""

    by_day: dict[date, int]
    by_hour: list[int]


@dataclass(frozen=True, slots=True)
class Report:
    period: Period
    volume: Volume
    total: Figures
    by_agent: list[tuple[str, Figures]]
    by_category: list[tuple[str, Figures]]


def opened_in(tickets: Tickets, period: Period) -> Tickets:
    return tickets.filter(created_at__gte=period.begins_at, created_at__lt=period.ends_at)


def report(tickets: Tickets, period: Period) -> Report:
    """About the tickets opened in `period`: seven queries."""
    opened = opened_in(tickets, period).order_by()
    agents, categories = _figures(opened, "assigned_admin"), _figures(opened, "category")
    return Report(
        period,
        volume(tickets, period),
        _sum(agents.values()),
        _named(agents, _agents(agents), "Nobody"),
        _named(categories, _categories(categories), "No category"),
    )


def volume(tickets: Tickets, period: Period) -> Volume:
    """One query. Hours are cut where the local clock cuts them, also in India."""
    offset = timezone.localtime().utcoffset() or timedelta()
    odd = offset % timedelta(hours=1)
    start: Combinable = F("created_at") + odd if odd else F("created_at")
    hours = opened_in(tickets, period).order_by().values(hour=TruncHour(start, tzinfo=UTC))
    by_day = dict.fromkeys(period.days(), 0)
    by_hour = [0] * 24
    for row in hours.annotate(tickets=Count("pk")):
        at = timezone.localtime(row["hour"] - odd)
        by_day[at.date()] += row["tickets"]
        by_hour[at.hour] += row["tickets"]
    return Volume(by_day, by_hour)


def totals(tickets: Tickets, period: Period) -> Figures:
    """Two queries."""
    return _sum(_figures(opened_in(tickets, period).order_by(), "assigned_admin").values())


def _figures(tickets: Tickets, by: str) -> dict[int | None, Figures]:
    found: dict[int | None, Figures] = defaultdict(Figures)
    first = tickets.values(by, "rating", minutes=_minutes_until("first_response_at"))
    for row in first.annotate(tickets=Count("pk")):
        _count(found[row[by]], row)
    ended = tickets.filter(closed_at__isnull=False)
    for row in ended.values(by, minutes=_minutes_until("closed_at")).annotate(tickets=Count("pk")):
        found[row[by]].resolution.add(row["minutes"], row["tickets"])
    return found


def _count(figures: Figures, row: dict[str, Any]) -> None:
    figures.opened += row["tickets"]
    figures.good += row["tickets"] if row["rating"] == Rating.GOOD else 0
    figures.bad += row["tickets"] if row["rating"] == Rating.BAD else 0
    if row["minutes"] is not None:
        figures.response.add(row["minutes"], row["tickets"])


def _minutes_until(moment: str) -> Floor:
    span = ExpressionWrapper(F(moment) - F("created_at"), output_field=DurationField())
    minutes = Cast(span, BigIntegerField()) / MINUTE
    return Floor(minutes, output_field=BigIntegerField())


def _sum(parts: Iterable[Figures]) -> Figures:
    total = Figures()
    for part in parts:
        total.opened += part.opened
        total.good += part.good
        total.bad += part.bad
        total.response.minutes += part.response.minutes
        total.resolution.minutes += part.resolution.minutes
    return total


def _named(
    figures: dict[int | None, Figures], names: dict[int, str], nobody: str
) -> list[tuple[str, Figures]]:
    """The most first."""
    named = [(names.get(key or 0, nobody), one) for key, one in figures.items()]
    return sorted(named, key=lambda pair: (-pair[1].opened, pair[0]))


def _agents(keys: Iterable[int | None]) -> dict[int, str]:
    return {
        pk: name_of(user) for pk, user in User.objects.in_bulk(list(filter(None, keys))).items()
    }


def _categories(keys: Iterable[int | None]) -> dict[int, str]:
    rows = Category.objects.filter(pk__in=list(filter(None, keys)))
    return dict(rows.values_list("pk", "name"))
