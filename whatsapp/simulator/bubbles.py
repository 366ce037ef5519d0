"""A message as a phone shows it: what the page draws and what tests read."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from whatsapp.simulator import choices, templates
from whatsapp.simulator.answers import Json
from whatsapp.simulator.choices import Choice
from whatsapp.simulator.media import template_header
from whatsapp.simulator.models import Direction, SimulatedMessage

MEDIA_KINDS = ("image", "video", "audio", "document", "sticker")


@dataclass(frozen=True, slots=True)
class Bubble:
    """`created_at` is ISO 8601 in UTC; `media_url` an address of this server (or the sender's
    link); `link_url` and `link_label` belong to a link button, `list_label` opens the rows."""

    wamid: str
    from_student: bool
    type: str
    text: str
    header: str
    footer: str
    buttons: list[Choice]
    rows: list[Choice]
    list_label: str
    link_label: str
    link_url: str
    media_kind: str
    media_url: str
    media_name: str
    is_voice: bool
    location: Json | None
    quoted_wamid: str
    student_reaction: str
    business_reaction: str
    status: str
    created_at: str


def bubble(message: SimulatedMessage) -> Bubble:
    body: Json = json.loads(message.body)
    interactive = body.get("interactive") or {}
    action = interactive.get("action") or {}
    link = action.get("parameters") or {}
    media_kind, media = _media(body, interactive.get("header") or {})
    return Bubble(
        wamid=message.wamid,
        from_student=message.direction == Direction.FROM_STUDENT,
        type=message.type,
        text=_text(body),
        header=(interactive.get("header") or {}).get("text", "") or _headline(body),
        footer=(interactive.get("footer") or {}).get("text", ""),
        buttons=choices.buttons(body),
        rows=choices.rows(body),
        list_label=action.get("button", ""),
        link_label=link.get("display_text", "") or templates.link(body)[0],
        link_url=link.get("url", "") or templates.link(body)[1],
        media_kind=media_kind,
        media_url=_address(media),
        media_name=media.get("filename", ""),
        is_voice=bool(media.get("voice")),
        location=body.get("location"),
        quoted_wamid=message.quoted_wamid,
        student_reaction=message.student_reaction,
        business_reaction=message.business_reaction,
        status=message.status,
        created_at=message.created_at.isoformat().replace("+00:00", "Z"),
    )


def _media(body: Json, header: Json) -> tuple[str, Json]:
    for holder in (body, header, template_header(body)):
        kind = str(holder.get("type"))
        if kind in MEDIA_KINDS and isinstance(holder.get(kind), dict):
            return kind, holder[kind]
    return "", {}


def _headline(body: Json) -> str:
    """The headline of a template, filled in."""
    template = body.get("template") or {}
    known = templates.find(template)
    if known is None or known.header_format != "TEXT":
        return ""
    value = str(template_header(body).get("text", ""))
    return templates.VARIABLE.sub(lambda _found: value, known.header)


def _address(media: Json) -> str:
    if not media.get("id"):
        return str(media.get("link", ""))
    return reverse("simulator:media", args=[media["id"]])


def _text(body: Json) -> str:
    """The words in the bubble, whatever kind of message carries them."""
    kind = str(body.get("type") or "text")
    content: Any = body.get(kind)
    if not isinstance(content, dict):
        return _names(content)
    if kind == "template":
        known = templates.find(content)
        return known.filled(templates.values(content)) if known else str(content.get("name"))
    if kind == "interactive":
        return _interactive_text(content)
    fields = ("body", "caption", "text", "emoji", "name")
    return next((str(content[field]) for field in fields if content.get(field)), "")


def _interactive_text(content: Json) -> str:
    reply = content.get(str(content.get("type")))
    if isinstance(reply, dict):
        return str(reply.get("title", ""))
    return str((content.get("body") or {}).get("text", ""))


def _names(cards: Any) -> str:
    """The names on contact cards, or their numbers."""
    if not isinstance(cards, list):
        return ""
    return ", ".join(filter(None, map(_on_card, cards)))


def _on_card(card: Json) -> str:
    numbers = (str(phone.get("phone", "")) for phone in card.get("phones") or [{}])
    return str((card.get("name") or {}).get("formatted_name", "")) or next(numbers, "")
