"""The page of reports and its file."""

from typing import Any

import structlog
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from support import queries
from support.reports import charts, export, figures
from support.reports.figures import Report
from support.reports.forms import ReportForm

log = structlog.get_logger(__name__)

SEE = "support.view_report"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Figures of a period, for whom and what the form says."""
    _refuse_strangers(request)
    form = ReportForm(request.GET.dict())
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Reports",
        "form": form,
        "query": request.GET.urlencode(),
    }
    if form.is_valid():
        tickets = form.of(queries.visible_to(request.user))
        context |= _shown(figures.report(tickets, form.period))
    return render(request, "support/reports/page.html", context)


@require_GET
def file(request: HttpRequest) -> HttpResponseBase:
    """The tickets of the same form, as CSV."""
    _refuse_strangers(request)
    form = ReportForm(request.GET.dict())
    if not form.is_valid():
        return page(request)
    tickets = figures.opened_in(form.of(queries.visible_to(request.user)), form.period)
    log.info("tickets_exported", user=request.user.pk)
    lines = export.lines(tickets, request.user)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"tickets-{form.period.start}-{form.period.end}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "charts": [
            charts.by_day(report.volume),
            charts.by_hour(report.volume),
            charts.ratings(report.total.good, report.total.bad),
        ],
        "tables": [("Agent", report.by_agent), ("Category", report.by_category)],
    }


def _refuse_strangers(request: HttpRequest) -> None:
    if not request.user.has_perm(SEE):
        raise PermissionDenied
