"""Approved templates, the only thing Meta takes after the customer service window."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from whatsapp import limits
from whatsapp.kinds import Kind
from whatsapp.outgoing.message import Message, Wire
from whatsapp.outgoing.plain import Media


@dataclass(frozen=True, slots=True)
class Template(Message):
    """An approved text with values filled in.

    `components` are Graph's, as `body_values` makes them; `preview` is the filled-in text for
    the thread, which Meta does not need.
    """

    kind: ClassVar[Kind] = Kind.TEMPLATE

    name: str
    language: str
    components: tuple[Mapping[str, Any], ...] = ()
    preview: str = ""

    @property
    def text(self) -> str:
        return self.preview or self.name

    def _problems(self) -> Iterator[str]:
        yield from limits.template_name(self.name)
        yield from limits.language_code(self.language)
        for component in self.components:
            for parameter in component.get("parameters", ()):
                if parameter.get("type") in {"text", "payload"}:
                    yield from limits.template_value(parameter.get(parameter["type"], ""))

    def _content(self) -> Wire:
        template: Wire = {"name": self.name, "language": {"code": self.language}}
        if self.components:
            template["components"] = [dict(component) for component in self.components]
        return {"type": "template", "template": template}


def body_values(*values: str, **named: str) -> dict[str, Any]:
    """Return the component that fills a template's body, by position or by name."""
    positional = [{"type": "text", "text": value} for value in values]
    by_name = [{"type": "text", "parameter_name": n, "text": value} for n, value in named.items()]
    return {"type": "body", "parameters": [*positional, *by_name]}


def header_text(value: str, name: str = "") -> dict[str, Any]:
    """Return the component that fills the one variable of a template's header."""
    named = {"parameter_name": name} if name else {}
    return {"type": "header", "parameters": [{"type": "text", **named, "text": value}]}


def header_file(file: Media) -> dict[str, Any]:
    """Return the component that shows `file` above a template. Raises MessageInvalid."""
    shown = file.wire()
    shown.pop("messaging_product")
    return {"type": "header", "parameters": [shown]}


def button_value(sub_type: str, index: int, value: str) -> dict[str, Any]:
    """Return the component of one button: the end of its link, or what a tap on it sends."""
    kind = "text" if sub_type == "url" else "payload"
    return {
        "type": "button",
        "sub_type": sub_type,
        "index": str(index),
        "parameters": [{"type": kind, kind: value}],
    }
