"""What every request and answer gets: an id for the logs, and headers that keep it private."""

import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from whatsapp import transactions
from whatsapp.views import webhook

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

PATIENCE = 10  # seconds
DOOR = "/webhooks/whatsapp"
PRIVATE = ("/admin/", "/api/")


class PatienceMiddleware:
    """A person waits for this request: a busy database is retried for less time than by workers.

    They are told to ask again (`support.api.errors`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transactions.patience(PATIENCE):
            return self.get_response(request)


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


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response
