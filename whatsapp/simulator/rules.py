"""What Meta refuses by looking at a send request alone (pure; whatsapp-cloud-api 5.1, 5.4)."""

import re
from collections.abc import Callable

from whatsapp.simulator import checks, rules_interactive, templates
from whatsapp.simulator.answers import GraphError, Json, RefusedError

CAPTIONED = {"image", "video", "document"}
USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def refusal(body: Json) -> GraphError | None:
    """The error Meta answers to this send request, or None when its form is right."""
    try:
        check(body)
    except RefusedError as refused:
        return refused.error
    return None


def check(body: Json) -> None:
    """Raise RefusedError when the request is wrong in itself."""
    product(body)
    _recipient(body)
    checks.optional_text(
        body, "biz_opaque_callback_data", 512, what="biz_opaque_callback_data", code=100
    )
    if "context" in body:
        checks.text(checks.part(body, "context"), "message_id", 512, what="context.message_id")
    kind = str(body.get("type", "text"))
    if kind not in CHECKS:
        raise RefusedError(
            100, f"Param type must be one of {', '.join(sorted(CHECKS))}, got {kind}."
        )
    CHECKS[kind](body)


def product(body: Json) -> None:
    if body.get("messaging_product") != "whatsapp":
        raise RefusedError(100, "The parameter messaging_product is required and must be whatsapp.")


def digits(to: str) -> str:
    """A phone number as Meta reads it: signs that people write between digits do not count."""
    return re.sub(r"[+\s()\-]", "", to)


def _recipient(body: Json) -> None:
    if body.get("recipient_type", "individual") != "individual":
        raise RefusedError(100, "Only recipient_type individual is supported for this number.")
    to, user_id = body.get("to"), body.get("recipient")
    if not to and not user_id:
        raise RefusedError(100, "The parameter to is required.")
    if to and not re.fullmatch(r"\d{7,15}", digits(str(to))):
        raise RefusedError(checks.INVALID, "to must be a phone number.")
    if not to and not USER_ID.fullmatch(str(user_id)):
        raise RefusedError(checks.INVALID, "recipient must be a business-scoped user ID.")


def _text(body: Json) -> None:
    checks.text(checks.part(body, "text"), "body", 4096, what="text['body']", code=100)


def _media(body: Json) -> None:
    kind = str(body["type"])
    media = checks.part(body, kind)
    if bool(media.get("id")) == bool(media.get("link")):
        raise RefusedError(100, f"{kind} needs exactly one of id and link.")
    if "link" in media:
        checks.web_address(media, "link")
    if kind not in CAPTIONED and media.get("caption") is not None:
        raise RefusedError(100, f"caption is not allowed on {kind}.")
    checks.optional_text(media, "caption", 1024, what=f"{kind}['caption']", code=100)
    if kind == "document":
        checks.optional_text(media, "filename", 240, what="filename", code=100)


def _location(body: Json) -> None:
    location = checks.part(body, "location")
    checks.number(location, "latitude", -90, 90)
    checks.number(location, "longitude", -180, 180)


def _contacts(body: Json) -> None:
    for card in checks.parts(body, "contacts", 1, 257):
        name = checks.part(card, "name", code=checks.MISSING)
        checks.text(name, "formatted_name", 1024, what="name.formatted_name")
        if not any(value for key, value in name.items() if key != "formatted_name"):
            raise RefusedError(checks.MISSING, "name needs one part beside formatted_name.")


def _reaction(body: Json) -> None:
    if "context" in body:
        raise RefusedError(100, "A reaction cannot have a context.")
    reaction = checks.part(body, "reaction")
    checks.text(reaction, "message_id", 512, what="reaction['message_id']", code=100)
    if not isinstance(reaction.get("emoji"), str):
        raise RefusedError(100, "The parameter reaction['emoji'] is required.")
    if re.search(r"[A-Za-z\s]", reaction["emoji"]) or len(reaction["emoji"]) > 16:
        raise RefusedError(checks.INVALID, "reaction['emoji'] must be one emoji.")


def _template(body: Json) -> None:
    templates.check(checks.part(body, "template"))


def _interactive(body: Json) -> None:
    rules_interactive.check(checks.part(body, "interactive"))


CHECKS: dict[str, Callable[[Json], None]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "audio": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "template": _template,
}
