"""Which days a report is about, in TIME_ZONE."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

USUAL = 28  # days
MOST_DAYS = 93  # a quarter: what is read for one report stays bounded


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, the first and the last included."""

    start: date
    end: date

    @classmethod
    def last(cls, days: int) -> "Period":
        today = timezone.localdate()
        return cls(today - timedelta(days=days - 1), today)

    @property
    def begins_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.start, time.min))

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return timezone.make_aware(datetime.combine(self.end + timedelta(days=1), time.min))

    def days(self) -> list[date]:
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1)]
