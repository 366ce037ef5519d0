"""Two contacts that may be one person: staff look at both and decide."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from support import phones
from support.desk import people
from whatsapp import candidates, merging
from whatsapp.admin.base import ReadOnlyAdmin
from whatsapp.admin.numbers import SearchedNumbers
from whatsapp.models import Contact, Identity, MergeCandidate
from whatsapp.transactions import unit_of_work

MERGE = "whatsapp.change_contact"
LIST = "admin:whatsapp_mergecandidate_changelist"
COMPARE = "admin:whatsapp_contact_compare"


class WithForm(forms.Form):
    """Who else it is, by phone; a valid form has found the contact."""

    phone = forms.CharField(label="Phone of the other contact", max_length=40)

    def __init__(self, contact: Contact, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact

    def clean_phone(self) -> Contact:
        try:
            phone = phones.normalise(self.cleaned_data["phone"])
        except ValueError as error:
            raise ValidationError("This is not a phone number.") from error
        key = Identity.key(Identity.Kind.PHONE, phone.removeprefix("+"))
        known = Identity.objects.filter(digest=key, retired_at=None).select_related("contact")
        identity = known.first()
        if identity is None:
            raise ValidationError("Nobody with this phone has written or been written to.")
        if identity.contact_id == self.contact.pk:
            raise ValidationError("This is the phone of this contact.")
        return identity.contact


@admin.register(MergeCandidate)
class MergeCandidateAdmin(SearchedNumbers, ReadOnlyAdmin[MergeCandidate]):
    list_display = ["__str__", "reason", "created_at", "decided_at", "decided_by"]
    when_empty = "Nobody seems to be here twice."
    list_filter = [("decided_at", admin.EmptyFieldListFilter), "reason"]
    list_select_related = ["older", "younger", "decided_by"]
    search_fields = ["older__name", "older__phone", "younger__name", "younger__phone"]

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.has_perm(MERGE)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:one>/<int:other>/", wrap(self.compare_view), name="whatsapp_contact_compare"
            ),
            path(
                "with/<int:contact_id>/", wrap(self.with_view), name="whatsapp_contact_merge_with"
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page on which it is decided."""
        pair = self.get_object(request, object_id)
        if pair is None or not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect(COMPARE, pair.older_id, pair.younger_id)

    def with_view(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """From a contact's page: who else it is."""
        _user(request)
        contact = get_object_or_404(Contact, pk=contact_id)
        form = WithForm(contact, request.POST or None)
        if request.method == "POST" and form.is_valid():
            return redirect(COMPARE, contact.pk, form.cleaned_data["phone"].pk)
        context = {"title": f"Merge {contact} with …", "contact": contact, "form": form}
        return self._page(request, "with", context)

    def compare_view(self, request: HttpRequest, one: int, other: int) -> HttpResponse:
        """Both side by side; a POST decides."""
        user = _user(request)
        if one == other:
            raise Http404("That is one contact.")
        if request.method == "POST":
            return self._decide(request, user, one, other)
        found = list(Contact.objects.filter(pk__in=[one, other]).order_by("pk"))
        if len(found) != 2:
            raise Http404("One of them is gone.")
        sides = [people.side(contact, user) for contact in found]
        context = {
            "title": "Are they one person?",
            "sides": sides,
            "consequences": people.consequences(*sides),
            "candidate": candidates.of_pair(one, other).select_related("decided_by").first(),
        }
        return self._page(request, "compare", context)

    def _decide(
        self, request: HttpRequest, user: User, one: int, other: int
    ) -> HttpResponseRedirect:
        if "merge" in request.POST:
            return self._merged(request, one, other)
        if "apart" in request.POST and self._kept_apart(request, user, one, other):
            messages.success(request, "They stay two people; nobody is asked again.")
        return redirect(LIST)

    def _merged(self, request: HttpRequest, one: int, other: int) -> HttpResponseRedirect:
        try:
            kept = self._merge(request, one, other)
        except Contact.DoesNotExist:
            messages.error(request, "One of them is gone: a colleague was quicker.")
            return redirect(LIST)
        messages.success(request, "They are one person now.")
        return redirect("admin:whatsapp_contact_change", kept.pk)

    @unit_of_work
    def _merge(self, request: HttpRequest, one: int, other: int) -> Contact:
        gone = str(Contact.objects.filter(pk=max(one, other)).first())
        kept = merging.merge_known(one, other)
        act = f"Merged with contact {max(one, other)}, {gone}."
        self.log_change(request, kept, act)  # type: ignore[arg-type]  # in the contact's history
        return kept

    @unit_of_work
    def _kept_apart(self, request: HttpRequest, user: User, one: int, other: int) -> bool:
        if not candidates.keep_apart(one, other, user):
            return False
        pair = candidates.of_pair(one, other).get()
        self.log_change(request, pair, "They are two people.")
        return True

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": Contact._meta}  # noqa: SLF001
        return TemplateResponse(request, f"support/merging/{name}.html", common | context)


def _user(request: HttpRequest) -> User:
    """Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not user.has_perms([MERGE, "whatsapp.view_contact"]):
        raise PermissionDenied
    return user
