"""Text as WhatsApp counts, cuts and cleans it.

Pure: no Django, so that every floor may use it.
"""

import re
import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
DIGITS = 18  # every number of so many fits into the 64 bits of an id

_KEPT_CONTROLS = "\n\t\r"  # \r only until line ends are normalised
_CONTROLS = (chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)))
# Embedding, override and isolate controls let a name or a text rearrange the words around it.
_BIDI_CONTROLS = (chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_DROPPED = str.maketrans("", "", "".join((*_CONTROLS, *_BIDI_CONTROLS)))
for _kept in _KEPT_CONTROLS:
    del _DROPPED[ord(_kept)]

ZERO_WIDTH_JOINER = "\u200d"
_OTHER_EXTENDERS = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_SENTENCE = re.compile(r"[.!?…]\s+")
_WORD = re.compile(r"\s+")


def clean_text(value: str) -> str:
    """Return `value` as it may be stored and shown; cleaning twice changes nothing more.

    Lone surrogates (which no database driver can encode) become U+FFFD; NUL and the other
    control characters but newline and tab, and bidirectional overrides, are dropped; line ends
    become "\\n"; the result is in NFC.
    """
    if value.isascii() and value.isprintable():
        return value  # as nearly all ids and many words are
    paired = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    kept = paired.translate(_DROPPED).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", kept)


def length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units.

    Meta says "characters" and not which. UTF-16 units are the strictest plausible reading (an
    emoji counts two or more), so a text that fits by this count fits by any other.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its beginning and "…", in at most `limit` (see `length`) units."""
    if length(text) <= limit:
        return text
    return text[: _reach(text, 0, limit - 1)].rstrip() + ELLIPSIS


def split_text(text: str, limit: int) -> list[str]:
    """Split `text` into parts of at most `limit` (see `length`) units; only blanks are lost.

    Cuts between paragraphs where it can, else lines, sentences, words, and at last graphemes: a
    letter keeps its accents and an emoji its joiners unless that one alone exceeds `limit`.

    Raises ValueError if `limit` is below 2, the size of one emoji.
    """
    if limit < 2:
        raise ValueError(f"No text can be split into parts of {limit} units.")
    parts = []
    start = _skip_blanks(text, 0)
    while start < len(text):
        end = _cut(text, start, limit)
        parts.append(text[start:end].rstrip())
        start = _skip_blanks(text, end)
    return [part for part in parts if part]


def _cut(text: str, start: int, limit: int) -> int:
    """Return where the part that begins at `start` should end."""
    reach = _reach(text, start, limit)
    if reach == len(text):
        return reach
    if reach == start:
        return start + limit // 2  # a single grapheme larger than a whole part
    middle = (start + reach) // 2  # an earlier break would leave a stub of a part
    for pattern, earliest in ((_PARAGRAPH, middle), (_LINE, middle), (_SENTENCE, middle)):
        if (end := _last_break(text, pattern, start, reach)) > earliest:
            return end
    return _last_break(text, _WORD, start, reach) or reach


def _last_break(text: str, pattern: re.Pattern[str], start: int, reach: int) -> int:
    """Return the end of the last `pattern` (blanks at its end may pass `reach` by one), or 0."""
    stop = min(reach + 1, len(text))
    ends = (found.end() for found in pattern.finditer(text, start, stop))
    return max((end for end in ends if not _extends_at(text, end)), default=0)


def _reach(text: str, start: int, limit: int) -> int:
    """Return the end of the last grapheme that fits into `limit` units counted from `start`."""
    if length(text[start : start + limit + 1]) <= limit:
        return len(text)  # as nearly always: no need to look at each letter
    used, fits = 0, start
    for end in _grapheme_ends(text, start, min(len(text), start + limit + 1)):
        used += length(text[fits:end])
        if used > limit:
            break
        fits = end
    return fits


def _grapheme_ends(text: str, start: int, stop: int) -> Iterator[int]:
    """Yield where each grapheme from `start` ends, as far as that is known before `stop`."""
    flags = 0
    for index in range(start + 1, stop):
        flags = flags + 1 if _is_flag_letter(text[index - 1]) else 0
        half_flag = flags % 2 == 1 and _is_flag_letter(text[index])
        if not half_flag and not _extends_at(text, index):
            yield index
    if stop == len(text):
        yield stop


def _extends_at(text: str, index: int) -> bool:
    """Whether the character at `index` belongs to the one before it."""
    if not 0 < index < len(text):
        return False
    return _extends(text[index]) or text[index - 1] == ZERO_WIDTH_JOINER


def _extends(character: str) -> bool:
    """Whether `character` can only follow another: accents, joiners, skin tones, jamo, tags."""
    return (
        unicodedata.category(character).startswith("M")
        or character in _OTHER_EXTENDERS
        or "\u1160" <= character <= "\u11ff"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _skip_blanks(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace() and not _extends_at(text, start + 1):
        start += 1
    return start


def whole_number(text: str) -> int:
    """The id or number that `text` writes in digits; 0 for anything else, and for one too long."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0
