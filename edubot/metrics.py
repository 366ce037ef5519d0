"""Figures for Prometheus."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django_prometheus.exports import ExportToDjangoView


def metrics(request: HttpRequest) -> HttpResponse:
    """All figures for who sends METRICS_TOKEN as a bearer token; for anybody while DEBUG is on."""
    wanted = f"Bearer {settings.METRICS_TOKEN}" if settings.METRICS_TOKEN else ""
    is_known = constant_time_compare(request.headers.get("Authorization", ""), wanted)
    if not (is_known if wanted else settings.METRICS_ARE_OPEN):
        sentence = "Set METRICS_TOKEN and send it as a bearer token."
        return HttpResponse(sentence, status=403, content_type="text/plain")
    answer: HttpResponse = ExportToDjangoView(request)
    return answer
