"""What a report is asked about."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from support import queries
from support.desk.forms import Colleague
from support.models import Category
from support.reports.figures import Tickets
from support.reports.period import MOST_DAYS, USUAL, Period

# Whose midnight exists in every time zone; before the first nobody was on WhatsApp.
DAYS = [MinValueValidator(date(2009, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, validators=DAYS, widget=forms.DateInput(attrs={"type": "date"})
    )


class ReportForm(forms.Form):
    """A valid form has a `period`; without dates it is the last four weeks."""

    start = _day("From")
    end = _day("To")
    agent = Colleague(User.objects.none(), required=False, empty_label="Everybody")
    category = forms.ModelChoiceField(Category.objects.all(), required=False, empty_label="All")

    def __init__(self, data: Any = None) -> None:
        usual = Period.last(USUAL)
        given = {name: value for name, value in (data or {}).items() if value}
        dates = {"start": usual.start.isoformat(), "end": usual.end.isoformat()}
        super().__init__(dates | given)
        self.fields["agent"].queryset = queries.answering_staff()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and start > end:
            raise ValidationError("The first day must not come after the last one.")
        if start and end and (end - start).days >= MOST_DAYS:
            raise ValidationError(
                f"Choose at most {MOST_DAYS} days; make several reports for more."
            )
        return data

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["start"], self.cleaned_data["end"])

    def of(self, tickets: Tickets) -> Tickets:
        """Those of `tickets` that the form's agent and category allow."""
        if agent := self.cleaned_data["agent"]:
            tickets = tickets.filter(assigned_admin=agent)
        if category := self.cleaned_data["category"]:
            tickets = tickets.filter(category=category)
        return tickets
