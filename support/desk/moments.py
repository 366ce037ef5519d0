"""When somebody wants something to happen: a moment from a list, or one of their own."""

from datetime import datetime, timedelta
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils import timezone

from support.services import ServiceError

MORNING: Final = 8  # o'clock
CHOICES: Final = [("today", "In 3 hours"), ("tomorrow", "Tomorrow, 8:00"), ("week", "Monday, 8:00")]


def chosen(data: QueryDict) -> datetime:
    """`when` of CHOICES, else the time in `at`, as the server's clocks show it.

    Raises ServiceError if neither says a time.
    """
    now = timezone.localtime()
    if data.get("when") == "today":
        return now + timedelta(hours=3)
    morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if data.get("when") == "tomorrow":
        return morning + timedelta(days=1)
    if data.get("when") == "week":
        return morning + timedelta(days=7 - now.weekday())
    try:
        moment: datetime = forms.DateTimeField().clean(data.get("at", ""))
    except forms.ValidationError as error:
        raise ServiceError("Choose a day and a time.") from error
    return moment
