"""Templates that Meta has approved: what may be said when the 24 hours are over."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from support import services
from support.api import paging, requests, threads
from support.api.fields import TextOrNullField, UtcDateTimeField
from support.api.inputs import FilledTemplate
from support.api.paging import PageSerializer
from support.api.permissions import REPLY, reading
from support.api.requests import PageQuery
from support.api.schema import posting_refusals, refusals
from support.api.serializers import ThreadMessageSerializer
from support.api.views import ApiView, actor
from whatsapp.models import MessageTemplate

FILLED = OpenApiExample(
    "A template with one value", {"template_id": 1, "values": {"1": "John"}}, request_only=True
)


class TemplateSerializer(serializers.Serializer[MessageTemplate]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    language = serializers.CharField()
    category = serializers.CharField(help_text="Meta's word: UTILITY, MARKETING, …")
    status = serializers.CharField(help_text="Meta's word: APPROVED, PAUSED, …")
    text = serializers.SerializerMethodField(help_text="Variables stand as `{{1}}` or `{{name}}`.")
    parameters = serializers.SerializerMethodField(help_text="The variables that want a value.")
    obstacle = TextOrNullField(help_text="Why it cannot be sent; null if it can.")
    synced_at = UtcDateTimeField(help_text="When Meta last listed it so.")

    def get_text(self, template: MessageTemplate) -> str:
        return template.approved.text

    def get_parameters(self, template: MessageTemplate) -> list[str]:
        return list(template.approved.parameters)


class TemplatePageSerializer(PageSerializer):
    templates = TemplateSerializer(many=True)


@extend_schema(tags=["Team"])
class TemplatesView(ApiView):
    access = {"GET": reading("whatsapp.view_messagetemplate")}

    @extend_schema(
        operation_id="list_templates",
        summary="The account's message templates, the newest first",
        parameters=[PageQuery],
        responses={200: TemplatePageSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, PageQuery)
        found = paging.page("templates", MessageTemplate.objects.all(), wanted)
        return Response(TemplatePageSerializer(found).data)


@extend_schema(tags=["Tickets"])
class SendTemplateView(ApiView):
    access = {"POST": REPLY}

    @extend_schema(
        operation_id="send_ticket_template",
        summary="Send a filled-in template, also when the 24 hours are over",
        description="409 when the chat has ended or the template cannot be sent.",
        request=FilledTemplate,
        examples=[FILLED],
        responses={201: ThreadMessageSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        filled = requests.body(request, FilledTemplate)
        ticket = threads.ticket(request, id)
        template = _checked(filled)
        bubble = services.reply_with_template(ticket.pk, actor(request), template, filled["values"])
        return Response(ThreadMessageSerializer(bubble).data, status=status.HTTP_201_CREATED)


def _checked(filled: dict[str, Any]) -> MessageTemplate:
    """Raises ValidationError for a template that is not there, or values that it does not take."""
    template = MessageTemplate.objects.filter(pk=filled["template_id"]).first()
    if template is None:
        raise ValidationError({"template_id": ["There is no template with this id."]})
    if not template.obstacle() and (problems := template.approved.problems(filled["values"])):
        raise ValidationError({"values": problems})
    return template
