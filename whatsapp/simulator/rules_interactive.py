"""What Meta refuses in an interactive message (pure; whatsapp-cloud-api 5.4)."""

from collections.abc import Callable

from whatsapp.simulator import checks
from whatsapp.simulator.answers import Json, RefusedError

MEDIA_HEADERS = {"image", "video", "document"}


def check(interactive: Json) -> None:
    """Raise RefusedError when a limit is overstepped."""
    kind = str(interactive.get("type"))
    if kind not in ACTIONS:
        raise RefusedError(checks.INVALID, f"interactive.type {kind} is not supported.")
    checks.text(
        checks.part(interactive, "body", code=checks.MISSING), "text", 1024, what="Body text"
    )
    _header(interactive, text_only=kind == "list")
    if "footer" in interactive:
        checks.text(checks.part(interactive, "footer"), "text", 60, what="Footer text")
    ACTIONS[kind](checks.part(interactive, "action", code=checks.MISSING))


def _header(interactive: Json, *, text_only: bool) -> None:
    if "header" not in interactive:
        return
    header = checks.part(interactive, "header")
    kind = str(header.get("type"))
    if kind == "text":
        checks.text(header, "text", 60, what="Header text")
    elif text_only or kind not in MEDIA_HEADERS:
        raise RefusedError(checks.INVALID, f"Header type {kind} is not allowed here.")
    else:
        media = checks.part(header, kind)
        if bool(media.get("id")) == bool(media.get("link")):
            raise RefusedError(checks.INVALID, "A header needs exactly one of id and link.")


def _identifier(holder: Json, most: int, what: str) -> str:
    value = checks.text(holder, "id", most, what=what)
    if value != value.strip():
        raise RefusedError(checks.INVALID, f"{what} may not begin or end with a space.")
    return value


def _buttons(action: Json) -> None:
    replies = []
    for button in checks.parts(action, "buttons", 1, 3):
        if button.get("type") != "reply":
            raise RefusedError(checks.INVALID, "Button type must be reply.")
        replies.append(checks.part(button, "reply", code=checks.MISSING))
    ids = [_identifier(reply, 256, "Button id") for reply in replies]
    titles = [checks.text(reply, "title", 20, what="Button title") for reply in replies]
    checks.unique(ids, "button id")
    checks.unique(titles, "button title")


def _list(action: Json) -> None:
    checks.text(action, "button", 20, what="Button label")
    sections = checks.parts(action, "sections", 1, 10)
    ids = []
    for section in sections:
        if len(sections) > 1:
            checks.text(section, "title", 24, what="Section title")
        checks.optional_text(section, "title", 24, what="Section title")
        for row in checks.parts(section, "rows", 1, 10):
            ids.append(_identifier(row, 200, "Row id"))
            checks.text(row, "title", 24, what="Row title")
            checks.optional_text(row, "description", 72, what="Row description")
    if len(ids) > 10:
        raise RefusedError(
            checks.INVALID, f"Total row count exceeds max allowed count: 10, got {len(ids)}"
        )
    checks.unique(ids, "row id")


def _link(action: Json) -> None:
    parameters = checks.part(action, "parameters", code=checks.MISSING)
    if action.get("name") != "cta_url":
        raise RefusedError(checks.INVALID, "action.name must be cta_url.")
    checks.text(parameters, "display_text", 20, what="display_text")
    checks.web_address(parameters, "url")


def _location_request(action: Json) -> None:
    if action.get("name") != "send_location":
        raise RefusedError(checks.INVALID, "action.name must be send_location.")


def _flow(action: Json) -> None:
    parameters = checks.part(action, "parameters", code=checks.MISSING)
    if not parameters.get("flow_id") and not parameters.get("flow_name"):
        raise RefusedError(checks.MISSING, "A flow needs flow_id or flow_name.")
    checks.text(parameters, "flow_cta", 20, what="flow_cta")


def _contact_request(action: Json) -> None:
    if action.get("name") != "request_contact_info":
        raise RefusedError(checks.INVALID, "action.name must be request_contact_info.")


ACTIONS: dict[str, Callable[[Json], None]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _link,
    "location_request_message": _location_request,
    "flow": _flow,
    "contact_request": _contact_request,
    "request_contact_info": _contact_request,
}
