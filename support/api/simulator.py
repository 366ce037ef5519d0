"""Playing a student, for integrators' own tests; there only while the simulator is on.

What is done here reaches EduBot as Meta's signed webhooks do, and answers show up on the
simulated phone: the simulator's process has to run.
"""

from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from support.api import requests
from support.api.permissions import READ, REPLY
from support.api.requests import Query
from support.api.schema import posting_refusals, refusals
from support.api.simulated import (
    BubbleListSerializer,
    BubbleSerializer,
    NewStudent,
    SentFile,
    SimulatedStudentListSerializer,
    SimulatedStudentSerializer,
    Spoken,
    Tapped,
)
from support.api.views import ApiView
from whatsapp.simulator import media, phones, student
from whatsapp.simulator.bubbles import bubble
from whatsapp.simulator.models import SimulatedMessage, SimulatedPhone

SHOWN = 200
ADA = OpenApiExample("A student", {"name": "Ada Obi", "number": "2348059876543"}, request_only=True)
HELP = OpenApiExample("A text", {"text": "support"}, request_only=True)


@extend_schema(tags=["Simulator"])
class StudentsView(ApiView):
    access = {"GET": READ, "POST": REPLY}

    @extend_schema(
        operation_id="list_simulated_students",
        summary="The simulated students",
        responses={200: SimulatedStudentListSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        requests.query(request, Query)
        everyone = SimulatedPhone.objects.order_by("-id")[:SHOWN]
        return Response(SimulatedStudentListSerializer({"students": everyone}).data)

    @extend_schema(
        operation_id="make_simulated_student",
        summary="A new student; without a number one who hides it",
        request=NewStudent,
        examples=[ADA],
        responses={201: SimulatedStudentSerializer, **posting_refusals()},
    )
    def post(self, request: Request) -> Response:
        made = phones.create(**requests.body(request, NewStudent))
        return Response(SimulatedStudentSerializer(made).data, status=status.HTTP_201_CREATED)


@extend_schema(tags=["Simulator"])
class StudentMessagesView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="list_simulated_messages",
        summary=f"What is on a student's phone, the last {SHOWN} messages, the newest last",
        responses={200: BubbleListSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.query(request, Query)
        newest = _phone(id).messages.order_by("-created_at", "-id")[:SHOWN]
        shown = [asdict(bubble(message)) for message in reversed(newest)]
        return Response(BubbleListSerializer({"messages": shown}).data)


@extend_schema(tags=["Simulator"])
class SayView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="say_as_student",
        summary="The student writes a text",
        request=Spoken,
        examples=[HELP],
        responses={201: BubbleSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        said = requests.body(request, Spoken)
        return _sent(student.say(_phone(id), **said))


@extend_schema(tags=["Simulator"])
class TapView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="tap_as_student",
        summary="The student taps a button or a row of a message",
        request=Tapped,
        responses={201: BubbleSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        tapped, phone = requests.body(request, Tapped), _phone(id)
        message = phone.messages.filter(wamid=tapped["wamid"]).first()
        if message is None:
            raise ValidationError({"wamid": ["There is no such message on this phone."]})
        try:
            return _sent(student.tap(phone, message, tapped["choice_id"]))
        except LookupError as error:
            raise ValidationError({"choice_id": [str(error)]}) from error


@extend_schema(tags=["Simulator"])
class SendFileView(ApiView):
    access = {"POST": REPLY}
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="send_file_as_student",
        summary="The student sends a file",
        description="Its MIME type decides whether it is a picture, a film, sound or a document.",
        request={"multipart/form-data": SentFile},
        responses={201: BubbleSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        given: dict[str, Any] = requests.body(request, SentFile)
        file: UploadedFile = given["file"]
        mime_type = file.content_type or "application/octet-stream"
        return _sent(
            student.send_media(
                _phone(id),
                media.kind_on_phone(mime_type),
                file.read(),
                file.name or "file",
                mime_type,
                caption=given.get("caption", ""),
                voice=given.get("voice", False),
            )
        )


def _phone(phone_id: int) -> SimulatedPhone:
    return get_object_or_404(SimulatedPhone, pk=phone_id)


def _sent(message: SimulatedMessage) -> Response:
    shown = BubbleSerializer(asdict(bubble(message))).data
    return Response(shown, status=status.HTTP_201_CREATED)
