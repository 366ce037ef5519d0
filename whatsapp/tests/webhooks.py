"""Webhook bodies as Meta sends them, one small builder for each kind of item.

    body(envelope(text("Good morning"), status("delivered")))

A builder of an item returns the dict that stands in `messages` or `statuses`; `envelope` wraps
items and their senders' contacts into one webhook, `body` makes its bytes the way Meta does
(escaped unicode, escaped slashes). Any field may be overridden by keyword, or left out by
giving it `None`: `text("hi", **{"from": None})`.
"""

import itertools
import json
from collections.abc import Iterable
from typing import Any

Item = dict[str, Any]

OUR_PHONE = "2347001234567"
PHONE_NUMBER_ID = "112233445566778"
WABA_ID = "208801112223334"
ADA = "2348031234567"
ADA_ID = "NG.1100223344556677"
SENT_AT = 1_795_000_000  # 18 November 2026

_numbers = itertools.count(1)


def body(envelope: object) -> bytes:
    """Return the bytes of a webhook, with slashes escaped as Meta escapes them."""
    return json.dumps(envelope, separators=(",", ":")).replace("/", "\\/").encode()


def envelope(*items: Item, contacts: Iterable[Item] | None = None, **value: Any) -> Item:
    """Return one webhook of field "messages" that holds `items`, messages and statuses mixed.

    The contacts are made from the messages' own ids unless given.
    """
    return enveloped(change(*items, contacts=contacts, **value))


def enveloped(*changes: Item, waba_id: str = WABA_ID) -> Item:
    """Return a webhook with one entry that holds `changes`."""
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": waba_id, "changes": list(changes)}],
    }


def change(*items: Item, contacts: Iterable[Item] | None = None, **value: Any) -> Item:
    """Return a change of field "messages"."""
    messages = [item for item in items if "status" not in item]
    statuses = [item for item in items if "status" in item]
    people = map(contact_of, messages) if contacts is None else contacts
    parts = {"contacts": list(people), "messages": messages, "statuses": statuses}
    metadata = {"display_phone_number": OUR_PHONE, "phone_number_id": PHONE_NUMBER_ID}
    return {
        "field": "messages",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": metadata,
            **{name: part for name, part in parts.items() if part},
            **value,
        },
    }


def account_change(field: str, **value: Any) -> Item:
    """Return a change of another field; account-level ones have no metadata."""
    return {"field": field, "value": value}


def contact(
    name: str = "Ada O.",
    phone: str | None = ADA,
    user_id: str | None = ADA_ID,
    username: str | None = None,
    **fields: Any,
) -> Item:
    """Return an item of `contacts`; a hidden phone leaves its key out."""
    profile = _filled(name=name, username=username)
    return _filled(profile=profile, wa_id=phone, user_id=user_id, **fields)


def contact_of(message: Item) -> Item:
    """Return the contact that comes along with `message`."""
    return contact(phone=message.get("from"), user_id=message.get("from_user_id"))


def message(kind: str, content: Any = None, **fields: Any) -> Item:
    """Return a message of any type, with `content` under the type's name."""
    given = {
        "from": fields.pop("sender", ADA),
        "from_user_id": fields.pop("user_id", None),
        "id": fields.pop("wamid", None) or f"wamid.IN{next(_numbers)}",
        "timestamp": str(fields.pop("sent_at", SENT_AT)),
        "type": kind,
        kind: content,
    }
    return _filled(**{**given, **fields})


def reply_to(wamid: str) -> Item:
    """Return the fields that make a message a reply: `text("yes", **reply_to("wamid.X"))`."""
    return {"context": {"from": OUR_PHONE, "id": wamid}}


def text(words: str, **fields: Any) -> Item:
    return message("text", {"body": words}, **fields)


def media(kind: str, mime_type: str, details: Item | None = None, **fields: Any) -> Item:
    """Return a message with a file; `details` are its caption, filename, voice …"""
    source = {
        "mime_type": mime_type,
        "sha256": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
        "id": "990011223344",
        "url": "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=990011223344",
    }
    return message(kind, {**source, **(details or {})}, **fields)


def image(caption: str | None = None, **fields: Any) -> Item:
    return media("image", "image/jpeg", _filled(caption=caption), **fields)


def video(caption: str | None = None, **fields: Any) -> Item:
    return media("video", "video/mp4", _filled(caption=caption), **fields)


def audio(**fields: Any) -> Item:
    return media("audio", "audio/mpeg", **fields)


def voice_note(**fields: Any) -> Item:
    return media("audio", "audio/ogg; codecs=opus", {"voice": True}, **fields)


def document(filename: str | None = "essay.pdf", caption: str | None = None, **fields: Any) -> Item:
    details = _filled(filename=filename, caption=caption)
    return media("document", "application/pdf", details, **fields)


def sticker(animated: bool = False, **fields: Any) -> Item:
    return media("sticker", "image/webp", {"animated": animated}, **fields)


def location(name: str | None = None, address: str | None = None, **fields: Any) -> Item:
    place = _filled(latitude=6.5244, longitude=3.3792, name=name, address=address)
    return message("location", place, **fields)


def contact_card(
    name: str | None = "Chidi Eze",
    phone: str = "+234 803 000 0000",
    origin: str = "other",
    **fields: Any,
) -> Item:
    """Return a shared contact card; origin "contact_request" answers our own question."""
    names = {"formatted_name": name, "first_name": name} if name else None
    card = _filled(name=names, phones=[{"phone": phone, "type": "CELL"}], origin=origin)
    return message("contacts", [card], **fields)


def tap(choice_id: str, title: str, **fields: Any) -> Item:
    """Return the tap on a reply button of ours."""
    return interactive("button_reply", {"id": choice_id, "title": title}, **fields)


def pick(choice_id: str, title: str, description: str | None = None, **fields: Any) -> Item:
    """Return the choice of a row in a list of ours."""
    row = _filled(id=choice_id, title=title, description=description)
    return interactive("list_reply", row, **fields)


def template_tap(label: str, payload: str | None = None, **fields: Any) -> Item:
    """Return the tap on a template's quick reply, which is of another type."""
    return message("button", {"payload": payload or label, "text": label}, **fields)


def form(response_json: str, **fields: Any) -> Item:
    """Return a finished Flow; its answers are JSON inside a text."""
    reply = {"name": "flow", "body": "Sent", "response_json": response_json}
    return interactive("nfm_reply", reply, **fields)


def interactive(form: str, reply: Any, **fields: Any) -> Item:
    return message("interactive", {"type": form, form: reply}, **fields)


def call_permission(response: str = "accept", **fields: Any) -> Item:
    reply = {"response": response, "response_source": "user_action"}
    return interactive("call_permission_reply", reply, **fields)


def reaction(target: str, emoji: str | None = "👍", **fields: Any) -> Item:
    """Return a reaction; without an emoji it takes the earlier one back."""
    return message("reaction", _filled(message_id=target, emoji=emoji), **fields)


def order(words: str | None = "please wrap", **fields: Any) -> Item:
    product = {
        "product_retailer_id": "SKU-1",
        "quantity": 2,
        "item_price": 1500,
        "currency": "NGN",
    }
    return message("order", _filled(catalog_id="77", text=words, product_items=[product]), **fields)


def system(change: str, words: str = "Ada changed", details: Item | None = None, **f: Any) -> Item:
    """Return WhatsApp's own message about a person; `details` go into its `system` object."""
    return message("system", {"type": change, "body": words, **(details or {})}, **f)


def number_changed(old: str = ADA, new: str = "2348059999999", **fields: Any) -> Item:
    """Return the news of another phone number; `from` is the old one."""
    ids = {"wa_id": new, "user_id": "NG.222", "previous_user_id": "NG.111"}
    return system("user_changed_number", details=ids, sender=old, **fields)


def user_id_changed(old: str = "NG.111", new: str = "NG.222", **fields: Any) -> Item:
    """Return the news of another business-scoped user id, of a person with a hidden phone."""
    ids = {"user_id": new, "previous_user_id": old}
    return system("user_changed_user_id", details=ids, sender=None, **fields)


def edit(target: str, inner: Item, **fields: Any) -> Item:
    return message("edit", {"original_message_id": target, "message": inner}, **fields)


def revoke(target: str, **fields: Any) -> Item:
    return message("revoke", {"original_message_id": target}, **fields)


def request_welcome(**fields: Any) -> Item:
    return message("request_welcome", **fields)


def unsupported(inner: str | None = "poll", **fields: Any) -> Item:
    """Return what WhatsApp itself could not pass on."""
    content = {"type": inner} if inner else None
    return message("unsupported", content, errors=[error(131051, "Message type unknown")], **fields)


def status(word: str, wamid: str = "wamid.OUT1", **fields: Any) -> Item:
    """Return news of a message of ours: sent, delivered, read, played, failed."""
    given = {
        "id": wamid,
        "status": word,
        "timestamp": str(fields.pop("at", SENT_AT)),
        "recipient_id": fields.pop("recipient", ADA),
        "recipient_user_id": fields.pop("user_id", None),
        "biz_opaque_callback_data": fields.pop("callback_id", None),
    }
    return _filled(**{**given, **fields})


def failed(code: int, wamid: str = "wamid.OUT1", **fields: Any) -> Item:
    return status("failed", wamid, errors=[error(code, "Failed", "In detail.")], **fields)


def error(code: int, title: str = "Something", details: str | None = None) -> Item:
    data = {"details": details} if details else None
    return _filled(code=code, title=title, message=title, error_data=data)


def _filled(**fields: Any) -> Item:
    return {name: value for name, value in fields.items() if value is not None}
