"""Files at Meta: uploaded, described, fetched, deleted (whatsapp-cloud-api 6)."""

import hashlib
import secrets
from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner

from whatsapp.simulator.answers import Json, RefusedError
from whatsapp.simulator.models import SimulatedMedia

MEGABYTE = 1024 * 1024
ADDRESS_LIVES = 300  # seconds
OFFICE = "application/vnd.openxmlformats-officedocument"
MIME_TYPES = {
    "audio": ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
    "document": (
        "text/plain",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        f"{OFFICE}.wordprocessingml.document",
        f"{OFFICE}.spreadsheetml.sheet",
        f"{OFFICE}.presentationml.presentation",
    ),
    "image": ("image/jpeg", "image/png"),
    "video": ("video/mp4", "video/3gpp"),
    "sticker": ("image/webp",),
}
MOST_BYTES = {
    "audio": 16 * MEGABYTE,
    "document": 100 * MEGABYTE,
    "image": 5 * MEGABYTE,
    "video": 16 * MEGABYTE,
    "sticker": 500 * 1024,
}


def bare(mime_type: str) -> str:
    """The type without its parameters (`; codecs=opus`)."""
    return mime_type.split(";")[0].strip().lower()


def store(content: bytes, mime_type: str, name: str) -> SimulatedMedia:
    """Keep a file and give it an id of digits, as Meta's are."""
    row = SimulatedMedia(
        media_id=str(10**14 + secrets.randbelow(9 * 10**14)),
        name=name[:255],
        mime_type=mime_type[:100],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    row.file.save(row.media_id, ContentFile(content))
    return row


def upload(form: Json, file: UploadedFile | None) -> Json:
    """`POST /<phone number id>/media`. Raises RefusedError with Meta's code."""
    if form.get("messaging_product") != "whatsapp":
        raise RefusedError(100, "The parameter messaging_product is required.")
    if file is None:
        raise RefusedError(100, "The parameter file is required.")
    mime_type = str(form.get("type") or file.content_type or "")
    kind = next((kind for kind, types in MIME_TYPES.items() if bare(mime_type) in types), "")
    if not kind:
        raise RefusedError(131053, f"Media of type {mime_type} cannot be sent.")
    if not 0 < (file.size or 0) <= MOST_BYTES[kind]:
        raise RefusedError(131053, f"A file of type {kind} may have 1 to {MOST_BYTES[kind]} bytes.")
    return {"id": store(file.read(), mime_type, file.name or "").media_id}


def get(media_id: str) -> SimulatedMedia:
    """The file with this id. Raises RefusedError when there is none."""
    row = SimulatedMedia.objects.filter(media_id=media_id).first()
    if row is None:
        raise RefusedError(33, f"Object with ID '{media_id}' does not exist.")
    return row


def described(media_id: str) -> Json:
    """`GET /<media id>`: an address that lives for five minutes, and what is there."""
    row = get(media_id)
    return {
        "messaging_product": "whatsapp",
        "url": address(row),
        "mime_type": row.mime_type,
        "sha256": row.sha256,
        "file_size": str(row.size),
        "id": row.media_id,
    }


def address(row: SimulatedMedia) -> str:
    signed = TimestampSigner(salt="simulated-media").sign(row.media_id)
    base = str(settings.WHATSAPP_GRAPH_URL).rstrip("/")
    return f"{base}/media-file/{row.media_id}?oe={signed.split(':', 1)[1]}"


def fetched(media_id: str, expiry: str) -> SimulatedMedia | None:
    """The file behind an address that `described` gave, while that is fresh."""
    signer = TimestampSigner(salt="simulated-media")
    try:
        signer.unsign(f"{media_id}:{expiry}", max_age=ADDRESS_LIVES)
    except BadSignature:
        return None
    return SimulatedMedia.objects.filter(media_id=media_id).first()


def delete(media_id: str) -> Json:
    row = get(media_id)
    row.file.delete(save=False)
    row.delete()
    return {"success": True}


def check_sent(body: Json) -> None:
    """Raise RefusedError when a message names a file Meta does not have or cannot show."""
    for kind, media_id in _named(body):
        row = SimulatedMedia.objects.filter(media_id=str(media_id)).first()
        if row is None:
            raise RefusedError(131009, f"Media {media_id} does not exist.")
        if bare(row.mime_type) not in MIME_TYPES[kind] and kind != "document":
            raise RefusedError(131053, f"Media of type {row.mime_type} cannot be sent as {kind}.")
        if kind == "audio" and body["audio"].get("voice") and not _is_voice(row):
            raise RefusedError(131053, "A voice message must be OGG with the Opus codec, in mono.")


def _is_voice(row: SimulatedMedia) -> bool:
    """Declared as Opus, and Opus of one channel by its bytes."""
    with row.file.open("rb") as file:
        beginning = file.read(64)
    return "codecs=opus" in row.mime_type and b"OpusHead\x01\x01" in beginning


def _named(body: Json) -> Iterator[tuple[str, str]]:
    """Kind and id of each file a (checked) message refers to."""
    header = body.get("interactive", {}).get("header", {})
    for holder in (body, header, template_header(body)):
        kind = str(holder.get("type"))
        if kind in MIME_TYPES and holder[kind].get("id"):
            yield kind, holder[kind]["id"]


def template_header(body: Json) -> Json:
    """What a template's header shows, as `{"type": "image", "image": {…}}`; empty if nothing."""
    components = (body.get("template") or {}).get("components") or []
    heads = (one for one in components if str(one.get("type")).lower() == "header")
    shown: Json = next((part for one in heads for part in one.get("parameters") or []), {})
    return shown


def kind_on_phone(mime_type: str) -> str:
    """What a student's phone makes of a file: WhatsApp shows everything else as a document."""
    kind = mime_type.split("/", 1)[0]
    return kind if kind in ("image", "video", "audio") else "document"
