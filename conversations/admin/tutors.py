"""Who is given homework by itself."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from conversations.homework.acting import nudge_assigning, solving_staff
from conversations.models import Tutor
from conversations.models.homework import TAKEN_STATES
from support.desk.forms import Colleague


@admin.register(Tutor)
class TutorAdmin(admin.ModelAdmin[Tutor]):
    list_display = ["__str__", "subjects_", "has_now", "max_open", "is_available"]
    list_editable = ["max_open", "is_available"]
    list_select_related = ["user"]
    search_fields = ["user__first_name", "user__last_name", "user__username", "subjects"]
    fields = ["user", "subjects", "max_open", "is_available"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tutor]:
        taken = Count("user__homework", filter=Q(user__homework__state__in=TAKEN_STATES))
        return super().get_queryset(request).annotate(taken=taken)

    @admin.display(description="Subjects")
    def subjects_(self, tutor: Tutor) -> str:
        return tutor.subjects or "Every subject"

    @admin.display(description="Has now")
    def has_now(self, tutor: Any) -> int:
        return int(tutor.taken)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.name == "user":
            return Colleague(solving_staff())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Tutor, form: Any, change: bool) -> None:
        """Whoever has more room now may be given what waits."""
        super().save_model(request, obj, form, change)
        nudge_assigning()
