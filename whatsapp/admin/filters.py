"""Filters that several lists of the admin share."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest


class WithoutAllFilter(SimpleListFilter):
    """A filter that always filters: Django's own "All" on top is left out."""

    parameter_name: str

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == str(value),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


class WhoHasItFilter(SimpleListFilter):
    """By whoever a row is given to: oneself, nobody or a colleague. `holder` names the column."""

    holder: str

    def lookups(self, _request: HttpRequest, _admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [("me", "Me"), ("nobody", "Nobody"), ("others", "Colleagues")]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        nobody, me = {self.holder: None}, {self.holder: request.user.pk}
        match self.value():
            case "me":
                return rows.filter(**me)
            case "nobody":
                return rows.filter(**nobody)
            case "others":
                return rows.exclude(**nobody).exclude(**me)
        return rows
