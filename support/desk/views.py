"""The desk's pages: the queue, and a ticket beside it."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from support import queries, saved_views
from support.desk import approved, news, pages, queue
from support.desk.access import (
    is_partial,
    mark_seen,
    message_limit,
    number,
    ticket_for,
    user_with,
)
from support.desk.forms import NewTicketForm
from support.models import SupportTicket
from whatsapp.models import Contact


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The queue, with nothing chosen."""
    user = user_with(request, queries.VIEW)
    if is_partial(request):
        return render(request, "support/desk/_nothing.html", _around(request, user))
    return front(request, user)


def front(request: HttpRequest, user: User, **forms: Any) -> HttpResponse:
    """The whole page with nothing chosen; `forms` are those that were refused."""
    return render(request, "support/desk/desk.html", _around(request, user) | forms)


def contact_of(request: HttpRequest) -> Contact | None:
    """For whom the address asks for a new ticket."""
    contact_id = number(request, "contact")
    return Contact.objects.filter(pk=contact_id).first() if contact_id else None


@require_GET
def ticket_page(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """A ticket. Who may answer and opens it has seen what the student wrote."""
    return shown(request, ticket_for(request, ticket_id, queries.VIEW))


@require_GET
def print_page(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """The chat for paper or a file, without internal notes unless asked for."""
    ticket = ticket_for(request, ticket_id, queries.VIEW)
    context = pages.on_paper(ticket, with_notes=request.GET.get("notes") == "yes")
    return render(request, "support/desk/print.html", context)


def shown(request: HttpRequest, ticket: SupportTicket, **forms: Any) -> HttpResponse:
    """The ticket, with the queue around it if a browser asks for the whole page.

    `forms` are those that were refused.
    """
    user = user_with(request, queries.VIEW)
    limit = message_limit(request)
    moving = pages.moving(ticket, user, limit)  # first: it still knows what is unread
    ticket = moving["ticket"]
    mark_seen(request, ticket)
    context = {
        **moving,
        **pages.still(ticket, user),
        **pages.reply_box(ticket, user, limit),
        **approved.box(ticket, approved.chosen(request.GET.get("template", ""))),
        "chosen": ticket.pk,
        "title": str(ticket),
        **forms,
    }
    if is_partial(request):
        form = queue.form_of(request, user, ticket)
        return render(request, "support/desk/_stage.html", context | {"queue": form})
    return render(request, "support/desk/desk.html", _around(request, user, ticket) | context)


def _around(request: HttpRequest, user: User, ticket: SupportTicket | None = None) -> Any:
    """The admin's frame and the queue."""
    form = queue.form_of(request, user, ticket)
    return {
        **admin.site.each_context(request),
        "title": "Support desk",
        "is_nav_sidebar_enabled": False,
        "views": saved_views.of_user(user),
        "may_share": user.has_perm(saved_views.SHARE),
        "new_ticket": NewTicketForm(contact=contact_of(request)),
        "queue_version": queries.versions(0, 1)[0],
        "news": news.of_user(user),
        "preferences": news.wanted_by(user),
        **queue.shown(request, form, user),
    }
