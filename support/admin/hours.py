"""When the desk is open: hours of the week, holidays, and a calendar file of holidays."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from support.admin.rules import ReckonedBy
from support.calendar_file import MAXIMUM_BYTES, CalendarError, DayOff, days_off
from support.models import Holiday, OpeningHours
from support.rules import levels


@admin.register(OpeningHours)
class OpeningHoursAdmin(ReckonedBy[OpeningHours]):
    """Without any hours the desk is open around the clock."""

    list_display = ["weekday", "opens", "closes"]


class CalendarForm(forms.Form):
    file = forms.FileField(
        label="iCal file (.ics)", help_text="Whole days, once or every year; at most 1 MB."
    )

    def clean_file(self) -> list[DayOff]:
        """The days in the file."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            return days_off(file.read(MAXIMUM_BYTES + 1))
        except CalendarError as error:
            raise ValidationError(str(error)) from error


@admin.register(Holiday)
class HolidayAdmin(ReckonedBy[Holiday]):
    list_display = ["date", "name", "every_year"]
    list_filter = ["every_year"]
    search_fields = ["name"]
    date_hierarchy = "date"
    change_list_template = "support/holidays.html"

    def get_urls(self) -> list[URLPattern]:
        wrapped = self.admin_site.admin_view(self.import_view)
        return [path("import/", wrapped, name="support_holiday_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Add the days of an iCal file; those that are known already stay as they are."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CalendarForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            messages.success(request, _imported(form.cleaned_data["file"]))
            return redirect("admin:support_holiday_changelist")
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Import holidays",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "support/import_holidays.html", context)


def _imported(days: list[DayOff]) -> str:
    by_date = {day.date: day for day in reversed(days)}
    known = set(Holiday.objects.filter(date__in=by_date).values_list("date", flat=True))
    new = [
        Holiday(date=day.date, name=day.name, every_year=day.every_year)
        for date, day in sorted(by_date.items())
        if date not in known
    ]
    Holiday.objects.bulk_create(new, ignore_conflicts=True)
    levels.reckon_again()
    return f"{len(new)} holiday(s) added, {len(known)} known already."
