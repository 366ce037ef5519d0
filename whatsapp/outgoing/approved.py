"""What Meta has approved: a text with variables, and the message that comes of filling them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from whatsapp import limits
from whatsapp.kinds import Kind
from whatsapp.outgoing import blanks
from whatsapp.outgoing.blanks import BODY, BUTTONS, HEADER, Blank, Component, Values
from whatsapp.outgoing.message import MessageInvalid
from whatsapp.outgoing.plain import Media
from whatsapp.outgoing.template import Template, body_values, button_value, header_file, header_text

SHOWN = (HEADER, BODY, blanks.FOOTER)  # as they stand in the message, one under the other


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """One translation of a template; `components` are as Meta lists them."""

    name: str
    language: str
    components: Sequence[Component] = ()

    @property
    def text(self) -> str:
        """What a person reads of it, variables as `{{1}}` or `{{first_name}}`."""
        return self.text_with({})

    def text_with(self, values: Values) -> str:
        """What a person reads of it with `values` filled in, as far as they go."""
        texts = (self._filled_part(part, values) for part in SHOWN)
        return "\n".join(text for text in texts if text)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        return blanks.of_template(self.components)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The keys of all values that are to be filled in."""
        return tuple(blank.key for blank in self.blanks)

    @property
    def file_kind(self) -> Kind | None:
        """The kind of file that is to be chosen for the header; None if it shows none."""
        return blanks.file_kind(self.components)

    def obstacle(self) -> str:
        """Why words and a file do not make a message of it; empty if they do."""
        if not blanks.text_of(self.components, BODY):
            return "It has no text."
        if not all(map(blanks.is_fillable, self.components)):
            return "It has a part that can only be filled in at Meta, such as a place or a code."
        return ""

    def problems(self, values: Values) -> list[str]:
        """Return what Meta would refuse of `values`, each as a sentence; empty if nothing."""
        return list(self._problems(values))

    def filled(
        self, values: Values, file: Media | None = None, taps: Sequence[str] = ()
    ) -> Template:
        """Return the message with `values` and the header's `file` in it.

        `taps` are what comes back when its quick replies are tapped, in their order; without,
        their own words. Raises MessageInvalid.
        """
        if problems := [*self.problems(values), *self._file_problems(file)]:
            raise MessageInvalid(" ".join(problems))
        components = tuple(self._components(values, file, taps))
        return Template(self.name, self.language, components, preview=self.text_with(values))

    def _components(
        self, values: Values, file: Media | None, taps: Sequence[str]
    ) -> Iterator[dict[str, Any]]:
        head, body = self._given(HEADER, values), self._given(BODY, values)
        if file is not None:
            yield header_file(file)
        if head:
            yield header_text(*self._arguments(head))
        if body:
            named = any(not variable.isdecimal() for variable in body)
            yield body_values(**body) if named else body_values(*body.values())
        for blank in self.blanks:
            if blank.part == BUTTONS:
                yield button_value("url", blank.index, values[blank.key])
        quick = [i for i, one in enumerate(blanks.buttons(self.components)) if _is_quick(one)]
        for index, tap in zip(quick, taps, strict=False):
            yield button_value("quick_reply", index, tap)

    @staticmethod
    def _arguments(head: Values) -> tuple[str, str]:
        """Meta allows one variable in a header: its value, and its name if it has one."""
        [(variable, value)] = head.items()
        return value, "" if variable.isdecimal() else variable

    def _given(self, part: str, values: Values) -> dict[str, str]:
        """The values of one part by Meta's names for them."""
        ours = (blank for blank in self.blanks if blank.part == part)
        return {blank.variable: values[blank.key] for blank in ours if blank.key in values}

    def _filled_part(self, part: str, values: Values) -> str:
        return blanks.fill(blanks.text_of(self.components, part), self._given(part, values))

    def _problems(self, values: Values) -> Iterator[str]:
        if obstacle := self.obstacle():
            yield obstacle
        wanted, given = self.parameters, set(values)
        if set(wanted) != given:
            yield f"This template takes {len(wanted)} value(s), not {len(given)}: {_list(wanted)}."
        for value in values.values():
            yield from limits.template_value(value)
        header, body = (self._filled_part(part, values) for part in (HEADER, BODY))
        yield from limits.at_most("The headline of a template", header, limits.HEADER)
        yield from limits.at_most("The text of a template", body, limits.TEMPLATE_BODY)
        for blank in self.blanks:
            if blank.part == BUTTONS and blank.key in values:
                url = blanks.fill(blank.around, {blank.variable: values[blank.key]})
                yield from limits.web_address("The link of a button", url)

    def _file_problems(self, file: Media | None) -> Iterator[str]:
        wanted, given = self.file_kind, file.kind if file else None
        if wanted is None and given is not None:
            yield "This template takes no file."
        elif wanted is not given:
            yield f"This template needs a file for its header, of the kind {wanted}."


def _is_quick(button: object) -> bool:
    return isinstance(button, dict) and button.get("type") == "QUICK_REPLY"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names) or "none"
