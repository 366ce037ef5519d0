"""What the team and its integrators work with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from knox.models import AbstractAuthToken

from support import filling
from whatsapp.kinds import Kind
from whatsapp.models.fields import JSONTextField

FILES = "canned/%Y/%m"


def clean_marks(field: str, text: str) -> None:
    """Raises ValidationError on `field` if `text` has marks that nothing fills."""
    if unknown := filling.unknown(text):
        raise ValidationError({field: filling.complaint(unknown)})


class CannedReply(models.Model):
    """A ready-made reply, with the marks of `support.filling`, and perhaps a file.

    `file_kind` and `mime_type` are found from the bytes of the file where it is uploaded.
    """

    shortcut = models.SlugField(
        max_length=40, unique=True, help_text="What follows the / at the desk, e.g. hello."
    )
    text = models.TextField(max_length=4000, help_text=filling.HELP)
    file = models.FileField(
        upload_to=FILES,
        max_length=255,
        blank=True,
        help_text="A picture or document that is sent with the text.",
    )
    file_kind = models.CharField(max_length=16, blank=True, editable=False)
    mime_type = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        ordering = ["shortcut"]
        verbose_name = "ready-made reply"
        verbose_name_plural = "ready-made replies"

    def __str__(self) -> str:
        return f"/{self.shortcut}"

    def clean(self) -> None:
        clean_marks("text", self.text)

    @property
    def file_name(self) -> str:
        """The file's name as the student reads it; empty without a file."""
        return (self.file.name or "").rpartition("/")[2]

    @property
    def kind(self) -> Kind:
        """The kind of message that the file is sent as."""
        return Kind(self.file_kind or Kind.DOCUMENT)


class Scope(models.TextChoices):
    """What a token may do; the permissions of its owner apply besides."""

    READ = "read"
    REPLY = "reply"
    MANAGE = "manage"


class ApiToken(AbstractAuthToken):  # type: ignore[misc]
    """A token of the REST API: hashed at rest, expiring, limited to its scopes."""

    scopes = JSONTextField(default=list)
    last_used_at: models.DateTimeField[Any, Any] = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created"]
        verbose_name = "API token"

    def __str__(self) -> str:
        return f"{self.token_key}… of {self.user}"
