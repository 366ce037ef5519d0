"""Homework, to be read: /api/homework…"""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from conversations.models import Homework, HomeworkAnswer, HomeworkPage, HomeworkState
from support.api import paging, requests
from support.api.fields import IdField, UtcDateTimeField
from support.api.paging import PageSerializer
from support.api.permissions import reading
from support.api.requests import PageQuery, Query
from support.api.schema import refusals
from support.api.serializers import MediaSerializer
from support.api.views import ApiView

SEE = reading("conversations.view_homework", "conversations.view_student")
LOOKUPS = {
    "state": "state",
    "student_id": "student",
    "submitted_after": "submitted_at__gte",
    "submitted_before": "submitted_at__lte",
}


class HomeworkQuery(PageQuery):
    state = serializers.ChoiceField(choices=HomeworkState.choices, required=False)
    student_id = IdField(required=False)
    submitted_after = UtcDateTimeField(required=False, help_text="At this time or later.")
    submitted_before = UtcDateTimeField(required=False, help_text="At this time or earlier.")


class HomeworkSerializer(serializers.ModelSerializer[Homework]):
    """Needs `student` loaded."""

    student_name = serializers.CharField(source="student.name")
    contact_id = serializers.IntegerField(source="student.contact_id")
    state = serializers.ChoiceField(choices=HomeworkState.choices)
    tutor_id = serializers.IntegerField(allow_null=True)
    submitted_at = UtcDateTimeField()
    assigned_at = UtcDateTimeField(allow_null=True)
    solved_at = UtcDateTimeField(allow_null=True)

    class Meta:
        model = Homework
        fields = [
            "id",
            "reference",
            "student_id",
            "student_name",
            "contact_id",
            "subject",
            "text",
            "state",
            "tutor_id",
            "submitted_at",
            "assigned_at",
            "solved_at",
        ]
        read_only_fields = fields


class HomeworkPageSerializer(serializers.ModelSerializer[HomeworkPage]):
    """A picture or document that was handed in."""

    file = MediaSerializer(source="message.media", allow_null=True)

    class Meta:
        model = HomeworkPage
        fields = ["number", "file"]
        read_only_fields = fields


class HomeworkAnswerSerializer(serializers.ModelSerializer[HomeworkAnswer]):
    """What a tutor answered."""

    files: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        slug_field="name", many=True, read_only=True, help_text="The names of its files."
    )
    created_at = UtcDateTimeField()
    sent_at = UtcDateTimeField(
        allow_null=True, help_text="Null while it waits for the student to write."
    )

    class Meta:
        model = HomeworkAnswer
        fields = ["id", "author_name", "text", "files", "created_at", "sent_at"]
        read_only_fields = fields


class WholeHomeworkSerializer(HomeworkSerializer):
    """With its pages and answers."""

    pages = HomeworkPageSerializer(many=True)
    answers = HomeworkAnswerSerializer(many=True)

    class Meta(HomeworkSerializer.Meta):
        fields = [*HomeworkSerializer.Meta.fields, "pages", "answers"]
        read_only_fields = fields


class HomeworkListSerializer(PageSerializer):
    homework = HomeworkSerializer(many=True)


@extend_schema(tags=["Homework"])
class HomeworkListView(ApiView):
    access = {"GET": SEE}

    @extend_schema(
        operation_id="list_homework",
        summary="What students handed in, the newest first",
        parameters=[HomeworkQuery],
        responses={200: HomeworkListSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, HomeworkQuery)
        homework = Homework.objects.filter(**requests.lookups(wanted, LOOKUPS))
        rows = homework.select_related("student")
        found = paging.page("homework", rows, wanted, counted=homework)
        return Response(HomeworkListSerializer(found).data)


@extend_schema(tags=["Homework"])
class HomeworkView(ApiView):
    access = {"GET": SEE}

    @extend_schema(
        operation_id="get_homework",
        summary="One homework with its pages and answers",
        responses={200: WholeHomeworkSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.query(request, Query)
        rows = Homework.objects.select_related("student").prefetch_related(
            Prefetch("pages", HomeworkPage.objects.select_related("message__media")),
            "answers__files",
        )
        return Response(WholeHomeworkSerializer(get_object_or_404(rows, pk=id)).data)
