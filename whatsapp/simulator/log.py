"""What went over the wire lately, both ways, for the page's log."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from whatsapp.simulator.answers import Json
from whatsapp.simulator.models import SimulatedCall, SimulatedWebhook

SHOWN = 40


@require_GET
def log(_request: HttpRequest) -> JsonResponse:
    """The newest webhooks and Graph calls, newest first."""
    calls = [_call(call) for call in SimulatedCall.objects.order_by("-id")[:SHOWN]]
    webhooks = [_webhook(webhook) for webhook in SimulatedWebhook.objects.order_by("-id")[:SHOWN]]
    newest = sorted(calls + webhooks, key=lambda entry: str(entry["at"]), reverse=True)
    return JsonResponse({"entries": newest[:SHOWN]})


def _call(call: SimulatedCall) -> Json:
    return {
        "id": f"call-{call.pk}",
        "kind": "call",
        "at": call.created_at.isoformat(timespec="microseconds"),
        "about": f"{call.method} {call.path}",
        "status": call.status,
        "attempts": 1,
        "error": call.error,
        "waits": False,
    }


def _webhook(webhook: SimulatedWebhook) -> Json:
    return {
        "id": f"webhook-{webhook.pk}",
        "kind": "webhook",
        "at": webhook.created_at.isoformat(timespec="microseconds"),
        "about": webhook.about,
        "status": webhook.last_status,
        "attempts": webhook.attempts,
        "error": webhook.last_error,
        "waits": webhook.due_at is not None,
    }
