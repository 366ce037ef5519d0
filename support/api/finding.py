"""Finding tickets: the filters and the search of the API's lists."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from support import queries
from support.api import paging, requests
from support.finding import tickets_matching
from support.models import SupportTicket

Tickets = QuerySet[SupportTicket]

LOOKUPS = {
    "status": "status",
    "priority": "priority",
    "assigned_admin_id": "assigned_admin",
    "phone_number": "phone_number",
    "contact_id": "contact",
    "rating": "rating",
    "created_after": "created_at__gte",
    "created_before": "created_at__lte",
}


def matching(request: Request, wanted: dict[str, Any]) -> Tickets:
    """The tickets that the caller may see and that fit the validated query `wanted`."""
    visible = queries.visible_to(request.user)
    chosen = visible.filter(**requests.lookups(wanted, LOOKUPS))
    return tickets_matching(chosen, wanted.get("search", ""), request.user, notes=False)


def page(tickets: Tickets, wanted: dict[str, Any]) -> dict[str, Any]:
    """One page of `tickets` and how many there are in all: two queries."""
    return paging.page("tickets", tickets.select_related("category"), wanted, counted=tickets)
