"""What a student does on his phone: each act queues the webhook that Meta would send."""

import base64
import json
from datetime import datetime

from django.utils import timezone

from whatsapp.simulator import account, bodies, choices, media, outbox, phones
from whatsapp.simulator.answers import Json
from whatsapp.simulator.models import (
    Direction,
    Misbehaviour,
    SimulatedMessage,
    SimulatedPhone,
    Tick,
)
from whatsapp.transactions import unit_of_work

SHARED_NUMBER = "2348099990000"  # of a student who was made without one


def say(
    phone: SimulatedPhone, text: str, *, quoted_wamid: str = "", at: datetime | None = None
) -> SimulatedMessage:
    """Write a text, as a reply to `quoted_wamid` if given; `at` makes it an old one."""
    content = {"type": "text", "text": {"body": text}}
    return send_raw(phone, _quoting(quoted_wamid) | content, at=at)


def quote(phone: SimulatedPhone, message: SimulatedMessage, text: str) -> SimulatedMessage:
    return say(phone, text, quoted_wamid=message.wamid)


def tap(phone: SimulatedPhone, message: SimulatedMessage, choice_id: str) -> SimulatedMessage:
    """Tap a button or list row. Raises LookupError when `message` has no such choice."""
    number = phone.number or SHARED_NUMBER
    content = choices.answer(json.loads(message.body), choice_id, number)
    return send_raw(phone, _quoting(message.wamid) | content)


def send_media(
    phone: SimulatedPhone,
    kind: str,
    content: bytes,
    name: str,
    mime_type: str,
    *,
    caption: str = "",
    voice: bool = False,
) -> SimulatedMessage:
    """Send a file; `kind` is image, video, audio, document or sticker."""
    row = media.store(content, mime_type, name)
    described: Json = {
        "mime_type": mime_type,
        "sha256": base64.b64encode(bytes.fromhex(row.sha256)).decode(),
        "id": row.media_id,
        "url": media.address(row),
    }
    if caption and kind != "audio":
        described["caption"] = caption
    if kind == "document":
        described["filename"] = name
    if kind == "audio":
        described["voice"] = voice
    if kind == "sticker":
        described["animated"] = False
    return send_raw(phone, {"type": kind, kind: described})


def send_location(
    phone: SimulatedPhone, latitude: float, longitude: float, name: str = "", address: str = ""
) -> SimulatedMessage:
    location: Json = {"latitude": latitude, "longitude": longitude}
    location |= {"name": name} if name else {}
    location |= {"address": address} if address else {}
    return send_raw(phone, {"type": "location", "location": location})


def react(phone: SimulatedPhone, message: SimulatedMessage, emoji: str) -> SimulatedMessage:
    """React to a message; "" takes the reaction away (Meta then leaves the key out)."""
    phones.react(message.wamid, Direction.FROM_STUDENT, emoji)
    reaction = {"message_id": message.wamid} | ({"emoji": emoji} if emoji else {})
    return send_raw(phone, {"type": "reaction", "reaction": reaction})


@unit_of_work
def send_raw(
    phone: SimulatedPhone, content: Json, *, at: datetime | None = None
) -> SimulatedMessage:
    """Send any content (`type` and what belongs to it), also kinds not yet invented."""
    sent_at = at or timezone.now()
    wamid = phones.new_wamid()
    body = bodies.message(phones.business(), phones.shown(phone), wamid, sent_at, content)
    message = phones.add(phone, Direction.FROM_STUDENT, wamid, content, at=sent_at)
    if phone.last_wrote_at is None or phone.last_wrote_at < sent_at:
        phone.last_wrote_at = sent_at
    phone.save(update_fields=["last_wrote_at"])
    about = f"{content.get('type')} from {phone.name}"
    outbox.queue(body, about, Misbehaviour.current(), wamid=wamid, tick=Tick.DELIVERED)
    return message


def _quoting(wamid: str) -> Json:
    if not wamid:
        return {}
    return {"context": {"from": account.DISPLAY_PHONE_NUMBER, "id": wamid}}
