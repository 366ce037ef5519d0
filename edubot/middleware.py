"""What every request and answer gets: an id for the logs, and headers that keep it private."""

import uuid
from collections.abc import Callable

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

from support.api import errors
from whatsapp.transactions import is_repeatable
from whatsapp.views import webhook

log = structlog.get_logger(__name__)

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

DOOR = "/webhooks/whatsapp"
PRIVATE = ("/admin/", "/api/")
BUSY = "EduBot is busy just now. Nothing is lost; please try again in a moment."
SOON = 5  # seconds, told as Retry-After


class DoorMiddleware:
    """Meta's webhooks go straight to their view, past what only people's pages need.

    Sessions, logins and headers for browsers would take longer than storing the webhook.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info == DOOR:
            response = webhook(request)
            response.headers["Content-Length"] = str(len(response.content))
            return response
        return self.get_response(request)


class PrivacyMiddleware:
    """What the desk and the API answer is kept by no cache; no page of ours asks for a device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path_info.startswith(PRIVATE):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class BusyMiddleware:
    """503 in plain words when the database asked to come again, as after a lock held for long.

    What the request began is rolled back by then, and was repeated as often as makes sense.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError) or not is_repeatable(error):
            return None
        log.warning("database_busy", path=request.path_info, error=str(error))
        response = (
            JsonResponse(errors.body(BUSY), status=503)
            if request.path_info.startswith("/api/")
            else HttpResponse(BUSY, status=503, content_type="text/plain; charset=utf-8")
        )
        response.headers["Retry-After"] = str(SOON)
        return response


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response
