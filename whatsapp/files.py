"""Fetching files: the message is shown at once, the bytes follow, and what they are is looked at.

Meta's link lives five minutes and the media id seven days, so each try asks for a fresh link.
"""

import hashlib
import tempfile
from datetime import timedelta
from functools import partial
from typing import IO, Any

import filetype
import structlog
from django.conf import settings
from django.core.files import File
from django.utils import timezone
from requests import RequestException
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from whatsapp import checksums, client, slots
from whatsapp.guard import guarded
from whatsapp.hooks import resolve
from whatsapp.models import Media
from whatsapp.models.message import Direction
from whatsapp.nudges import nudge_media_later

log = structlog.get_logger(__name__)

META_HOSTS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")
CHUNK = 64 * 1024
LEASE = slots.LEASE
KEPT_BY_META = timedelta(days=7)
ATTEMPTS = 10
DISBELIEVED = 3  # times a file is fetched that is not the one which was announced
NOT_KEPT = "EduBot could not keep this file. Ask the student to send it again."
NOT_METAS = "WhatsApp named a place for this file that is not its own."


class FileRefused(Exception):
    """The file will never be fetched; the text says why, in plain words."""


class NotAnnounced(Exception):
    """These are not the bytes that the webhook announced."""


# RequestException: the line broke half-way.
PASSING = (client.NotSent, client.Unconfirmed, client.Refused, RequestException, NotAnnounced)


def fetch_due(limit: int = 20) -> int:
    """Fetch the files that are due, one by one; how many were tried.

    0 if WHATSAPP_DOWNLOADS workers are at it already: they, or the sweep, come to these too.
    """
    due = Media.objects.filter(state=Media.State.WAITING, due_at__lte=timezone.now())
    tried = 0
    with slots.one() as slot:
        if slot is None:
            return 0
        for media in due.order_by("due_at")[:limit]:
            if not slot.renew():
                break
            tried += _fetch_safely(media)
    return tried


def fetch_again(media: Media) -> bool:
    """Try a student's file once more that was given up; False if Meta no longer has it."""
    failed = Media.objects.filter(
        pk=media.pk, state=Media.State.FAILED, message__direction=Direction.INBOUND
    )
    if not can_be_fetched_again(media) or not failed.update(
        state=Media.State.WAITING, attempts=0, due_at=timezone.now(), error=""
    ):
        return False
    nudge_media_later()
    return True


def can_be_fetched_again(media: Media) -> bool:
    has_failed = media.state == Media.State.FAILED and bool(media.remote_id)
    return has_failed and media.message.created_at > timezone.now() - KEPT_BY_META


def _fetch_safely(media: Media) -> bool:
    """Claimed right before it is fetched, for those before it may have taken longer than a lease.

    False if another worker has it.
    """
    if not _claim(media):
        return False
    guarded(partial(_fetch, media), partial(_try_later, media))
    _tell(media)
    return True


def _tell(media: Media) -> None:
    """Hand a file that is here now, or will never be, to WHATSAPP_FILE_HANDLER.

    Its failure does not undo the fetching, and a worker may die before it: whoever relies on
    being told looks for what was missed.
    """
    ours = Media.objects.select_related("message").filter(pk=media.pk, attempts=media.attempts)
    if settled := ours.exclude(state=Media.State.WAITING).first():
        guarded(lambda: resolve("WHATSAPP_FILE_HANDLER")(settled), lambda _traceback: None)


def _claim(media: Media) -> bool:
    """Take this file for the time of a lease, by compare-and-swap."""
    media.attempts += 1
    return bool(
        Media.objects.filter(
            pk=media.pk, state=Media.State.WAITING, attempts=media.attempts - 1
        ).update(attempts=media.attempts, due_at=timezone.now() + LEASE)
    )


def _fetch(media: Media) -> None:
    try:
        url = client.media_address(media.remote_id)
        _check_host(url)
        with tempfile.TemporaryFile() as buffer:
            _download(url, buffer)
            _check_sum(media, buffer)
            _store(media, buffer)
    except FileRefused as error:
        _give_up(media, str(error))
    except PASSING as error:
        _try_later(media, str(error))
    except OSError as error:
        _wait_for_room(media, error)


def _check_host(url: str) -> None:
    """The token goes to Meta only: a forged link must not carry it anywhere else.

    Read with the parser that `requests` will use, so that both see the same host.
    """
    try:
        parts, graph = parse_url(url), parse_url(settings.WHATSAPP_GRAPH_URL)
    except LocationParseError as error:
        raise FileRefused(NOT_METAS) from error
    is_graph = (parts.scheme, parts.netloc) == (graph.scheme, graph.netloc)
    is_meta = parts.scheme == "https" and f".{parts.host or ''}".endswith(META_HOSTS)
    if parts.auth or not (is_graph or is_meta):
        raise FileRefused(NOT_METAS)


def _download(url: str, buffer: IO[bytes]) -> None:
    received, until = 0, timezone.now() + LEASE
    with client.open_media(url) as response:
        for chunk in response.iter_content(CHUNK):
            received += len(chunk)
            if received > settings.WHATSAPP_MEDIA_MAX_BYTES:
                raise FileRefused("This file is larger than 100 MB.")
            if timezone.now() > until:
                raise client.NotSent("The file came too slowly.")
            buffer.write(chunk)


def _check_sum(media: Media, buffer: IO[bytes]) -> None:
    """Fetched again if Meta announced other bytes, but believed if it insists: only Meta can tell
    what it has hashed.
    """
    buffer.seek(0)
    announced, found = media.sha256, hashlib.file_digest(buffer, "sha256")  # type: ignore[arg-type]
    media.sha256, media.size = found.hexdigest(), buffer.tell()
    if checksums.contradicts(announced, media.sha256):
        log.warning("file_differs", media=media.pk, attempt=media.attempts)
        if media.attempts < DISBELIEVED:
            raise NotAnnounced("The file is not the one that was announced.")


def _store(media: Media, buffer: IO[bytes]) -> None:
    buffer.seek(0)
    kind = filetype.guess(buffer.read(8192))
    media.mime_type = kind.mime if kind else "application/octet-stream"
    buffer.seek(0)
    media.file.save("file", File(buffer), save=False)
    if not _note(
        media,
        state=Media.State.STORED,
        file=media.file.name,
        mime_type=media.mime_type,
        size=media.size,
        sha256=media.sha256,
        error="",
    ):
        media.file.delete(save=False)


def _try_later(media: Media, why: str) -> None:
    if media.attempts >= ATTEMPTS:
        _give_up(media, "WhatsApp did not hand over this file. Ask the student to send it again.")
        return
    _wait(media, why)


def _wait_for_room(media: Media, error: OSError) -> None:
    """The fault is ours: tried again as long as Meta has the file."""
    log.error("file_not_kept", media=media.pk, error=error.strerror)
    if media.message.created_at < timezone.now() - KEPT_BY_META:
        _give_up(media, NOT_KEPT)
    else:
        _wait(media, "EduBot cannot keep this file just now.")


def _wait(media: Media, why: str) -> None:
    pause = timedelta(seconds=2 ** min(media.attempts + 1, ATTEMPTS + 1))
    _note(media, due_at=timezone.now() + pause, error=why)


def _give_up(media: Media, why: str) -> None:
    _note(media, state=Media.State.FAILED, error=why)


def _note(media: Media, **outcome: Any) -> bool:
    """Write what came of this try; False if the lease ran out and another worker has begun."""
    claimed = Media.objects.filter(pk=media.pk, state=Media.State.WAITING, attempts=media.attempts)
    return bool(claimed.update(**outcome))
