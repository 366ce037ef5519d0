"""The words of a text as search knows them: without case, accents and punctuation.

Letters, digits and marks make words. Scripts that put no spaces between words are cut into pairs of
characters, and each emoji or other symbol is a word of its own, so that these can be found too.
"""

import re
import unicodedata
from collections.abc import Iterator

LENGTH = 32  # characters of a word that count
_WORDLIKE = "LNM"  # Unicode's letters, numbers, marks
# Accents, Arabic and Hebrew vowel points, the Arabic stretch, joiners, emoji's colour and style.
_IGNORED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u200b-\u200f\u2060\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]"
)
# Thai, Lao, Myanmar, Khmer, kana, bopomofo, Han.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u312f\u3400-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]+)"
)


def words_of(text: str) -> list[str]:
    """The words of `text` in order, each at most LENGTH characters, as often as they occur."""
    plain = _IGNORED.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return list(_words(unicodedata.normalize("NFC", plain)))


def is_unspaced(word: str) -> bool:
    """Whether `word` comes from a script without spaces: then it counts however short it is."""
    return _UNSPACED.fullmatch(word) is not None


def _words(text: str) -> Iterator[str]:
    for run in "".join(map(_spaced, text)).split():
        for part in filter(None, _UNSPACED.split(run)):
            yield from _pairs(part) if is_unspaced(part) else [part[:LENGTH]]


def _spaced(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in _WORDLIKE:
        return character
    return f" {character} " if category == "So" else " "


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]
