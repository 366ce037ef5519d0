"""People on WhatsApp."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from whatsapp.admin import erasing
from whatsapp.admin.base import ReadOnly, ReadOnlyAdmin
from whatsapp.admin.numbers import MaskedNumbers
from whatsapp.models import Contact, Identity


class IdentityInline(MaskedNumbers, ReadOnly, admin.TabularInline[Identity, Contact]):
    model = Identity
    fields = ["kind", "value", "first_seen_at", "last_seen_at", "retired_at"]
    readonly_fields = ["first_seen_at"]
    extra = 0


class SpokenFilter(admin.AllValuesFieldListFilter):
    def choices(self, changelist: Any) -> Iterator[Any]:
        """Who has chosen no language is named, too: an empty line is no choice."""
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "Not chosen"}


@admin.register(Contact)
class ContactAdmin(MaskedNumbers, ReadOnlyAdmin[Contact]):
    list_display = ["__str__", "phone", "username", "last_inbound_at", "opted_out_at"]
    list_filter = [("opted_out_at", admin.EmptyFieldListFilter), ("language", SpokenFilter)]
    search_fields = ["name", "username", "phone"]
    fields = [
        "name",
        "username",
        "phone",
        "user_id",
        "language",
        "last_inbound_at",
        "opted_out_at",
    ]
    inlines = [IdentityInline]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        erase = path(
            "<int:contact_id>/erase/", wrap(self.erase_view), name="whatsapp_contact_erase"
        )
        return [erase, *super().get_urls()]

    def erase_view(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """For superusers: the permission to delete contacts is in no role."""
        return erasing.view(request, contact_id, self.admin_site.each_context(request))
