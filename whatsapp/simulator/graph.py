"""The simulated Graph API without its transport: a request in, an answer out.

views.py serves it over HTTP, transport.py inside a test's own process.
"""

import hmac
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from whatsapp.simulator import account, media, outbox, sending, templates
from whatsapp.simulator.answers import Json, RefusedError
from whatsapp.simulator.models import Misbehaviour, SimulatedCall

BAD_GATEWAY = b"<html><title>Error</title><body>Sorry, something went wrong.</body></html>"


class ConnectionDroppedError(Exception):
    """Meta is told not to be there: the call never arrived."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back, after `delay` seconds; `hangs`: no client should get to see it."""

    response: HttpResponse
    delay: float = 0
    hangs: bool = False


def answer(request: HttpRequest, path: str) -> Answer:
    """Meta's answer to a call of `path` (below /graph/), as well-behaved as the switches say.

    Raises ConnectionDroppedError, before anything was done, if told to drop connections.
    """
    mood = Misbehaviour.current()
    if outbox.chance(mood.refuse_connection_percent):
        _log(request, path, 0, "connection refused")
        raise ConnectionDroppedError
    try:
        response = _failure(mood, path) or _served(request, path, mood)
    except RefusedError as refused:
        response = JsonResponse(refused.error.body(), status=refused.error.status)
        _log(request, path, response.status_code, str(refused))
        return Answer(response, delay=mood.slow_seconds)
    hangs = _sends(path, response) and outbox.chance(mood.accept_then_hang_percent)
    status = response.status_code
    _log(request, path, 0 if hangs else status, "accepted, then no answer" if hangs else "")
    return Answer(response, mood.slow_seconds + (mood.hang_seconds if hangs else 0), hangs)


def _failure(mood: Misbehaviour, path: str) -> HttpResponse | None:
    if outbox.chance(mood.error_500_percent):
        return HttpResponse(BAD_GATEWAY, status=500)
    if path.endswith("/messages") and outbox.chance(mood.error_429_percent):
        raise RefusedError(secrets.choice((130429, 131056)), "Told to answer so by a switch.")
    return None


def _sends(path: str, response: HttpResponse) -> bool:
    return path.endswith("/messages") and response.status_code == 200


def _served(request: HttpRequest, path: str, mood: Misbehaviour) -> HttpResponse:
    given = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.WHATSAPP_ACCESS_TOKEN}".encode()
    if mood.token_revoked or not hmac.compare_digest(given, wanted):
        raise RefusedError(190, "The access token is invalid, has expired or was revoked.")
    if found := re.fullmatch(r"media-file/(\d+)", path):
        return _file(found[1], request.GET.get("oe", ""))
    for method, pattern, handler in ROUTES:
        found = re.fullmatch(rf"v\d+\.\d+/{pattern}", path)
        if found and method == request.method:
            return JsonResponse(handler(request, found[1], mood))
    raise RefusedError(2500, f"Unknown path components: /{path}")


def _file(media_id: str, expiry: str) -> HttpResponse:
    row = media.fetched(media_id, expiry)
    if row is None:
        return HttpResponse(status=404)
    with row.file.open("rb") as file:
        return HttpResponse(file.read(), content_type=row.mime_type)


def _own_number(object_id: str) -> None:
    if object_id != account.phone_number_id():
        raise RefusedError(33, f"Object with ID '{object_id}' does not exist.")


def _send(request: HttpRequest, object_id: str, mood: Misbehaviour) -> Json:
    _own_number(object_id)
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise RefusedError(100, "The request is not valid JSON.") from error
    if not isinstance(body, dict):
        raise RefusedError(100, "The request must be a JSON object.")
    return sending.post(body, mood)


def _upload(request: HttpRequest, object_id: str, _mood: Misbehaviour) -> Json:
    _own_number(object_id)
    return media.upload(request.POST.dict(), request.FILES.get("file"))


def _templates(request: HttpRequest, object_id: str, _mood: Misbehaviour) -> Json:
    if object_id != account.business_account_id():
        raise RefusedError(33, f"Object with ID '{object_id}' does not exist.")
    limit = request.GET.get("limit", "25")
    if not limit.isdecimal() or len(limit) > 4:
        raise RefusedError(100, "limit must be a number.")
    return templates.listing(int(limit), request.GET.get("after", ""))


def _subscribed(request: HttpRequest, _object_id: str, mood: Misbehaviour) -> Json:
    return {"success": True} if request.method == "POST" else account.subscribed_apps(mood)


def _token(request: HttpRequest, _path: str, mood: Misbehaviour) -> Json:
    account.check_proof(request.GET.get("appsecret_proof", ""))
    return account.token(mood)


def _object(_request: HttpRequest, object_id: str, mood: Misbehaviour) -> Json:
    """A phone number or a file, whichever has the id."""
    is_number = object_id == account.phone_number_id()
    return account.number(mood) if is_number else media.described(object_id)


def _delete(_request: HttpRequest, object_id: str, _mood: Misbehaviour) -> Json:
    return media.delete(object_id)


ROUTES: tuple[tuple[str, str, Callable[[HttpRequest, str, Misbehaviour], Json]], ...] = (
    ("POST", r"(\d+)/messages", _send),
    ("POST", r"(\d+)/media", _upload),
    ("GET", r"(\d+)/message_templates", _templates),
    ("GET", r"(\d+)/subscribed_apps", _subscribed),
    ("POST", r"(\d+)/subscribed_apps", _subscribed),
    ("GET", r"(debug_token)", _token),
    ("GET", r"(\d+)", _object),
    ("DELETE", r"(\d+)", _delete),
)


def _log(request: HttpRequest, path: str, status: int, error: str) -> None:
    SimulatedCall.objects.create(
        method=request.method or "", path=f"/{path}"[:300], status=status, error=error[:300]
    )
