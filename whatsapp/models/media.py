"""Files that came with messages or go out with them."""

import uuid

from django.db import models
from django.utils import timezone

from whatsapp.models.message import Message


def storage_path(media: "Media", _filename: str) -> str:
    return new_path("whatsapp", media.mime_type)


def new_path(folder: str, mime_type: str) -> str:
    """A path that no sender has a say in; the name people gave is kept as text only."""
    return f"{folder}/{timezone.now():%Y/%m}/{uuid.uuid4().hex}{suffix(mime_type)}"


def suffix(mime_type: str) -> str:
    """An ending for a file whose type was found from its bytes."""
    return SUFFIXES.get(mime_type, ".bin")


class Media(models.Model):
    """One file. The message is shown at once; the bytes follow (`whatsapp.files`)."""

    class State(models.TextChoices):
        WAITING = "waiting", "not yet fetched"
        STORED = "stored"
        FAILED = "failed"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="media")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    file = models.FileField(upload_to=storage_path, blank=True)
    name = models.CharField(max_length=255, blank=True, help_text="As the sender called it.")
    mime_type = models.CharField(
        max_length=100, blank=True, help_text="Found from the bytes once they are here."
    )
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    voice = models.BooleanField(default=False, help_text="A voice note.")
    remote_id = models.CharField(max_length=128, blank=True, help_text="Media id at Meta.")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "media"
        indexes = [
            models.Index(fields=["state", "due_at"], name="media_to_fetch"),  # tasks.sweep
        ]

    def __str__(self) -> str:
        return self.name or self.mime_type or "file"


PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/amr": ".amr",
    "audio/aac": ".aac",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "application/pdf": ".pdf",
}
