"""What an approved template leaves blank: in its header, its body, and at the end of its links."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whatsapp.kinds import Kind

Component = Mapping[str, Any]
Values = Mapping[str, str]

VARIABLE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
HEADER, BODY, FOOTER, BUTTONS = "HEADER", "BODY", "FOOTER", "BUTTONS"
FILES = {"IMAGE": Kind.IMAGE, "VIDEO": Kind.VIDEO, "DOCUMENT": Kind.DOCUMENT}
STATIC_BUTTONS = frozenset({"QUICK_REPLY", "PHONE_NUMBER"})


@dataclass(frozen=True, slots=True)
class Blank:
    """One value to fill in: `key` is our name for it, `variable` Meta's, `label` for people.

    In the body both are the same. `index` is the place of the button, and `around` the whole
    address that its value completes.
    """

    key: str
    part: str
    variable: str
    label: str
    index: int = 0
    around: str = ""

    @property
    def is_named(self) -> bool:
        return not self.variable.isdecimal()


def of_template(components: Sequence[Component]) -> tuple[Blank, ...]:
    """Every blank, in the order of the message; those of the body by number, or as they stand."""
    head = [
        Blank(f"header-{name}", HEADER, name, f"{{{{{name}}}}} in the headline")
        for name in variables(text_of(components, HEADER))
    ]
    body = [
        Blank(name, BODY, name, f"{{{{{name}}}}}") for name in variables(text_of(components, BODY))
    ]
    return (*head, *body, *_of_buttons(components))


def variables(text: str) -> tuple[str, ...]:
    """The variables in `text`, each once: "1", "2" … by number, or names as they stand."""
    found = tuple(dict.fromkeys(VARIABLE.findall(text)))
    by_number = all(name.isdecimal() for name in found)
    return tuple(sorted(found, key=int)) if by_number else found


def text_of(components: Sequence[Component], part: str) -> str:
    texts = (one.get("text") for one in components if kind_of(one) == part)
    return next((text for text in texts if isinstance(text, str)), "")


def file_kind(components: Sequence[Component]) -> Kind | None:
    """What kind of file the header shows, if any."""
    formats = (_format(one) for one in components if kind_of(one) == HEADER)
    return next((FILES[found] for found in formats if found in FILES), None)


def is_fillable(component: Component) -> bool:
    """Whether words, and a file for the header, make a whole of it."""
    kind = kind_of(component)
    if kind == HEADER:
        return _format(component) in {"TEXT", *FILES}
    if kind == BUTTONS:
        return all(map(_is_fillable_button, component.get("buttons") or ()))
    return kind in {BODY, FOOTER}


def fill(text: str, values: Values) -> str:
    """Only what Meta fills: a variable in a value stays as it is, so one pass over the text."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def kind_of(component: Component) -> str:
    return str(component.get("type", "")).upper()


def _format(component: Component) -> str:
    return str(component.get("format", "TEXT")).upper()


def buttons(components: Sequence[Component]) -> list[Any]:
    """The template's buttons in their order; their places are their indexes."""
    found = (one.get("buttons") or () for one in components if kind_of(one) == BUTTONS)
    return [button for group in found for button in group]


def _of_buttons(components: Sequence[Component]) -> Iterator[Blank]:
    for index, button in enumerate(buttons(components)):
        url = str(button.get("url", "")) if isinstance(button, Mapping) else ""
        if found := VARIABLE.search(url):
            label = f"End of the link “{button.get('text', '')}”: {url}"
            yield Blank(f"button-{index}", BUTTONS, found[1], label, index, url)


def _is_fillable_button(button: object) -> bool:
    """Meta allows one variable in a link, at its end."""
    if not isinstance(button, Mapping):
        return False
    if button.get("type") in STATIC_BUTTONS:
        return True
    url = str(button.get("url", ""))
    found = VARIABLE.findall(url)
    at_its_end = len(found) == 1 and url.endswith("}}")
    return button.get("type") == "URL" and (not found or at_its_end)
