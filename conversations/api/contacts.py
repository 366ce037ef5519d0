"""Contacts: /api/contacts…"""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from conversations.api.finding import search
from conversations.models import Student
from support.api import paging, requests
from support.api.fields import (
    HELP_ON_NUMBERS,
    PhoneField,
    TextOrNullField,
    UtcDateTimeField,
    WordsField,
)
from support.api.paging import PageSerializer
from support.api.permissions import reading
from support.api.requests import SEARCH_MAX, PageQuery, Query
from support.api.schema import refusals
from support.api.views import ApiView
from whatsapp.models import Contact

SEE = reading("whatsapp.view_contact", "conversations.view_student")
LOADED = ("student__subscription", "open_ticket")


class ContactQuery(PageQuery):
    phone_number = PhoneField(required=False)
    registered = serializers.BooleanField(required=False, allow_null=True, default=None)
    search = WordsField(
        required=False, max_length=SEARCH_MAX, help_text="In names and phone numbers."
    )


class StudentSerializer(serializers.ModelSerializer[Student]):
    """What a student said on registering; null until then."""

    email = TextOrNullField(help_text="Null if it was skipped.")
    registered_at = UtcDateTimeField()
    subscribed_until = UtcDateTimeField(
        source="subscription.ends_at", allow_null=True, help_text="Null if never subscribed."
    )

    class Meta:
        model = Student
        fields = ["id", "name", "email", "class_name", "registered_at", "subscribed_until"]
        read_only_fields = fields


class PersonSerializer(serializers.Serializer[Contact]):
    """Somebody on WhatsApp. Needs LOADED loaded."""

    id = serializers.IntegerField(help_text="In addresses as `contact:12`.")
    name = serializers.CharField(help_text="As on WhatsApp.")
    username = TextOrNullField()
    phone_number = TextOrNullField(source="phone", help_text=HELP_ON_NUMBERS)
    language = TextOrNullField(help_text="ISO 639-1; null until chosen.")
    created_at = UtcDateTimeField()
    last_inbound_at = UtcDateTimeField(allow_null=True, help_text="When they wrote last.")
    window_ends_at = UtcDateTimeField(
        allow_null=True, help_text="Until when WhatsApp allows free text; null: never wrote."
    )
    opted_out_at = UtcDateTimeField(allow_null=True, help_text="When they sent STOP.")
    open_ticket_id = serializers.SerializerMethodField()
    student = StudentSerializer(allow_null=True)

    def get_open_ticket_id(self, contact: Contact) -> int | None:
        ticket = getattr(contact, "open_ticket", None)
        return ticket.pk if ticket else None


class PersonPageSerializer(PageSerializer):
    contacts = PersonSerializer(many=True)


@extend_schema(tags=["Contacts"])
class ContactsView(ApiView):
    access = {"GET": SEE}

    @extend_schema(
        operation_id="list_contacts",
        summary="Everyone whom EduBot knows, the newest first",
        parameters=[ContactQuery],
        responses={200: PersonPageSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, ContactQuery)
        contacts = search(Contact.objects.all(), wanted.get("search", ""), request.user)
        if phone := wanted.get("phone_number"):
            contacts = contacts.filter(phone=phone)
        if wanted["registered"] is not None:
            contacts = contacts.filter(student__isnull=not wanted["registered"])
        rows = contacts.select_related(*LOADED)
        found = paging.page("contacts", rows, wanted, counted=contacts)
        return Response(PersonPageSerializer(found).data)


@extend_schema(tags=["Contacts"])
class ContactView(ApiView):
    access = {"GET": SEE}

    @extend_schema(
        operation_id="get_contact",
        summary="One person, with what a student said on registering",
        responses={200: PersonSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.query(request, Query)
        contact = get_object_or_404(Contact.objects.select_related(*LOADED), pk=id)
        return Response(PersonSerializer(contact).data)
