"""What the open desk asks for by itself: what is new, other queues, more of them."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from support import queries
from support.desk import approved, news, pages, queue
from support.desk.access import mark_seen, message_limit, number, ticket_for, user_with
from support.desk.forms import PropertiesForm
from support.models import SupportTicket


@require_GET
def pulse(request: HttpRequest) -> HttpResponse:
    """What is new in the queue and in the chosen thread, or 204: asked every two seconds.

    That nothing is new is told without looking at permissions, which would cost as much again:
    only who was shown the thread knows its version, and learns no more from it.
    """
    ticket_id, limit = number(request, "ticket"), message_limit(request)
    known = request.GET.get("queue-version", ""), request.GET.get("thread-version", "")
    now = queries.versions(ticket_id, limit)
    if known == now:
        return HttpResponse(status=204)
    user = user_with(request, queries.VIEW)
    context: dict[str, Any] = {"refresh": True}
    if ticket_id and known[1] != now[1]:
        context |= _thread(request, ticket_for(request, ticket_id, queries.VIEW), user)
    context |= _queue(request, user) | {"queue_version": now[0], "chosen": ticket_id}
    context["news"] = news.of_user(user)
    return render(request, "support/desk/refresh.html", context)


@require_GET
def queue_list(request: HttpRequest) -> HttpResponse:
    """The queue as its form asks for it."""
    user = user_with(request, queries.VIEW)
    context = _queue(request, user) | {"chosen": number(request, "ticket"), "refresh": True}
    return render(request, "support/desk/_queue_list.html", context)


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """The next rows of the queue."""
    user = user_with(request, queries.VIEW)
    form = queue.form_of(request, user)
    context = queue.following(request, form, user) | {"chosen": number(request, "ticket")}
    return render(request, "support/desk/_rows.html", context)


def _queue(request: HttpRequest, user: User) -> dict[str, Any]:
    return queue.shown(request, queue.form_of(request, user), user)


def _thread(request: HttpRequest, ticket: SupportTicket, user: User) -> dict[str, Any]:
    """A page in the background shows the news, but nobody has seen them."""
    if "hidden" not in request.GET:
        mark_seen(request, ticket)
    moving = pages.moving(ticket, user, message_limit(request), number(request, "new"))
    shut_meanwhile = request.GET.get("gate", "") != moving["gate"].name
    box = approved.box(ticket, None) if shut_meanwhile else {}
    properties = PropertiesForm(moving["ticket"], user)
    return moving | box | {"properties": properties, "gate_moved": shut_meanwhile}
