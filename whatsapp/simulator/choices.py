"""What a student can tap on a message of the business (pure)."""

from dataclasses import dataclass

from whatsapp.simulator import templates
from whatsapp.simulator.answers import Json

NUMBER_REQUEST = "request_contact_info"


@dataclass(frozen=True, slots=True)
class Choice:
    """One button, list row or template button; `section` is the row's heading."""

    id: str
    title: str
    description: str = ""
    section: str = ""


def buttons(body: Json) -> list[Choice]:
    """The reply buttons under a bubble, of an interactive message or a template."""
    if body.get("type") == "template":
        return _quick_replies(body["template"])
    if _action(body).get("name") == NUMBER_REQUEST:
        return [Choice(NUMBER_REQUEST, "📱 Share phone number")]
    replies = [button["reply"] for button in _action(body).get("buttons", [])]
    return [Choice(reply["id"], reply["title"]) for reply in replies]


def rows(body: Json) -> list[Choice]:
    """The rows of a list message."""
    return [
        Choice(row["id"], row["title"], row.get("description") or "", section.get("title") or "")
        for section in _action(body).get("sections", [])
        for row in section["rows"]
    ]


def _action(body: Json) -> Json:
    action: Json = body.get("interactive", {}).get("action", {})
    return action


def _quick_replies(template: Json) -> list[Choice]:
    known = templates.find(template)
    titles = known.replies if known else ()
    payloads = {
        str(component.get("index")): component["parameters"][0].get("payload")
        for component in template.get("components") or []
        if component.get("sub_type") == "quick_reply" and component.get("parameters")
    }
    return [Choice(payloads.get(str(index)) or title, title) for index, title in enumerate(titles)]


def answer(body: Json, choice_id: str, number: str) -> Json:
    """The content of the message that a tap on `choice_id` sends; `number` is the student's.

    Raises LookupError when the message has no such choice.
    """
    if choice_id == NUMBER_REQUEST == _action(body).get("name"):
        own = {"phone": f"+{number}", "wa_id": number, "type": "CELL"}
        return {"type": "contacts", "contacts": [{"origin": "contact_request", "phones": [own]}]}
    for choice in buttons(body):
        if choice.id == choice_id and body.get("type") == "template":
            return {"type": "button", "button": {"payload": choice.id, "text": choice.title}}
        if choice.id == choice_id:
            reply = {"id": choice.id, "title": choice.title}
            return _interactive("button_reply", reply)
    for choice in rows(body):
        if choice.id == choice_id:
            described = {"description": choice.description} if choice.description else {}
            return _interactive("list_reply", {"id": choice.id, "title": choice.title, **described})
    raise LookupError(f"Nothing to tap with the id {choice_id!r}.")


def _interactive(kind: str, reply: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, kind: reply}}
