"""Endpoints of outgoing webhooks: /api/webhooks."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from support import phones
from support.api import paging, requests
from support.api.fields import TextField, UtcDateTimeField
from support.api.paging import PageSerializer
from support.api.permissions import Access
from support.api.requests import PageQuery, Query, Strict
from support.api.schema import posting_refusals, refusals, writing_refusals
from support.api.views import ApiView, actor
from support.models import EventType, WebhookEndpoint
from support.models.tools import Scope
from support.webhooks import addresses, endpoints

SEE = Access(Scope.MANAGE, ("support.view_webhookendpoint",))
ADD = Access(Scope.MANAGE, ("support.view_webhookendpoint", "support.add_webhookendpoint"))
CHANGE = Access(Scope.MANAGE, ("support.view_webhookendpoint", "support.change_webhookendpoint"))
NEW = OpenApiExample(
    "A new endpoint",
    {
        "url": "https://crm.example.org/hooks/edubot",
        "name": "CRM",
        "event_types": ["ticket.opened", "message.received", "chat.ended"],
    },
    request_only=True,
)


class EndpointBody(Strict):
    url = TextField(max_length=500, validators=[addresses.validate])
    name = TextField(max_length=100, required=False, allow_blank=True)
    event_types = serializers.ListField(
        child=serializers.ChoiceField(choices=EventType.choices),
        required=False,
        max_length=len(EventType),
        help_text="Which events; empty: all.",
    )


@extend_schema_field({"type": "boolean", "enum": [False]})
class OnlyFalseField(serializers.BooleanField):
    """For what callers may end and not begin."""


class EndpointChange(EndpointBody):
    """What is not named stays as it is."""

    url = TextField(max_length=500, required=False, validators=[addresses.validate])
    active = serializers.BooleanField(
        required=False, help_text="Off: events that happen meanwhile are not kept for it."
    )
    paused = OnlyFalseField(
        required=False, help_text="Only `false`: resume, and deliver what was missed."
    )

    def validate_paused(self, paused: bool) -> bool:
        if paused:
            raise serializers.ValidationError(
                "EduBot pauses endpoints itself. Set active to false."
            )
        return paused


class Rotation(Strict):
    keep_old = serializers.BooleanField(
        default=True, help_text="False if the old secret is known to others: it ends at once."
    )


class EndpointSerializer(serializers.Serializer[WebhookEndpoint]):
    id = serializers.IntegerField()
    url = serializers.CharField()
    name = serializers.CharField()
    event_types = serializers.ListField(child=serializers.CharField(), source="types")
    active = serializers.BooleanField()
    paused_at = UtcDateTimeField(
        allow_null=True, help_text="Since when a person must look: it took nothing for a day."
    )
    failing_since = UtcDateTimeField(allow_null=True)
    created_at = UtcDateTimeField()


class SecretSerializer(EndpointSerializer):
    secret = serializers.CharField(
        allow_null=True,
        help_text="Signs every call. Shown this once: keep it. Null where an `Idempotency-Key` "
        "brings the answer back; if the first one was lost, rotate.",
    )


class EndpointListSerializer(PageSerializer):
    webhooks = EndpointSerializer(many=True)


@extend_schema(tags=["Webhooks"])
class WebhooksView(ApiView):
    access = {"GET": SEE, "POST": ADD}
    secrets = frozenset({"secret"})

    @extend_schema(
        operation_id="list_webhooks",
        summary="The endpoints that are told of events",
        parameters=[PageQuery],
        responses={200: EndpointListSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, PageQuery)
        page = paging.page("webhooks", WebhookEndpoint.objects.all(), wanted)
        return Response(EndpointListSerializer(page).data)

    @extend_schema(
        operation_id="create_webhook",
        summary="Have events posted to an address, from now on",
        description="The format is that of Standard Webhooks (standardwebhooks.com).",
        request=EndpointBody,
        examples=[NEW],
        responses={201: SecretSerializer, **posting_refusals()},
    )
    def post(self, request: Request) -> Response:
        _refuse_unless_open(request)
        new = requests.body(request, EndpointBody)
        endpoint = endpoints.create(
            url=new["url"],
            name=new.get("name", ""),
            event_types=new.get("event_types", []),
            by=actor(request).user,
        )
        return Response(SecretSerializer(endpoint).data, status=status.HTTP_201_CREATED)


@extend_schema(tags=["Webhooks"])
class WebhookView(ApiView):
    access = {"GET": SEE, "PATCH": CHANGE}

    @extend_schema(
        operation_id="get_webhook",
        summary="One endpoint",
        responses={200: EndpointSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.query(request, Query)
        return Response(EndpointSerializer(get_object_or_404(WebhookEndpoint, pk=id)).data)

    @extend_schema(
        operation_id="change_webhook",
        summary="Change an endpoint, switch it on or off, or resume it",
        request=EndpointChange,
        responses={200: EndpointSerializer, **writing_refusals(404)},
    )
    def patch(self, request: Request, id: int) -> Response:  # noqa: A002
        _refuse_unless_open(request)
        get_object_or_404(WebhookEndpoint, pk=id)
        changes = requests.body(request, EndpointChange)
        endpoints.change(id, changes)
        return Response(EndpointSerializer(WebhookEndpoint.objects.get(pk=id)).data)


@extend_schema(tags=["Webhooks"])
class RotateView(ApiView):
    access = {"POST": CHANGE}
    secrets = frozenset({"secret"})

    @extend_schema(
        operation_id="rotate_webhook_secret",
        summary="A new secret; for a day calls are signed with the old one as well",
        request=Rotation,
        responses={200: SecretSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        _refuse_unless_open(request)
        get_object_or_404(WebhookEndpoint, pk=id)
        keep_old = requests.body(request, Rotation)["keep_old"]
        return Response(SecretSerializer(endpoints.rotate(id, keep_old=keep_old)).data)


def _refuse_unless_open(request: Request) -> None:
    """Raises PermissionDenied: webhooks carry whole numbers, and go where their maker says."""
    if not phones.may_see(request.user):
        sentence = "Webhooks carry whole phone numbers. The token's owner needs {}."
        raise PermissionDenied(sentence.format(phones.SEE_NUMBERS))
