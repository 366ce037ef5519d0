"""The approved templates of the simulated account, and what Meta refuses about them (pure)."""

import re
from dataclasses import dataclass

from whatsapp.simulator import checks
from whatsapp.simulator.answers import Json, RefusedError

VARIABLE = re.compile(r"\{\{(\d+)\}\}")
FILES = ("IMAGE", "VIDEO", "DOCUMENT")


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """One translation; `body` holds its variables as {{1}}, {{2}}, `replies` its buttons.

    `header` is a headline (with {{1}} or without) or IMAGE, VIDEO or DOCUMENT; `links` are buttons
    after the replies, each a label and an address that may end in {{1}}.
    """

    name: str
    language: str
    body: str
    replies: tuple[str, ...] = ()
    category: str = "UTILITY"
    header: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def variables(self) -> int:
        return len(set(VARIABLE.findall(self.body)))

    @property
    def header_format(self) -> str:
        """TEXT, IMAGE, VIDEO, DOCUMENT, or empty without a header."""
        return self.header if self.header in FILES else "TEXT" if self.header else ""

    def filled(self, values: list[str]) -> str:
        """The body with its variables replaced by `values` in order."""
        return VARIABLE.sub(lambda found: values[int(found[1]) - 1], self.body)

    def wire(self, number: int) -> Json:
        """As `GET /<business account>/message_templates` lists it."""
        body: Json = {"type": "BODY", "text": self.body}
        if self.variables:
            examples = [f"example {index + 1}" for index in range(self.variables)]
            body["example"] = {"body_text": [examples]}
        components: list[Json] = [*self._header(), body]
        buttons: list[Json] = [{"type": "QUICK_REPLY", "text": reply} for reply in self.replies]
        buttons += [{"type": "URL", "text": label, "url": url} for label, url in self.links]
        if buttons:
            components.append({"type": "BUTTONS", "buttons": buttons})
        return {
            "id": str(590000000000000 + number),
            "name": self.name,
            "language": self.language,
            "status": "APPROVED",
            "category": self.category,
            "parameter_format": "POSITIONAL",
            "components": components,
        }

    def _header(self) -> list[Json]:
        if not self.header:
            return []
        text = {"text": self.header} if self.header_format == "TEXT" else {}
        return [{"type": "HEADER", "format": self.header_format, **text}]


APPROVED = (
    ApprovedTemplate(
        "support_reply",
        "en",
        "Hello {{1}}, our support team has an answer to your question. "
        "Tap the button to read it here.",
        ("Read the answer",),
    ),
    ApprovedTemplate(
        "support_reply",
        "fr",
        "Bonjour {{1}}, notre équipe a une réponse à votre question. "
        "Touchez le bouton pour la lire ici.",
        ("Lire la réponse",),
    ),
    ApprovedTemplate(
        "homework_answered",
        "en",
        "Hello {{1}}, the solution to your homework {{2}} is ready. Tap the button to get it.",
        ("Get the solution",),
    ),
    ApprovedTemplate(
        "keep_chat_open",
        "en",
        "We have not finished yet. Tap the button if you still need us.",
        ("Keep my chat open",),
    ),
    ApprovedTemplate(
        "payment_received",
        "en",
        "Hello {{1}}, your payment has arrived. You are subscribed until {{2}}.",
        ("Main menu",),
    ),
    ApprovedTemplate(
        "subscription_ends",
        "en",
        "Hello {{1}}, your subscription ends on {{2}}.",
        ("Renew",),
    ),
    ApprovedTemplate(
        "timetable",
        "en",
        "Hello {{1}}, here is your timetable for the term.",
        header="DOCUMENT",
    ),
    ApprovedTemplate(
        "exam_results",
        "en",
        "Hello {{1}}, the results of your exam are out.",
        ("Thank you",),
        header="Results of {{1}}",
        links=(("See my results", "https://results.example.com/{{1}}"),),
    ),
    ApprovedTemplate(
        "hello_world",
        "en_US",
        "Welcome and congratulations! This message shows that sending templates works.",
    ),
)


def find(template: Json) -> ApprovedTemplate | None:
    """The approved translation that a send request means."""
    language = template.get("language")
    code = language.get("code") if isinstance(language, dict) else None
    matching = (
        known for known in APPROVED if (known.name, known.language) == (template.get("name"), code)
    )
    return next(matching, None)


def listing(limit: int = 25, after: str = "") -> Json:
    """One page of the account's templates; `after` is the cursor that the page before gave."""
    start = int(after) if after.isdecimal() else 0
    end = start + max(limit, 1)
    found = [template.wire(number) for number, template in enumerate(APPROVED)]
    paging: Json = {"cursors": {"before": str(start), "after": str(end)}}
    if end < len(found):
        paging["next"] = f"https://graph.facebook.com/message_templates?after={end}"
    return {"data": found[start:end], "paging": paging}


def parameters(template: Json, component: str) -> list[Json]:
    """The parameters that the request gives for `component` ("body", "header")."""
    components = template.get("components") or []
    if not isinstance(components, list) or not all(isinstance(entry, dict) for entry in components):
        raise RefusedError(100, "template['components'] must be a list of objects.")
    given = [entry for entry in components if str(entry.get("type")).lower() == component]
    return checks.parts(given[0], "parameters", 0, 100) if given else []


def values(template: Json) -> list[str]:
    return [str(parameter.get("text")) for parameter in parameters(template, "body")]


def link(body: Json) -> tuple[str, str]:
    """Label and address of a template's first link, filled in; empty without."""
    template = body.get("template") or {}
    known = find(template)
    if known is None or not known.links:
        return "", ""
    label, url = known.links[0]
    buttons = [one for one in template.get("components") or [] if one.get("sub_type") == "url"]
    values = [str(one["parameters"][0].get("text")) for one in buttons]
    return label, VARIABLE.sub(lambda _found: values[0], url)


def check(template: Json) -> None:
    """Raise RefusedError for an unknown template or parameters that do not fit it."""
    checks.text(template, "name", 512, what="template['name']", code=100)
    checks.text(checks.part(template, "language"), "code", 16, what="language['code']", code=100)
    known = find(template)
    if known is None:
        raise RefusedError(
            132001, f"template name ({template['name']}) does not exist in this language"
        )
    _texts(template, "body", known.variables)
    if known.header_format in FILES:
        _file(template, known.header_format.lower())
    else:
        _texts(template, "header", len(VARIABLE.findall(known.header)))
    _buttons(template, known)


def _texts(template: Json, component: str, expected: int) -> None:
    given = parameters(template, component)
    if len(given) != expected:
        raise RefusedError(
            132000,
            f"{component}: number of localizable_params ({len(given)}) does not match the expected "
            f"number of params ({expected})",
        )
    for parameter in given:
        _parameter(parameter)


def _file(template: Json, kind: str) -> None:
    given = parameters(template, "header")
    if [parameter.get("type") for parameter in given] != [kind]:
        raise RefusedError(132012, f"header: Format mismatch, expected {kind.upper()}.")
    file = checks.part(given[0], kind)
    if bool(file.get("id")) == bool(file.get("link")):
        raise RefusedError(132012, f"header: {kind} needs exactly one of id and link.")


def _parameter(parameter: Json) -> None:
    if parameter.get("type") != "text":
        raise RefusedError(132012, "Only text parameters fit this template.")
    value = checks.text(parameter, "text", 1024, what="parameter text")
    if re.search(r"[\n\t]| {5}", value):
        raise RefusedError(
            132012, "Param text cannot have new-line/tab characters or more than 4 spaces"
        )


def _buttons(template: Json, known: ApprovedTemplate) -> None:
    given = [
        component
        for component in template.get("components") or []
        if str(component.get("type")).lower() == "button"
    ]
    for component in given:
        _button(component, known)
    indexes = {str(component.get("index")) for component in given}
    for number, (label, url) in enumerate(known.links, start=len(known.replies)):
        if VARIABLE.search(url) and str(number) not in indexes:
            raise RefusedError(132000, f"The button {label} needs a parameter for its url.")


def _button(component: Json, known: ApprovedTemplate) -> None:
    sub_type, index = component.get("sub_type"), str(component.get("index"))
    kinds = ["quick_reply"] * len(known.replies) + ["url"] * len(known.links)
    if not index.isdecimal() or int(index) >= len(kinds):
        raise RefusedError(132000, f"The template has no button {index}.")
    if sub_type != kinds[int(index)]:
        raise RefusedError(132012, f"Button {index} is no {sub_type}.")
    [parameter] = checks.parts(component, "parameters", 1, 1)
    if sub_type == "url":
        _parameter(parameter)
        if not VARIABLE.search(known.links[int(index) - len(known.replies)][1]):
            raise RefusedError(132000, f"The url of button {index} has no variable.")
