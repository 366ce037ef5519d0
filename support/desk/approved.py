"""The box under a ticket's thread that sends an approved template."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError

from support.desk import uploads
from support.models import SupportTicket
from whatsapp import templates
from whatsapp.models import MessageTemplate
from whatsapp.text import whole_number

LONGEST = 1024  # characters: a value alone may not be longer than the whole text
VALUE, FILE = "value-", "file"


class TemplateForm(forms.Form):
    """One field for each blank of `template`, and one for the file of its header.

    `mime_type` is that of the file, once the form is valid. A browser forgets a chosen file when
    it shows the page again, so a preview does without.
    """

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, template: MessageTemplate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        self.mime_type = ""
        for blank in template.approved.blanks:
            field = forms.CharField(label=blank.label, max_length=LONGEST)
            self.fields[VALUE + blank.key] = field
        if kind := template.approved.file_kind:
            label = f"{kind.capitalize()} for the header"
            self.fields[FILE] = forms.FileField(
                label=label, max_length=240, required="send" in self.data
            )

    def clean_file(self) -> Any:
        file, wanted = self.cleaned_data[FILE], self.template.approved.file_kind
        if file:
            kind, self.mime_type = uploads.identify(file)
            if kind is not wanted:
                raise ValidationError(f"This template shows a file of the kind {wanted}.")
        return file

    def clean(self) -> dict[str, Any]:
        if not self.errors and (problems := self.template.approved.problems(self.values)):
            raise ValidationError(problems)
        return self.cleaned_data

    @property
    def values(self) -> dict[str, str]:
        """What was typed, by parameter."""
        data = self.cleaned_data
        return {name: data[VALUE + name] for name in self.template.approved.parameters}

    @property
    def preview(self) -> str:
        """As the student will read it; empty until the values are right."""
        if not self.is_bound or self.errors:
            return ""
        return self.template.approved.text_with(self.values)

    @property
    def file(self) -> Any:
        return self.cleaned_data.get(FILE)

    @property
    def client_token(self) -> UUID:
        """The same for the same template with the same values sent twice."""
        file = (self.file.name, self.file.size) if self.file else ()
        parts = (self.template.pk, sorted(self.values.items()), file)
        return uuid5(self.cleaned_data["token"], repr(parts))


def chosen(template_id: str) -> TemplateForm | None:
    """An empty form for the template chosen by id, if it can be sent."""
    template = MessageTemplate.objects.filter(pk=whole_number(template_id)).first()
    return TemplateForm(template) if template and not template.obstacle() else None


def box(ticket: SupportTicket, form: TemplateForm | None) -> dict[str, Any]:
    """What the page shows: the list only while free text may not go."""
    offers = ticket.is_open and not ticket.contact.window_is_open()
    return {
        "sendable_templates": templates.sendable() if offers else [],
        "template_form": form if ticket.is_open else None,
    }
