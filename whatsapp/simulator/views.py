"""The simulator over HTTP: Graph and Paystack for the bot, the phone for the browser."""

import time

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_GET

from whatsapp.simulator import account, demo
from whatsapp.simulator import graph as graph_api
from whatsapp.simulator.forms import MisbehaviourForm
from whatsapp.simulator.media import bare
from whatsapp.simulator.models import Misbehaviour, SimulatedMedia, SimulatedPhone
from whatsapp.simulator.paystack import api as paystack_api

SHOWN_INLINE = ("image/png", "image/jpeg", "image/webp", "image/gif")


@csrf_exempt
def graph(request: HttpRequest, path: str) -> HttpResponse:
    """The simulated Graph API. A dropped connection can only be a gateway's 503 here."""
    try:
        answer = graph_api.answer(request, path)
    except graph_api.ConnectionDroppedError:
        return HttpResponse("<html><body>upstream connect error</body></html>", status=503)
    time.sleep(answer.delay)
    return answer.response


@csrf_exempt
def paystack(request: HttpRequest, path: str) -> HttpResponse:
    """The simulated Paystack API."""
    return paystack_api.answer(request, path)


@require_GET
@ensure_csrf_cookie
def phone(request: HttpRequest) -> HttpResponse:
    """The page with the phone."""
    if not SimulatedPhone.objects.exists():
        demo.create_students()
    context = {
        "business_name": account.business_name(),
        "business_number": f"+{account.DISPLAY_PHONE_NUMBER}",
        "switches": MisbehaviourForm(instance=Misbehaviour.current()),
    }
    return render(request, "whatsapp/simulator/phone.html", context)


@require_GET
def media(_request: HttpRequest, media_id: str) -> FileResponse:
    """A file for the page: shown if it is a harmless kind, else offered for download."""
    row = get_object_or_404(SimulatedMedia, media_id=media_id)
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is gone.") from error
    mime_type = bare(row.mime_type)
    inline = mime_type in SHOWN_INLINE or mime_type.startswith(("audio/", "video/"))
    return FileResponse(
        file, as_attachment=not inline, filename=row.name or row.media_id, content_type=mime_type
    )
