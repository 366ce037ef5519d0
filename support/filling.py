"""Filling the marks of ready-made replies: names only, no template language. Pure.

`{{ name }}` and `{name}` mean the same. What is filled in is never read again, so a student
called "{{ agent }}" harms nobody.
"""

import re
from collections.abc import Mapping
from typing import Final

NAMES: Final = ("name", "full_name", "agent", "ticket", "category")
HELP: Final = "Filled in when it is used: " + ", ".join(f"{{{{ {name} }}}}" for name in NAMES) + "."
_MARK: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}|\{(\w+)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its marks filled; a mark that `values` lacks stays as it is."""
    return _MARK.sub(lambda found: values.get(found[1] or found[2], found[0]), text)


def unknown(text: str) -> list[str]:
    """The marks in `text` that nothing fills."""
    names = {found[1] or found[2] for found in _MARK.finditer(text)}
    return sorted(names - set(NAMES))


def complaint(names: list[str]) -> str:
    """A sentence about the marks `names`, which are `unknown`, for whoever typed them."""
    return f"Nothing is known for {', '.join(names)}. {HELP}"
