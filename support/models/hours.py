"""When the desk is open; `support.hours` reckons with it."""

from django.db import models
from django.utils.formats import date_format

from support.hours import MIDNIGHT


class Weekday(models.IntegerChoices):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class OpeningHours(models.Model):
    """One span of a weekday; with a break a day has two. Without any the desk is always open."""

    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField(help_text="00:00 is midnight, the end of the day.")

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = verbose_name_plural = "opening hours"
        constraints = [
            models.UniqueConstraint(fields=["weekday", "opens"], name="hours_open_once"),
            models.CheckConstraint(
                name="hours_close_after_opening",
                condition=models.Q(closes__gt=models.F("opens")) | models.Q(closes=MIDNIGHT),
                violation_error_message="The desk must close after it opens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    """A day on which the desk stays shut."""

    date = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    every_year = models.BooleanField(default=False)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        day = date_format(self.date, "MONTH_DAY_FORMAT" if self.every_year else "DATE_FORMAT")
        return f"{self.name}, {day}"
