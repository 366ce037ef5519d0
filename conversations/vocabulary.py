"""The words of all languages together, made ready for comparing.

Whoever chose the wrong language finds the way back, since each is understood always. Where two
disagree about a word, the one listed first wins.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from conversations.catalogues import CATALOGUES
from conversations.catalogues.catalogue import Words
from conversations.catalogues.intent import Answer, Intent

_ALL: Final = tuple(catalogue.words for catalogue in CATALOGUES.values())


def _variants(words: Iterable[str]) -> Iterator[str]:
    """Each word, also without accents and with the apostrophe of telephones."""
    for word in words:
        bare = "".join(c for c in unicodedata.normalize("NFD", word) if not _is_accent(c))
        for written in (word, bare):
            yield written
            yield written.replace("'", "’")


def _is_accent(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _phrases(words: Words, intent: Intent) -> set[str]:
    """As `loose` compares them: bare words with a space between."""
    known = _variants(words.in_sentences.get(intent, ()))
    return {" ".join(re.findall(r"\w+", phrase)) for phrase in known}


def _known(words: Words) -> frozenset[str]:
    whole = [word for known in words.whole.values() for word in known]
    return frozenset(_variants([*whole, *words.greetings]))


MEANINGS: Final = {
    word: intent
    for words in reversed(_ALL)
    for intent, known in reversed(words.whole.items())
    for word in _variants(known)
}
# While an answer is awaited, only these whole messages are commands. Homework is the strictest:
# any other text may be an answer to a question that we cannot see.
COMMANDS_IN_HOMEWORK: Final = frozenset(
    word
    for words in _ALL
    for known in (words.in_homework, words.whole[Intent.HELP], words.whole[Intent.OPT_OUT])
    for word in _variants(known)
)
COMMANDS_IN_ANSWERS: Final = COMMANDS_IN_HOMEWORK | frozenset(
    word for words in _ALL for word in _variants(words.in_answers)
)
GREETINGS: Final = frozenset(word for words in _ALL for word in _variants(words.greetings))
# In order: who asks for a person gets one, whatever else the sentence says.
IN_SENTENCES: Final = {
    intent: frozenset[str]().union(*(_phrases(words, intent) for words in _ALL))
    for intent in (Intent.SUPPORT, Intent.HOMEWORK, Intent.PAY)
}
SLIPPED: Final = {word: intent for words in _ALL for word, intent in words.slipped.items()}
ANSWERS: Final = {
    answer: frozenset(word for words in _ALL for word in _variants(words.answers[answer]))
    for answer in Answer
}
# Whole messages that mean something in one step: no slip of anything else.
ANSWERED: Final = frozenset(word for known in ANSWERS.values() for word in known)
# Whole messages that belong to a language.
KNOWN: Final = {code: _known(one.words) for code, one in CATALOGUES.items()}
LANGUAGES: Final = {
    word: code for code, one in CATALOGUES.items() for word in _variants(one.words.itself)
}
# What has a meaning of its own is no slip of anything else.
NO_SLIPS: Final = GREETINGS | ANSWERED | LANGUAGES.keys()
# By their first letters: a slip is never in the first.
BY_LETTER: Final = {
    letter: {word: meant for word, meant in MEANINGS.items() if word[0] == letter}
    for letter in {word[0] for word in MEANINGS}
}
REMOVAL: Final = re.compile(
    f"(?:{'|'.join(map(re.escape, ANSWERS[Answer.REMOVE]))})"
    f"(?: (?:{'|'.join(map(re.escape, ANSWERS[Answer.PAGE]))}))?(?: (\\d{{1,3}}))?"
)
# Longest first, so that "my name is" is not left half.
_INTRODUCTIONS: Final = sorted(
    {word for words in _ALL for word in _variants(words.introductions)}, key=len, reverse=True
)
INTRODUCTION: Final = re.compile(
    rf"(?:{'|'.join(map(re.escape, _INTRODUCTIONS))})(?: ?: ?| |$)", re.IGNORECASE
)
UNLIKE_NAMES: Final = frozenset(word for words in _ALL for word in _variants(words.unlike_names))
FILLERS: Final = frozenset(word for words in _ALL for word in _variants(words.fillers))
# Single words of a sentence that asks for a person and does not say why.
ASKING_FOR_A_PERSON: Final = frozenset(
    word
    for known in (IN_SENTENCES[Intent.SUPPORT], GREETINGS, FILLERS, ANSWERS[Answer.A_PERSON])
    for phrase in known
    for word in re.findall(r"\w+", phrase)
)
