"""Every error of the API in one form: {"status": "error", "message": …, "errors": {field: […]}}."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from support.models import SupportTicket
from support.services import ServiceError
from whatsapp.outgoing.message import MessageInvalid
from whatsapp.transactions import is_passing

DATABASE_WAIT = 5  # seconds, told as Retry-After
Errors = dict[str, list[str]]


class Conflict(APIException):
    """The ticket or chat is not in a state that allows this."""

    status_code = status.HTTP_409_CONFLICT


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The request is too large."


class KeyInFlight(Conflict):
    """The first request with this Idempotency-Key has not been answered yet."""

    default_detail = "The first request with this Idempotency-Key is still being worked on."
    wait = 1  # seconds, told as Retry-After


class KeyReused(APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = (
        "This Idempotency-Key came before with another address or body. "
        "Make a new key for each thing that is to be done."
    )


def body(message: str, errors: Errors | None = None) -> dict[str, object]:
    return {"status": "error", "message": message, "errors": errors or {}}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception in an API view (EXCEPTION_HANDLER); None for a fault of ours."""
    meant = _meant(error)
    response = exception_handler(meant, context)
    if response is None:
        return None
    if isinstance(meant, ValidationError):
        errors = _by_field(response.data)
        response.data = body(f"Please check: {', '.join(errors)}.", errors)
    else:
        response.data = body(str(getattr(meant, "detail", meant)))
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For requests that Django refuses before a view sees them (`handler400`)."""
    if request.path_info.startswith("/api/"):
        return JsonResponse(body("The request is malformed."), status=400)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """For faults of ours (`handler500`) and a database that is away; the log has what happened."""
    if is_passing(sys.exception()):
        return _not_now(request)
    if request.path_info.startswith("/api/"):
        return JsonResponse(body("Something went wrong on our side."), status=500)
    return defaults.server_error(request)


def _not_now(request: HttpRequest) -> HttpResponse:
    """503: who asks the same again, with the same Idempotency-Key, will be answered."""
    headers = {"Retry-After": str(DATABASE_WAIT)}
    if request.path_info.startswith("/api/"):
        words = (
            "EduBot cannot reach its database just now. Ask again, with the same Idempotency-Key."
        )
        return JsonResponse(body(words), status=503, headers=headers)
    page = render_to_string("503.html")  # no request: even to ask who this is takes the database
    return HttpResponse(page, status=503, headers=headers)


def _meant(error: Exception) -> Exception:
    """The API's word for an error of the floors below."""
    match error:
        case ServiceError():
            return Conflict(str(error))
        case MessageInvalid():
            return ValidationError({"message": [str(error)]})
        case RequestDataTooBig():
            return TooLarge()
        case Http404() | SupportTicket.DoesNotExist():
            return NotFound()
    return error


def _by_field(detail: Any) -> Errors:
    if isinstance(detail, dict):
        return {str(field): list(_sentences(problems)) for field, problems in detail.items()}
    return {"body": list(_sentences(detail))}


def _sentences(problems: Any, where: str = "") -> Iterable[str]:
    """All sentences in what DRF makes of a field's problems: lists, and dicts for a list of values
    (by their places) and for named values. Those begin with `where` in the field it is wrong.
    """
    if isinstance(problems, dict):
        parts = [(_place(key, where), problem) for key, problem in problems.items()]
    elif isinstance(problems, list):
        parts = [(where, problem) for problem in problems]
    else:
        # A value that is repeated in the sentence may hold half a character.
        return [f"{where}{problems}".encode("utf-8", "replace").decode()]
    return [sentence for place, problem in parts for sentence in _sentences(problem, place)]


def _place(key: object, where: str) -> str:
    """What DRF numbers from 0 are items for people."""
    return f"{where}Item {key + 1}: " if isinstance(key, int) else f"{where}{key}: "
