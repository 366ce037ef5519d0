"""Meta's door: the handshake, and webhooks stored with one INSERT. Nothing is parsed here."""

import hmac
import re

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from whatsapp import receipts, signature
from whatsapp.nudges import nudge_sorting

MAX_BODY = 4 * 1024 * 1024  # bytes; Meta sends up to 3 MB
CHALLENGE = re.compile(r"[0-9A-Za-z_-]{1,128}")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest) -> HttpResponse:
    return _receive(request) if request.method == "POST" else _shake_hands(request)


def _receive(request: HttpRequest) -> HttpResponse:
    body = request.read(MAX_BODY + 1)  # not request.body: its limit is below Meta's
    if len(body) > MAX_BODY:
        return HttpResponse(status=413)
    header = request.headers.get("X-Hub-Signature-256")
    if not signature.verify(body, header, [settings.WHATSAPP_APP_SECRET]):
        return HttpResponse(status=403)
    try:
        receipts.store(body)
    except AnyDatabaseError:  # a lost connection (InterfaceError) too
        return HttpResponse(status=503)  # not ours yet: Meta sends it again, for days
    nudge_sorting()
    return HttpResponse(status=200)


def _shake_hands(request: HttpRequest) -> HttpResponse:
    token = request.GET.get("hub.verify_token", "").encode()
    expected = settings.WHATSAPP_VERIFY_TOKEN.encode()
    subscribes = request.GET.get("hub.mode") == "subscribe"
    if not (expected and subscribes and hmac.compare_digest(token, expected)):
        return HttpResponse(status=403)
    challenge = request.GET.get("hub.challenge", "")
    if not CHALLENGE.fullmatch(challenge):
        return HttpResponse(status=400)
    return HttpResponse(challenge, content_type="text/plain; charset=utf-8")
