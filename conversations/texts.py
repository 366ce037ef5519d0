"""Filling and checking the bot's sentences; the sentences themselves are in `catalogues`.

English is the contract: its keys, limits and placeholders hold in every language.

Filling knows names only: `{name}` is replaced, `{name.attribute}`, `{0}` and `{name!r}` are
errors. What is filled in is never read again, so a student called "{reference}" harms nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from conversations.catalogues import CATALOGUES, DEFAULT
from conversations.catalogues.catalogue import BODY
from conversations.catalogues.notes import NOTES
from whatsapp.text import length

_MARK: Final = re.compile(r"\{\{|\}\}|\{([a-z_]+)\}|[{}]")
_DOUBLE_ASTERISK: Final = re.compile(r"\*\*")

# A sentence without one of these would have lost what it is for.
REQUIRED: Final = frozenset(
    {
        *("reference", "answer", "words", "question", "value", "lines", "subject", "until"),
        *("title", "number", "numbers", "meant"),
    }
)


class TextError(ValueError):
    """A template names something unknown or has a stray brace."""


@dataclass(frozen=True, slots=True)
class BotSentence:
    """One sentence: its default in English, its limit in UTF-16 units, and what is filled in."""

    default: str
    limit: int
    placeholders: frozenset[str]
    note: str  # for whoever edits it


def fill(template: str, params: Mapping[str, str]) -> str:
    """Put `params` in. `{{` and `}}` are literal braces.

    Raises TextError on a stray brace and on a name that `params` lacks.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return _literal(found[0])
        if name not in params:
            raise TextError(f"Nothing is known for {{{name}}}.")
        return params[name]

    return _MARK.sub(value, template)


def placeholders(template: str) -> frozenset[str]:
    """The names in `template`. Raises TextError on a stray brace."""
    names = set()
    for found in _MARK.finditer(template):
        if found[1] is None:
            _literal(found[0])
        else:
            names.add(found[1])
    return frozenset(names)


def problems(key: str, template: str) -> list[str]:
    """What keeps `template` from being saved as the sentence `key`, in words for the admin.

    Raises KeyError when there is no such sentence.
    """
    sentence = TEXTS[key]
    found = _form_problems(sentence, template)
    try:
        return found + _name_problems(sentence, placeholders(template))
    except TextError as error:
        return [*found, str(error)]


def _form_problems(sentence: BotSentence, template: str) -> list[str]:
    found = []
    if not template.strip():
        found.append("The text is empty.")
    if (size := length(template)) > sentence.limit:
        found.append(f"The text has {size} characters, WhatsApp allows {sentence.limit} here.")
    if _DOUBLE_ASTERISK.search(template):
        found.append("WhatsApp writes bold with one asterisk: *word*, not **word**.")
    if sentence.limit < BODY and "\n" in template:
        found.append("A button or a row has one line only.")
    return found


def _name_problems(sentence: BotSentence, names: frozenset[str]) -> list[str]:
    unknown = sorted(names - sentence.placeholders)
    missing = sorted((sentence.placeholders & REQUIRED) - names)
    return [
        *(f"{{{name}}} is not known here." for name in unknown),
        *(f"{{{name}}} is missing: the sentence needs it." for name in missing),
    ]


def _literal(mark: str) -> str:
    if len(mark) == 1:
        raise TextError(f'A single "{mark}": write {{name}} for a placeholder, or "{mark}{mark}".')
    return mark[0]


TEXTS: Final[dict[str, BotSentence]] = {
    key: BotSentence(default, limit, placeholders(default), NOTES.get(key, ""))
    for limit, sentences in CATALOGUES[DEFAULT].sentences.items()
    for key, default in sentences.items()
}
DEFAULTS: Final = {code: catalogue.by_key for code, catalogue in CATALOGUES.items()}
