"""Filters of the list of homework."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from conversations.models import Homework, HomeworkAnswer, HomeworkState
from conversations.models.homework import OPEN_STATES
from whatsapp.admin.filters import WhoHasItFilter, WithoutAllFilter

TO_DO, WAITS, ALL = "to-do", "answer-waiting", "all"
MOST_SUBJECTS = 30


class StateFilter(WithoutAllFilter):
    """What is to be done, unless asked for something else."""

    title = "state"
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        own = [(TO_DO, "To do"), *HomeworkState.choices]
        return [*own, (WAITS, "Answer waits for the student"), (ALL, "All")]

    def value(self) -> str:
        return super().value() or TO_DO

    def queryset(self, _request: HttpRequest, rows: QuerySet[Homework]) -> QuerySet[Homework]:
        if self.value() == ALL:
            return rows
        if self.value() == WAITS:
            waiting = HomeworkAnswer.objects.filter(homework__student__answer_waits=True)
            return rows.filter(pk__in=waiting.filter(sent_at=None).values("homework"))
        if self.value() in HomeworkState:
            return rows.filter(state=self.value())
        return rows.filter(state__in=OPEN_STATES)


class TutorFilter(WhoHasItFilter):
    title = parameter_name = holder = "tutor"


class SubjectFilter(SimpleListFilter):
    """The subjects of what is to be done: students write them freely, so there are many."""

    title = "subject"
    parameter_name = "subject"

    def lookups(self, _request: HttpRequest, _admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        rows = Homework.objects.filter(state__in=OPEN_STATES).order_by("subject")
        found = rows.values_list("subject", flat=True).distinct()[:MOST_SUBJECTS]
        return [(subject, subject) for subject in found]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Homework]) -> QuerySet[Homework]:
        return rows.filter(subject=self.value()) if self.value() else rows
