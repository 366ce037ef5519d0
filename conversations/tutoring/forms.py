"""What staff send from a homework's page."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from conversations.homework import Attachment
from conversations.homework.acting import solving_staff
from support.desk import uploads
from support.desk.forms import Colleague, ManyFiles

TEXT_LIMIT = 20_000  # characters; what is too long for one message becomes several
REASON_LIMIT = 700
MOST_FILES = 10
NAME_LIMIT = 240


class FilesField(forms.FileField):
    """Any number of files; cleaned, each an `Attachment` of a kind that WhatsApp takes."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Attachment]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if len(files) > MOST_FILES:
            raise ValidationError(f"At most {MOST_FILES} files go into one answer.")
        return [_attachment(file) for file in files]


class AnswerForm(forms.Form):
    """Words, files and drawings; a drawing comes as one of the files."""

    text = forms.CharField(required=False, max_length=TEXT_LIMIT, widget=forms.Textarea)
    attachments = FilesField(required=False)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not (data.get("text") or data.get("attachments") or self.errors):
            raise ValidationError("Write, draw or attach something first.")
        return data


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Why, in words for the student (optional)",
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class GiveForm(forms.Form):
    to = Colleague(solving_staff(), label="Give to", empty_label="Choose …")


def _attachment(file: UploadedFile) -> Attachment:
    kind, mime_type = uploads.identify(file)
    return Attachment(file, (file.name or "file")[-NAME_LIMIT:], kind, mime_type)
