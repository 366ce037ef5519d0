"""A finished form (Flow): its answers arrive as a text that contains JSON."""

import json

from whatsapp.payload.reading import line, mapping, string
from whatsapp.payload.values import Json


def form_text(reply: Json) -> str:
    """Return the answers of a form, a line each, or the words Meta gives for it."""
    answers = mapping(_decoded(string(reply.get("response_json"))))
    answers.pop("flow_token", None)  # ours, and nothing to a reader
    lines = [f"{line(name)}: {_answer(value)}" for name, value in answers.items()]
    return "\n".join(lines) or string(reply.get("body")) or "A form was sent."


def _answer(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(string, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return string(value)


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
