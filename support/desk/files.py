"""Files as staff's browsers get them: looked at in place only if that is harmless."""

import re
from collections.abc import Iterator
from typing import IO, Any, Protocol

from django.contrib.auth.decorators import permission_required
from django.core.files.base import File
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from support.desk.attachments import shown_as
from support.queries import VIEW
from whatsapp.models import Media
from whatsapp.models.media import suffix

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")  # more digits than int() takes are odd


@require_GET
@permission_required(VIEW, raise_exception=True)
def media(request: HttpRequest, media_id: int) -> HttpResponseBase:
    """A stored file of any message."""
    return serve(request, get_object_or_404(Media, pk=media_id, state=Media.State.STORED))


class Stored(Protocol):
    """A row with a file."""

    pk: Any
    file: Any
    name: Any
    mime_type: Any


def serve(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """Pictures, sound and films are shown, all else (HTML, SVG) is downloaded.

    For whom is the caller's business. Raises Http404 if the file is gone.
    """
    try:
        file = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is no longer stored.") from error
    response = _ranged(request, file) or FileResponse(file)
    inline = shown_as(stored.mime_type) != "download"
    response["Content-Type"] = stored.mime_type if inline else "application/octet-stream"
    response["Content-Disposition"] = _disposition(stored, inline=inline)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    response["Accept-Ranges"] = "bytes"
    return response


def _disposition(stored: Stored, *, inline: bool) -> str:
    """The sender's name for the file, in one line."""
    name = " ".join(stored.name.split()) or f"file-{stored.pk}{suffix(stored.mime_type)}"
    return str(content_disposition_header(not inline, name))


def _ranged(request: HttpRequest, file: File[bytes]) -> HttpResponseBase | None:
    """Part of the file, as players ask for it (Safari plays nothing without); None: all of it."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        return None
    first, size = int(asked[1]), file.size
    last = min(int(asked[2] or size - 1), size - 1)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(first)
    response = StreamingHttpResponse(_bytes(file, last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _bytes(file: IO[bytes] | File[bytes], left: int) -> Iterator[bytes]:
    with file:
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
