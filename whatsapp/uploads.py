"""Files on their way out: uploaded to Meta, then sent by id."""

import copy
from typing import Any

from whatsapp import client
from whatsapp.errors import classify
from whatsapp.kinds import MEDIA_KINDS, Kind
from whatsapp.models import Media, Message
from whatsapp.sound import VOICE_TYPE

FILE_UNREADABLE = 131014
MAY_HAVE_FILE = MEDIA_KINDS | {Kind.TEMPLATE}  # of all others none is looked up


def with_file(message: Message) -> dict[str, Any]:
    """The message's payload, naming its file by the id under which Meta has it.

    Uploads on first use. Raises NotSent, also when nobody knows whether the file arrived (an
    upload does no harm twice, and the message itself has not left), or Refused.
    """
    media = getattr(message, "media", None) if message.kind in MAY_HAVE_FILE else None
    if media is None:
        payload: dict[str, Any] = message.payload
        return payload
    payload = copy.deepcopy(message.payload)
    _place_of_file(payload)["id"] = media.remote_id or _upload(media)
    return payload


def _place_of_file(payload: dict[str, Any]) -> dict[str, Any]:
    """The part that names the file: of the message itself, or of a template's header."""
    holder = payload
    if payload["type"] == "template":
        components = payload["template"]["components"]
        holder = next(one for one in components if one["type"] == "header")["parameters"][0]
    place: dict[str, Any] = holder[holder["type"]]
    return place


def _upload(media: Media) -> str:
    mime_type = VOICE_TYPE if media.voice else media.mime_type
    try:
        with media.file.open("rb") as file:
            media.remote_id = client.upload(file, media.name or "file", mime_type)
    except client.Unconfirmed as error:
        raise client.NotSent(str(error)) from error
    except FileNotFoundError as error:
        raise client.Refused(classify(FILE_UNREADABLE), "The file is gone.") from error
    media.save(update_fields=["remote_id"])
    return media.remote_id
