"""One item of `value.statuses`."""

from whatsapp.payload.messages import LONGEST_WAMID
from whatsapp.payload.people import People, recipient_ids
from whatsapp.payload.reading import errors, identifier, line, moment, string
from whatsapp.payload.values import Broken, Json, StatusUpdate

LONGEST_CALLBACK_ID = 512


def is_call(raw: object) -> bool:
    """Whether a status is a call's: Meta writes those in capitals (RINGING, ACCEPTED)."""
    if not isinstance(raw, dict):
        return False
    return raw.get("type") == "call" or string(raw.get("status")).isupper()


def read_status(raw: object, people: People, phone_number_id: str) -> StatusUpdate | Broken:
    """Return the news in `raw`; it needs at least the message's id and a word."""
    if not isinstance(raw, dict):
        return Broken("A status is not an object.", raw)
    status: Json = raw
    wamid = identifier(status.get("id"), LONGEST_WAMID)
    word = line(status.get("status"), 64).lower()
    if not wamid or not word:
        return Broken("A status has no usable message id or no word.", raw)
    return StatusUpdate(
        wamid=wamid,
        status=word,
        occurred_at=moment(status.get("timestamp")),
        callback_id=identifier(status.get("biz_opaque_callback_data"), LONGEST_CALLBACK_ID),
        errors=errors(status.get("errors")),
        phone_number_id=phone_number_id,
        recipient=people.find(recipient_ids(status)),
    )
