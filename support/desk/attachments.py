"""What hangs on a bubble besides words: a file or a place."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from whatsapp.files import can_be_fetched_again
from whatsapp.kinds import MEDIA_KINDS, Kind
from whatsapp.models import Media, Message
from whatsapp.models.media import PICTURE_TYPES

MAP = "https://www.google.com/maps?"


@dataclass(frozen=True, slots=True)
class Attachment:
    """`shown_as` is image, audio, video or download; a `problem` stands where there is no file."""

    shown_as: str
    address: str
    name: str
    size: int = 0
    problem: str = ""
    may_fetch_again: bool = False


def of_message(wire: Message) -> Attachment | None:
    """The file of a message, or why it cannot be shown; None if it never had one."""
    media: Media | None = getattr(wire, "media", None)
    if media is None:
        lost = wire.kind in MEDIA_KINDS
        return Attachment("", "", "", problem="The file is missing.") if lost else None
    if media.state == Media.State.WAITING:
        return Attachment("", "", "", problem="The file is being fetched …")
    if media.state == Media.State.FAILED:
        media.message = wire
        again = can_be_fetched_again(media)
        return Attachment("", "", "", problem=media.error, may_fetch_again=again)
    where = address(media)
    return Attachment(shown_as(media.mime_type), where, media.name or _name(wire), media.size)


def address(media: Media) -> str:
    """Where staff's browsers get a stored file (WHATSAPP_FILE_ADDRESS)."""
    return reverse("admin:stored_file", args=[media.pk])


def shown_as(mime_type: str) -> str:
    """How a file of this type, found from its bytes, is shown."""
    if mime_type in PICTURE_TYPES:
        return "image"
    family = mime_type.partition("/")[0]
    return family if family in {"audio", "video"} else "download"


def map_address(wire: Message) -> str:
    """Where to see the place in a location message; empty if it names none."""
    place = wire.payload.get("location") if wire.kind == Kind.LOCATION else None
    if not isinstance(place, dict):
        return ""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return ""
    return MAP + urlencode({"q": f"{latitude},{longitude}"})


def _name(wire: Message) -> str:
    return "Voice note" if wire.kind == Kind.AUDIO else wire.kind.capitalize()
