"""What each type of message says: one short reader per type, found by Meta's word for it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from whatsapp.kinds import Kind
from whatsapp.payload import reading
from whatsapp.payload.forms import form_text
from whatsapp.payload.reading import identifier, listing, mapping, string
from whatsapp.payload.values import IdentityChange, Json, MediaReference

_LONGEST_MEDIA_ID = 128
_LONGEST_WAMID = 512


@dataclass(frozen=True, slots=True)
class Content:
    """The part of a message that depends on its type."""

    kind: Kind
    text: str = ""
    choice_id: str = ""
    media: MediaReference | None = None
    target_wamid: str = ""
    contact_phone: str = ""
    identity_change: IdentityChange | None = None


def read_content(message: Json) -> Content:
    """Return what `message` says; what cannot be read becomes `Kind.UNSUPPORTED`, in words."""
    type_name = string(message.get("type"))
    reader = READERS.get(type_name)
    content = reader(message) if reader else None
    return content or Content(Kind.UNSUPPORTED, _unreadable(message, type_name))


def _unreadable(message: Json, type_name: str) -> str:
    """Say politely what came; some unsupported messages still carry a text or a caption."""
    body = mapping(message.get(type_name))
    written = string(mapping(message.get("text")).get("body")) or string(body.get("caption"))
    inner = reading.line(body.get("type") or type_name, 40).replace("_", " ")
    if inner in {"", "unknown", "unsupported"}:
        return written or "A message that WhatsApp cannot show here."
    return written or f"A message of type “{inner}”, which cannot be shown here."


def _text(message: Json) -> Content | None:
    body = mapping(message.get("text")).get("body")
    return Content(Kind.TEXT, string(body)) if isinstance(body, str) else None


def _file(kind: Kind, voice: bool = False) -> Callable[[Json], Content | None]:
    def read(message: Json) -> Content | None:
        item = mapping(message.get(string(message.get("type"))))
        media_id = identifier(item.get("id"), _LONGEST_MEDIA_ID)
        if not media_id:
            return None
        reference = MediaReference(
            media_id=media_id,
            mime_type=reading.line(item.get("mime_type"), 100).partition(";")[0].strip().lower(),
            sha256=identifier(item.get("sha256"), 88),
            filename=reading.line(_without_folders(string(item.get("filename")))),
            voice=voice or item.get("voice") is True,
            animated=item.get("animated") is True,
        )
        return Content(kind, string(item.get("caption")), media=reference)

    return read


def _without_folders(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _location(message: Json) -> Content | None:
    place = mapping(message.get("location"))
    words = filter(None, (reading.line(place.get(key)) for key in ("name", "address")))
    shown = ", ".join(words) or _coordinates(place)
    return Content(Kind.LOCATION, f"📍 {shown}") if shown else None


def _coordinates(place: Json) -> str:
    latitude, longitude = _degrees(place.get("latitude")), _degrees(place.get("longitude"))
    return "" if math.isnan(latitude + longitude) else f"{latitude:.5f}, {longitude:.5f}"


def _degrees(value: object) -> float:
    try:
        degrees = float(string(value))
    except (ValueError, OverflowError):
        return math.nan
    return degrees if abs(degrees) <= 180 else math.nan


def _contacts(message: Json) -> Content | None:
    cards = [mapping(card) for card in listing(message.get("contacts")) if isinstance(card, dict)]
    if not cards:
        return None
    text = "\n".join(f"👤 {_card_text(card)}" for card in cards)
    return Content(Kind.CONTACTS, text, contact_phone=_own_phone(message, cards))


def _card_text(card: Json) -> str:
    name = mapping(card.get("name"))
    shown = reading.line(name.get("formatted_name")) or reading.line(name.get("first_name"))
    numbers = [reading.line(number.get("phone") or number.get("wa_id")) for number in _phones(card)]
    return ", ".join(filter(None, (shown, *numbers))) or "A contact card without a name"


def _own_phone(message: Json, cards: list[Json]) -> str:
    """The sender's own number. A card of any other origin may be anybody's.

    `origin` stood on the message in early 2026 and stands on the card since.
    """
    for card in cards:
        if "contact_request" in (card.get("origin"), message.get("origin")):
            for number in _phones(card):
                found = reading.phone(number.get("wa_id"))
                if found := found or reading.typed_phone(number.get("phone")):
                    return found
    return ""


def _phones(card: Json) -> list[Json]:
    return [mapping(number) for number in listing(card.get("phones"))]


def _interactive(message: Json) -> Content | None:
    interactive = mapping(message.get("interactive"))
    for name in ("button_reply", "list_reply"):
        if isinstance(reply := interactive.get(name), dict):
            return _choice(mapping(reply).get("title"), mapping(reply).get("id"))
    if isinstance(form := interactive.get("nfm_reply"), dict):
        return Content(Kind.FORM, form_text(mapping(form)))
    return None


def _button(message: Json) -> Content | None:
    """A tap on a template's button; without a payload of ours its label is the id."""
    button = mapping(message.get("button"))
    return _choice(button.get("text"), button.get("payload") or button.get("text"))


def _choice(title: object, choice_id: object) -> Content | None:
    words, chosen = string(title), identifier(choice_id)
    return Content(Kind.CHOICE, words or chosen, choice_id=chosen) if words or chosen else None


def _reaction(message: Json) -> Content | None:
    """An emoji on a message; without one the reaction was taken back."""
    reaction = mapping(message.get("reaction"))
    target = identifier(reaction.get("message_id"), _LONGEST_WAMID)
    emoji = reading.line(reaction.get("emoji"), 40)
    return Content(Kind.REACTION, emoji, target_wamid=target) if target else None


def _order(message: Json) -> Content | None:
    order = mapping(message.get("order"))
    items = [_order_line(mapping(item)) for item in listing(order.get("product_items"))]
    text = "\n".join(filter(None, (*items, string(order.get("text")))))
    return Content(Kind.ORDER, text) if text else None


def _order_line(item: Json) -> str:
    """`item_price` is in whole currency units, unlike Paystack's kobo."""
    quantity = reading.line(item.get("quantity"), 20)
    product = reading.line(item.get("product_retailer_id"), 100)
    price = reading.line(item.get("item_price"), 20)
    currency = reading.line(item.get("currency"), 10)
    cost = f" ({price} {currency})".replace(" )", ")") if price else ""
    return f"🛒 {quantity or '?'} × {product or 'unnamed product'}{cost}"


def _system(message: Json) -> Content | None:
    system = mapping(message.get("system"))
    change = _identity_change(message, system) if string(system.get("type")) in _CHANGES else None
    return Content(Kind.SYSTEM, string(system.get("body")), identity_change=change)


_CHANGES = frozenset(
    {"user_changed_number", "user_changed_user_id", "customer_changed_number"}  # the last: legacy
)


def _identity_change(message: Json, system: Json) -> IdentityChange:
    return IdentityChange(
        old_phone=reading.phone(message.get("from")),
        new_phone=reading.phone(system.get("wa_id")) or reading.phone(system.get("new_wa_id")),
        old_user_id=reading.user_id(system.get("previous_user_id")),
        new_user_id=reading.user_id(system.get("user_id")),
    )


def _edit(message: Json) -> Content | None:
    edit = mapping(message.get("edit"))
    target = identifier(edit.get("original_message_id"), _LONGEST_WAMID)
    inner = read_content(mapping(edit.get("message")))
    return Content(Kind.EDIT, inner.text, media=inner.media, target_wamid=target)


def _revoke(message: Json) -> Content | None:
    target = mapping(message.get("revoke")).get("original_message_id")
    return Content(Kind.REVOKE, target_wamid=identifier(target, _LONGEST_WAMID))


READERS: dict[str, Callable[[Json], Content | None]] = {
    "text": _text,
    "image": _file(Kind.IMAGE),
    "video": _file(Kind.VIDEO),
    "audio": _file(Kind.AUDIO),
    "voice": _file(Kind.AUDIO, voice=True),  # older gateways; today audio with voice=true
    "document": _file(Kind.DOCUMENT),
    "sticker": _file(Kind.STICKER),
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "edit": _edit,
    "revoke": _revoke,
    "request_welcome": lambda _: Content(Kind.WELCOME),
}
