"""What an agent attaches: which kind of WhatsApp message it becomes, or why it cannot be sent."""

import mimetypes

import filetype
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from whatsapp import sound
from whatsapp.kinds import Kind

MEGABYTE = 1024 * 1024
# What Meta takes as picture, film or sound; all else goes as a document.
KINDS = {
    "image/jpeg": Kind.IMAGE,
    "image/png": Kind.IMAGE,
    "video/mp4": Kind.VIDEO,
    "video/3gpp": Kind.VIDEO,
    "audio/aac": Kind.AUDIO,
    "audio/amr": Kind.AUDIO,
    "audio/mpeg": Kind.AUDIO,
    "audio/mp4": Kind.AUDIO,
    "audio/ogg": Kind.AUDIO,
}
# Source: Meta's Cloud API reference, "Media", supported types and sizes.
LIMITS = {Kind.IMAGE: 5, Kind.VIDEO: 16, Kind.AUDIO: 16, Kind.DOCUMENT: 100}
DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "text/plain",
    }
)


def identify(file: UploadedFile) -> tuple[Kind, str]:
    """The kind of message for `file` and its MIME type, from its bytes where they tell.

    Raises ValidationError with a sentence for the agent.
    """
    mime_type = _mime_type(file)
    kind = KINDS.get(mime_type, Kind.DOCUMENT)
    if kind is Kind.DOCUMENT and mime_type not in DOCUMENTS:
        raise ValidationError("WhatsApp takes pictures, films, sound, PDF, Office and text files.")
    if mime_type == "audio/ogg" and not sound.is_opus(_beginning(file)):
        raise ValidationError("WhatsApp plays OGG sound only if it is Opus. Send it as MP3.")
    if (file.size or 0) > LIMITS[kind] * MEGABYTE:
        raise ValidationError(f"WhatsApp takes at most {LIMITS[kind]} MB for this kind of file.")
    if not file.size:
        raise ValidationError("This file is empty.")
    return kind, mime_type


def _mime_type(file: UploadedFile) -> str:
    """From the bytes; by the name for documents, which share their beginnings (or have none)."""
    found = filetype.guess(_beginning(file))
    by_name = mimetypes.guess_type(file.name or "")[0] or ""
    if found is None or (by_name in DOCUMENTS and found.mime in {"application/zip", by_name}):
        return by_name if by_name in DOCUMENTS else ""
    return str(found.mime)


def _beginning(file: UploadedFile) -> bytes:
    file.seek(0)
    beginning = file.read(8192)
    file.seek(0)
    return bytes(beginning)
