"""The list of homework, and the way to a homework's page (`conversations.tutoring`)."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html

from conversations.admin.homework_actions import ACTIONS, GiveForm
from conversations.admin.homework_filters import ALL, StateFilter, SubjectFilter, TutorFilter
from conversations.homework.acting import ANSWER, ASSIGN, VIEW
from conversations.models import Homework, HomeworkAnswer
from conversations.models.homework import OPEN_STATES
from conversations.tutoring import views
from support.desk import spans
from support.services import name_of
from whatsapp.admin.base import number
from whatsapp.admin.numbers import SearchedNumbers


@admin.register(Homework)
class HomeworkAdmin(SearchedNumbers, admin.ModelAdmin[Homework]):
    """Handed in by students, never deleted; it changes through `conversations.homework`."""

    list_display = ["reference", "where", "subject_", "student_", "waiting", "tutor_"]
    list_filter = [StateFilter, TutorFilter, SubjectFilter]
    list_select_related = ["student", "tutor"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["reference", "subject", "student__name", "student__contact__phone"]
    search_help_text = "Number, subject, or the student's name or phone"
    actions = ACTIONS
    action_form = GiveForm

    class Media:
        css = {"all": ["conversations/homework.css"]}

    # --- What each column shows -------------------------------------------------------------
    @admin.display(description="State", ordering="state")
    def where(self, homework: Any) -> str:
        name = homework.get_state_display()
        waits = " · answer waiting" if homework.answer_waits else ""
        return format_html(
            '<span class="homework-state {}">{}{}</span>', homework.state.lower(), name, waits
        )

    @admin.display(description="Subject", ordering="subject")
    def subject_(self, homework: Homework) -> str:
        return format_html("<bdi>{}</bdi>", homework.subject)

    @admin.display(description="Student", ordering="student__name")
    def student_(self, homework: Homework) -> str:
        student = homework.student
        return format_html("<bdi>{}</bdi> ({})", student.name, student.class_name)

    @admin.display(description="Waiting", ordering="submitted_at")
    def waiting(self, homework: Homework) -> str:
        return spans.since(homework.submitted_at) if homework.is_open else "–"

    @admin.display(description="Tutor", ordering="tutor")
    def tutor_(self, homework: Homework) -> str:
        return name_of(homework.tutor, "Nobody")

    # --- Which ----------------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[Homework]:
        waiting = HomeworkAnswer.objects.filter(homework=OuterRef("pk"), sent_at=None)
        return super().get_queryset(request).annotate(answer_waits=Exists(waiting))

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """What is to be done: oldest first. What is done: newest first."""
        chosen = request.GET.get(StateFilter.parameter_name, "")
        return ["id"] if chosen in ("", *OPEN_STATES) and chosen != ALL else ["-id"]

    # --- Who may do what ------------------------------------------------------------------------
    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.has_perm(VIEW)

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return self.has_view_permission(request) and self.has_answer_permission(request)

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ANSWER)

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ASSIGN)

    # --- A homework's page ----------------------------------------------------------------------
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        _form_url: str = "",
        _extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return views.homework_page(request, number(object_id))

    def history_view(
        self, _request: HttpRequest, object_id: str, _extra_context: Any = None
    ) -> HttpResponse:
        """The history stands beside the pages."""
        return redirect("admin:conversations_homework_change", object_id)

    def get_urls(self) -> list[URLPattern]:
        wrap, own = self.admin_site.admin_view, "<int:homework_id>"
        return [
            path(f"{own}/answer", wrap(views.answer), name="homework_answer"),
            path(f"{own}/cancel", wrap(views.cancel), name="homework_cancel"),
            path(f"{own}/give", wrap(views.give), name="homework_give"),
            path(f"{own}/act/<slug:name>", wrap(views.act), name="homework_act"),
            path(f"{own}/page/<int:number>", wrap(views.page_file), name="homework_page_file"),
            path(f"{own}/file/<int:file_id>", wrap(views.answer_file), name="homework_file"),
            *super().get_urls(),
        ]
