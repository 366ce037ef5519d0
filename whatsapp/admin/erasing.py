"""Erasing a contact from its page, after a look at what goes."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from whatsapp import belongings, erasing
from whatsapp.models import Contact

ERASE = "whatsapp.delete_contact"


class EraseForm(forms.Form):
    """Typed by hand, so that nobody erases a person by a slip of the mouse."""

    typed = forms.CharField(label="To go on, type “erase”")

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed.strip().lower() != "erase":
            raise ValidationError("Type the word erase, or leave this page.")
        return typed


def view(request: HttpRequest, contact_id: int, context: dict[str, Any]) -> HttpResponse:
    """Show what goes, and let it go."""
    if not request.user.has_perm(ERASE):
        raise PermissionDenied
    contact = get_object_or_404(Contact, pk=contact_id)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasing.erase(contact.pk)
        messages.success(request, "The contact was erased, with everything that belonged to it.")
        return redirect("admin:whatsapp_contact_changelist")
    theirs = belongings.of(contact)
    known = {model: rows for model, rows in theirs.items() if admin.site.is_registered(model)}
    context |= {
        "title": f"Erase {contact}",
        "contact": contact,
        "form": form,
        "kinds": [(model._meta.verbose_name_plural, len(rows)) for model, rows in known.items()],  # noqa: SLF001
        "others": sum(map(len, theirs.values())) - sum(map(len, known.values())),
        "files": sum(1 for _ in belongings.files(theirs)),
        "opts": Contact._meta,  # noqa: SLF001
    }
    return TemplateResponse(request, "whatsapp/erase.html", context)
