"""The feed of events: /api/events."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from support.api import requests
from support.api.fields import LARGEST_ID, UtcDateTimeField
from support.api.permissions import EVENTS
from support.api.requests import LIMIT_MAX, Query
from support.api.schema import refusals
from support.api.views import ApiView
from support.models import Event, EventCounter, EventType

EXAMPLE = OpenApiExample(
    "Two events",
    {
        "events": [
            {
                "id": 41,
                "type": "message.received",
                "timestamp": "2026-10-05T09:30:00.120000Z",
                "contact_id": 7,
                "ticket_id": 12,
                "data": {"message": {"id": 93, "direction": "inbound", "text": "It fails."}},
            },
            {
                "id": 42,
                "type": "chat.ended",
                "timestamp": "2026-10-05T09:31:10.000000Z",
                "contact_id": 7,
                "ticket_id": 12,
                "data": {
                    "ticket": {"id": 12, "status": "RESOLVED"},
                    "change": {"kind": "ended", "by": "Grace", "after": "RESOLVED"},
                },
            },
        ],
        "next": 42,
        "has_more": False,
    },
    response_only=True,
    status_codes=["200"],
)


class EventQuery(Query):
    after = serializers.IntegerField(
        min_value=0,
        max_value=LARGEST_ID,
        default=0,
        help_text="The `next` of the page before, or the `id` of any event, webhooks' too.",
    )
    limit = serializers.IntegerField(min_value=1, max_value=LIMIT_MAX, default=50)
    type = serializers.ChoiceField(choices=EventType.choices, required=False)


class FeedEventSerializer(serializers.Serializer[Event]):
    id = serializers.IntegerField(source="position", help_text="Also the `webhook-id`.")
    type = serializers.ChoiceField(choices=EventType.choices)
    timestamp = UtcDateTimeField(source="created_at")
    contact_id = serializers.IntegerField()
    ticket_id = serializers.IntegerField(allow_null=True)
    data = serializers.DictField(help_text="What happened, by type: see docs/webhooks.md.")  # type: ignore[assignment]

    def to_representation(self, instance: Event) -> dict[str, Any]:
        """Byte for byte what webhooks say."""
        return instance.body


class FeedPageSerializer(serializers.Serializer[Any]):
    events = FeedEventSerializer(many=True, help_text="The oldest first.")
    next = serializers.IntegerField(help_text="Ask with `after` this for what comes next.")
    has_more = serializers.BooleanField(help_text="There is more already.")


class EventsGone(APIException):
    status_code = status.HTTP_410_GONE
    default_detail = "Events right after this one have been deleted for their age."


@extend_schema(tags=["Events"])
class EventsView(ApiView):
    access = {"GET": EVENTS}

    @extend_schema(
        operation_id="list_events",
        summary="Everything that happened, in order and without gaps",
        description="Without `after` it begins with the oldest that is kept. An event shows up "
        "within seconds, and never before one that is already shown. 410 when events after "
        "`after` have been deleted (EVENTS_KEPT_DAYS): read the present state, then go on from "
        "the start.",
        parameters=[EventQuery],
        examples=[EXAMPLE],
        responses={200: FeedPageSerializer, **refusals(400, 410)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, EventQuery)
        after, limit = wanted["after"], wanted["limit"]
        rows = Event.objects.filter(position__gt=after)
        if "type" in wanted:
            rows = rows.filter(type=wanted["type"])
        found = list(rows.order_by("position")[: limit + 1])
        if after and EventCounter.objects.filter(pruned__gt=after).exists():
            raise EventsGone
        shown = found[:limit]
        page = {
            "events": shown,
            "next": shown[-1].position if shown else after,
            "has_more": len(found) > limit,
        }
        return Response(FeedPageSerializer(page).data)
