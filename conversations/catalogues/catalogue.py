"""What one language of the bot consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from conversations.catalogues.intent import Answer, Intent

# WhatsApp's limits, in UTF-16 units.
BODY: Final = 1024  # a text with buttons or a list
ROW_DESCRIPTION: Final = 72
ROW_TITLE: Final = 24
BUTTON: Final = 20  # also the label that opens a list


@dataclass(frozen=True, slots=True)
class Words:
    """How students say things. Words without accents, and with ’ for ', need no entry."""

    whole: dict[Intent, tuple[str, ...]]  # the whole message; in order, the first intent wins
    in_sentences: Mapping[Intent, tuple[str, ...]]
    slipped: Mapping[str, Intent]  # long words only, of which one letter may be wrong
    in_homework: tuple[str, ...]  # whole messages that are commands where homework is awaited
    in_answers: tuple[str, ...]  # and where another answer is; those of `in_homework` are too
    greetings: tuple[str, ...]
    answers: Mapping[Answer, tuple[str, ...]]
    introductions: tuple[str, ...]  # what some write before their name
    unlike_names: tuple[str, ...]  # a text with two of these is a sentence and nobody's name
    fillers: tuple[str, ...]  # say nothing about what a question is about
    itself: tuple[str, ...]  # how this language is asked for


@dataclass(frozen=True, slots=True)
class Terms:
    """Words that are filled into sentences."""

    homework: Mapping[str, str]  # by state
    requests: Mapping[str, str]  # by ticket status
    periods: Mapping[int, str]  # by days
    period: str  # any other, with {days}
    day: str  # Django's date format for "Monday, 5 January"


@dataclass(frozen=True, slots=True)
class Catalogue:
    code: str  # ISO 639-1; kept with each contact and in old buttons: never rename one
    name: str  # in the language itself, for a button
    sentences: Mapping[int, Mapping[str, str]]  # by limit, by key
    words: Words
    terms: Terms

    @property
    def by_key(self) -> dict[str, str]:
        return {key: text for texts in self.sentences.values() for key, text in texts.items()}
