"""Views of the queue under a name, kept and dropped from the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from support import queries, saved_views
from support.desk.access import user_with
from support.desk.filters import QueueForm
from support.desk.told import NO_CONTENT, triggering
from support.services import ServiceError


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the queue as its form says; the page then shows it among the views."""
    user = user_with(request, queries.VIEW)
    query, name = QueueForm(request.POST).address, request.POST.get("name", "")
    try:
        saved_views.keep(user, name, query, shared="shared" in request.POST)
    except ServiceError as error:
        return triggering(HttpResponse(status=NO_CONTENT), str(error), refused=True)
    return _reloading()


@require_POST
def drop(request: HttpRequest, view_id: int) -> HttpResponse:
    user = user_with(request, queries.VIEW)
    view = get_object_or_404(saved_views.of_user(user), pk=view_id)
    try:
        saved_views.drop(user, view)
    except ServiceError as error:
        return triggering(HttpResponse(status=NO_CONTENT), str(error), refused=True)
    return _reloading()


def _reloading() -> HttpResponse:
    return HttpResponse(status=NO_CONTENT, headers={"HX-Refresh": "true"})
