"""Webhook bodies in Meta's shape, down to its escaping (pure; whatsapp-cloud-api 1 to 3)."""

import json
from dataclasses import dataclass
from datetime import datetime

from whatsapp.simulator.answers import Json


@dataclass(frozen=True, slots=True)
class Business:
    """The business account and number that a webhook is about."""

    account_id: str
    phone_number_id: str
    display_phone_number: str


@dataclass(frozen=True, slots=True)
class Student:
    """What Meta shows of a student; `number` is "" where it is hidden, and its keys are absent."""

    number: str
    user_id: str
    name: str
    username: str

    def as_contact(self) -> Json:
        profile = {"name": self.name} | ({"username": self.username} if self.username else {})
        number = {"wa_id": self.number} if self.number else {}
        return {"profile": profile, **number, "user_id": self.user_id}

    def as_sender(self) -> Json:
        number = {"from": self.number} if self.number else {}
        return {**number, "from_user_id": self.user_id}

    def as_recipient(self) -> Json:
        number = {"recipient_id": self.number} if self.number else {}
        return {**number, "recipient_user_id": self.user_id}


def envelope(business: Business, **value: object) -> bytes:
    """The bytes to post. Meta escapes everything beyond ASCII, and slashes."""
    metadata = {
        "display_phone_number": business.display_phone_number,
        "phone_number_id": business.phone_number_id,
    }
    change = {
        "field": "messages",
        "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
    }
    entry = {"id": business.account_id, "changes": [change]}
    body = {"object": "whatsapp_business_account", "entry": [entry]}
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def message(
    business: Business, student: Student, wamid: str, sent_at: datetime, content: Json
) -> bytes:
    """A student's message; `content` is its type with what belongs to it (and `context`)."""
    item = {
        **student.as_sender(),
        "id": wamid,
        "timestamp": str(int(sent_at.timestamp())),
        **content,
    }
    return envelope(business, contacts=[student.as_contact()], messages=[item])


def status(
    business: Business,
    student: Student,
    wamid: str,
    occurred_at: datetime,
    content: Json,
) -> bytes:
    """A tick for a message of the business; `content` holds `status` and what goes with it."""
    item = {
        "id": wamid,
        "timestamp": str(int(occurred_at.timestamp())),
        **student.as_recipient(),
        **content,
    }
    contact = student.as_contact()
    if content["status"] == "sent":
        contact["profile"].pop("username", None)
    return envelope(business, contacts=[contact], statuses=[item])
