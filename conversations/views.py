"""Paystack's door, where webhooks are stored with one INSERT and nothing is parsed; and the page
on which students land after paying."""

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from conversations import payment_notices, paystack
from whatsapp.nudges import nudge

MAX_BODY = 1024 * 1024  # bytes; Paystack's are a few thousand


@csrf_exempt
@require_POST
def paystack_webhook(request: HttpRequest) -> HttpResponse:
    body = request.read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        return HttpResponse(status=413)
    if not paystack.is_signed(body, request.headers.get("x-paystack-signature")):
        return HttpResponse(status=403)
    try:
        payment_notices.store(body)
    except AnyDatabaseError:  # a lost connection (InterfaceError) too
        # Not ours yet: Paystack sends it again, for days.
        return HttpResponse(status=503)
    nudge("conversations.tasks.read_notices")
    return HttpResponse(status=200)


@require_GET
def paid(request: HttpRequest) -> HttpResponse:
    """The way back to WhatsApp. Whoever comes here may have paid or not: it does not say."""
    context = {"bot_name": settings.BOT_NAME, "chat": _chat_address()}
    return render(request, "conversations/paid.html", context)


def _chat_address() -> str:
    """Where the talk with the bot opens; empty if our number is not known."""
    if settings.WHATSAPP_NUMBER:
        return f"https://wa.me/{settings.WHATSAPP_NUMBER}"
    return reverse("simulator:phone") if settings.WHATSAPP_SIMULATOR else ""
