"""Whether anybody is expected at the desk."""

from datetime import datetime

from django.utils import timezone

from support import hours
from support.services.waiting import opening_hours


def was_open(*moments: datetime) -> bool:
    """Whether the desk was open at each of `moments`. Two queries."""
    week, holidays = opening_hours()
    return all(hours.is_open(timezone.localtime(moment), week, holidays) for moment in moments)
