"""Which template tells which news once the 24 hours are over: chosen by staff."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from whatsapp.models import MessageTemplate, TemplateUse
from whatsapp.models.template import APPROVED, MARKETING
from whatsapp.purposes import PURPOSES
from whatsapp.text import shorten


class _TemplateField(forms.ModelChoiceField[MessageTemplate]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}: {shorten(obj.approved.text, 90)}"


class TemplateUseForm(forms.ModelForm[TemplateUse]):
    purpose = forms.ChoiceField(
        label="News",
        choices=[
            (key, f"{purpose.label} (values: {', '.join(purpose.facts)})")
            for key, purpose in PURPOSES.items()
        ],
    )
    template = _TemplateField(
        MessageTemplate.objects.none(),
        help_text="Approved by Meta; no advertising. Its language decides who gets it.",
    )

    class Meta:
        model = TemplateUse
        fields = ["purpose", "template", "values"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approved = MessageTemplate.objects.filter(status=APPROVED).exclude(category=MARKETING)
        offered: Any = self.fields["template"]
        offered.queryset = approved.order_by("name", "language")


@admin.register(TemplateUse)
class TemplateUseAdmin(admin.ModelAdmin[TemplateUse]):
    form = TemplateUseForm
    list_display = ["__str__", "template", "values", "state"]
    list_select_related = ["template"]
    change_list_template = "whatsapp/uses.html"

    @admin.display(description="Used")
    def state(self, use: TemplateUse) -> str:
        obstacle = use.obstacle()
        return f"No. {obstacle}" if obstacle else "Yes"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what is not told after the 24 hours, because no template is chosen for it."""
        chosen = set(TemplateUse.objects.values_list("purpose", flat=True))
        silent = [purpose.label for key, purpose in PURPOSES.items() if key not in chosen]
        return super().changelist_view(request, {"silent": silent} | (extra_context or {}))
