"""Files: sent into a chat, and fetched from it."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from support import services
from support.api import requests, threads
from support.api.inputs import NewFile
from support.api.permissions import READ, REPLY
from support.api.requests import Query
from support.api.schema import posting_refusals, refusals
from support.api.serializers import ThreadMessageSerializer
from support.api.views import ApiView, actor
from support.desk.files import serve
from whatsapp.models import Media


@extend_schema(tags=["Tickets"])
class TicketFilesView(ApiView):
    access = {"POST": REPLY}
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="send_ticket_file",
        summary="Send the student a file, with or without a caption",
        description="Multipart form data, as curl's `-F file=@photo.jpg` makes it. 409 when the "
        "chat has ended, or after the 24 hours in which WhatsApp allows free messages.",
        request={"multipart/form-data": NewFile},
        responses={201: ThreadMessageSerializer, **posting_refusals(404)},
    )
    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        new = requests.body(request, NewFile)
        ticket = threads.ticket(request, id)
        file, kind, mime_type = new["file"]
        bubble = services.reply_with_file(
            ticket.pk,
            actor(request),
            file,
            kind=kind,
            mime_type=mime_type,
            caption=new.get("caption", ""),
            quoting=threads.quoted(ticket, new.get("quoted_message_id")),
        )
        return Response(ThreadMessageSerializer(bubble).data, status=status.HTTP_201_CREATED)


BYTES = "application/octet-stream"


class WhateverIsAsked(BaseContentNegotiation):
    """A file has one form: no `Accept` changes it. Refusals are JSON."""

    def select_renderer(self, _request: Request, renderers: Any, *_: object) -> Any:
        return renderers[0], renderers[0].media_type


@extend_schema(tags=["Files"])
class MediaView(ApiView):
    access = {"GET": READ}
    content_negotiation_class = WhateverIsAsked

    @extend_schema(
        operation_id="get_file",
        summary="The bytes of a file",
        description="With `Range` a part of it.",
        responses={
            (200, BYTES): OpenApiResponse(
                OpenApiTypes.BINARY,
                "The whole file; its type stands in `media.mime_type` of its message.",
            ),
            (206, BYTES): OpenApiResponse(OpenApiTypes.BINARY, "The part that `Range` asked for."),
            416: OpenApiResponse(description="The file has no such part."),
            **refusals(400, 404),
        },
    )
    def get(self, request: Request, id: int) -> HttpResponseBase:  # noqa: A002
        requests.query(request, Query)
        file = serve(request, get_object_or_404(Media, pk=id, state=Media.State.STORED))
        file["Content-Type"] = BYTES
        return file
