"""What the team works with: ready-made replies and categories."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile

from support.desk import uploads
from support.models import CannedReply, Category


class ShortcutField(forms.SlugField):
    """Staff type "/hello" at the desk; the name of it is "hello"."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).removeprefix("/")


class CannedReplyForm(forms.ModelForm[CannedReply]):
    """Refuses a file that WhatsApp would refuse, before anybody sends it."""

    class Meta:
        model = CannedReply
        fields = ["shortcut", "text", "file"]
        field_classes = {"shortcut": ShortcutField}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self.instance.file_kind, self.instance.mime_type = uploads.identify(file)
        return file


@admin.register(CannedReply)
class CannedReplyAdmin(admin.ModelAdmin[CannedReply]):
    form = CannedReplyForm
    list_display = ["shortcut", "text", "file"]
    when_empty = "None yet. At the desk, “/” and a shortcut bring a whole reply."
    search_fields = ["shortcut", "text"]


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin[Category]):
    search_fields = ["name"]
