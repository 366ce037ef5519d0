"""The phone's JSON API: what the page uses and what integrators' tests may use."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from whatsapp.simulator import media, phones, student
from whatsapp.simulator.answers import Json
from whatsapp.simulator.bubbles import bubble
from whatsapp.simulator.forms import (
    LocationForm,
    MediaForm,
    MisbehaviourForm,
    ReactForm,
    SayForm,
    StudentForm,
    TapForm,
)
from whatsapp.simulator.models import Misbehaviour, SimulatedMessage, SimulatedPhone

SHOWN_MESSAGES = 200
# Rows whose commit came a little after their clock are asked for again; the page knows them.
OVERLAP = timedelta(seconds=2)


class InvalidError(Exception):
    """The request cannot be carried out; answered with 400."""

    def __init__(self, message: str, errors: object = None) -> None:
        super().__init__(message)
        self.errors = errors or {}


View = Callable[..., JsonResponse]


def answering(view: View) -> View:
    """Answer 400 with the reason where a view raises InvalidError."""

    @wraps(view)
    def wrapped(request: HttpRequest, **identifiers: int) -> JsonResponse:
        try:
            return view(request, **identifiers)
        except InvalidError as error:
            body = {"status": "error", "message": str(error), "errors": error.errors}
            return JsonResponse(body, status=400)

    return wrapped


def _data(request: HttpRequest) -> Json:
    try:
        data = json.loads(request.body)
    except ValueError as error:
        raise InvalidError("The request is not valid JSON.") from error
    if not isinstance(data, dict):
        raise InvalidError("The request must be a JSON object.")
    return data


def _checked(form: forms.BaseForm) -> dict[str, Any]:
    if not form.is_valid():
        reasons = [str(reason) for field in form.errors.values() for reason in field]
        raise InvalidError(" ".join(reasons), form.errors)
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


@require_http_methods(["GET", "POST"])
@answering
def students(request: HttpRequest) -> JsonResponse:
    if request.method == "POST":
        phone = phones.create(**_checked(StudentForm(_data(request))))
        return JsonResponse(_student(phone), status=201)
    everyone = SimulatedPhone.objects.order_by("id")
    return JsonResponse({"students": [_student(phone) for phone in everyone]})


def _student(phone: SimulatedPhone) -> Json:
    fields = ("id", "name", "number", "user_id", "username", "hides_phone")
    return {field: getattr(phone, field) for field in fields}


@require_GET
@answering
def messages(request: HttpRequest, phone_id: int) -> JsonResponse:
    """What changed on a phone since the `cursor` of the last answer, oldest message first."""
    phone = get_object_or_404(SimulatedPhone, pk=phone_id)
    now = timezone.now()
    changed = phone.messages.filter(changed_at__gte=_after(request) - OVERLAP)
    newest = list(changed.order_by("-created_at", "-id")[:SHOWN_MESSAGES])
    types_until = phone.business_types_until
    return JsonResponse(
        {
            "cursor": now.timestamp(),
            "typing": types_until is not None and types_until > now,
            "window_open": phones.window_open(phone, now),
            "messages": [asdict(bubble(message)) for message in reversed(newest)],
        }
    )


def _after(request: HttpRequest) -> datetime:
    try:
        return datetime.fromtimestamp(max(float(request.GET.get("after") or 0), 86_400), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidError("after must be the cursor of an earlier answer.") from error


def _sent(message: SimulatedMessage) -> JsonResponse:
    return JsonResponse(asdict(bubble(message)), status=201)


def _message(phone: SimulatedPhone, wamid: str) -> SimulatedMessage:
    message = phone.messages.filter(wamid=wamid).first()
    if message is None:
        raise InvalidError("There is no such message on this phone.")
    return message


@require_POST
@answering
def say(request: HttpRequest, phone_id: int) -> JsonResponse:
    phone = get_object_or_404(SimulatedPhone, pk=phone_id)
    return _sent(student.say(phone, **_checked(SayForm(_data(request)))))


@require_POST
@answering
def tap(request: HttpRequest, phone_id: int) -> JsonResponse:
    phone = get_object_or_404(SimulatedPhone, pk=phone_id)
    given = _checked(TapForm(_data(request)))
    try:
        return _sent(student.tap(phone, _message(phone, given["wamid"]), given["choice_id"]))
    except LookupError as error:
        raise InvalidError(str(error)) from error


@require_POST
@answering
def react(request: HttpRequest, phone_id: int) -> JsonResponse:
    phone = get_object_or_404(SimulatedPhone, pk=phone_id)
    given = _checked(ReactForm(_data(request)))
    return _sent(student.react(phone, _message(phone, given["wamid"]), given["emoji"]))


@require_POST
@answering
def location(request: HttpRequest, phone_id: int) -> JsonResponse:
    phone = get_object_or_404(SimulatedPhone, pk=phone_id)
    return _sent(student.send_location(phone, **_checked(LocationForm(_data(request)))))


@require_POST
@answering
def send_media(request: HttpRequest, phone_id: int) -> JsonResponse:
    """A file as multipart form data; its MIME type decides whether it is a picture, a video …"""
    phone = get_object_or_404(SimulatedPhone, pk=phone_id)
    given = _checked(MediaForm(request.POST, request.FILES))
    file = given["file"]
    mime_type = file.content_type or "application/octet-stream"
    kind = given["kind"] or media.kind_on_phone(mime_type)
    message = student.send_media(
        phone,
        kind,
        file.read(),
        file.name,
        mime_type,
        caption=given["caption"],
        voice=given["voice"],
    )
    return _sent(message)


@require_http_methods(["GET", "POST"])
@answering
def misbehaviour(request: HttpRequest) -> JsonResponse:
    """The switches; a POST changes those that it names."""
    mood = Misbehaviour.current()
    if request.method == "POST":
        form = MisbehaviourForm({**model_to_dict(mood), **_data(request)}, instance=mood)
        _checked(form)
        mood = form.save()
    return JsonResponse(model_to_dict(mood, exclude=["id"]))
