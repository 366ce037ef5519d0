"""The desk's own addresses, below /admin/."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from support.desk import company, kept_views, live, opening, views

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


def urls(admin_view: Wrap) -> list[URLPattern]:
    """Each behind the admin's login."""

    def at(address: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(f"support/desk/{address}", admin_view(view), name=name)

    return [
        at("", views.desk, "desk"),
        at("queue", live.queue_list, "desk_queue"),
        at("more", live.more, "desk_more"),
        at("pulse", live.pulse, "desk_pulse"),
        at("new", opening.new_ticket, "desk_new"),
        at("here", company.here, "desk_here"),
        at("views", kept_views.keep, "desk_keep_view"),
        at("views/<int:view_id>/drop", kept_views.drop, "desk_drop_view"),
        at("<int:ticket_id>/", views.ticket_page, "desk_ticket"),
    ]
