"""Spans of time as people say them."""

from datetime import datetime, timedelta

from django.utils import timezone

_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "min"))


def span(length: timedelta) -> str:
    """The largest whole unit: "4 min", "3 h", "2 d"; below a minute "now"."""
    for unit, name in _UNITS:
        if length >= unit:
            return f"{length // unit} {name}"
    return "now"


def since(moment: datetime | None) -> str:
    """How long ago, empty if never."""
    return span(timezone.now() - moment) if moment else ""


def until(moment: datetime | None) -> str:
    """How far ahead, empty if never."""
    return span(moment - timezone.now()) if moment else ""
