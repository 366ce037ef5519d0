"""Reading a rating that somebody typed. The first reader that finds one decides (`read`):

| what is written | e.g. | with words beside it |
|---|---|---|
| a bare number | "5", "8" | |
| a mark | "4/5", "I give 18/20", "3 stars" | "4/5, she was quick" |
| stars | ⭐⭐⭐⭐, ★★★★☆ | "⭐⭐ too slow" |
| a face or a thumb | 😍, 👍👍 | "👍 she was quick" |
| words alone | "great support", "not bad" | |
| words, and then why | | "Great support, she explained it" |

Two ratings exist, so of a scale its upper third is good and its lower two fifths are not; what
lies between is asked about.
"""

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import Final

from conversations.intents import Answer, is_small_talk, loose, normalise, says, unstretched
from conversations.step import Rating
from conversations.vocabulary import ANSWERS

GOOD_FROM: Final = 0.7  # of the scale
BAD_TO: Final = 0.4
_GLAD: Final = frozenset("👍👌👏🙌💯❤♥💖💕🥰😍🤩😊😀😃😄😁🙂😎🤗🔥🎉")
_SORRY: Final = frozenset("👎😡😠🤬😞😕🙁☹😒😤")
_STAR: Final = "⭐🌟★"
# Words that say nothing besides whether it was good.
_MERE: Final = frozenset[str]().union(
    *(ANSWERS[one] for one in (Answer.ABOUT_A_CHAT, Answer.PRAISE, Answer.BLAME, Answer.NOT))
)
_DIGITS: Final = 3
_FEW: Final = 3  # words of praise beside a mark that need not be kept
_EDGES: Final = " \n\t\ufe0f.,;:!-–—"


def _one_of(answer: Answer) -> str:
    return "|".join(map(re.escape, sorted(ANSWERS[answer], key=len, reverse=True)))


_MARK: Final = re.compile(
    rf"""(?P<mark>\d{{1,3}}) [\ufe0f\u20e3]* \s*
    (?: (?:/|{_one_of(Answer.OUT_OF)}) \s* (?P<scale>5|10|20|100)(?!\d)
      | [{_STAR}] | (?:{_one_of(Answer.STAR)})\b
      | (?P<percent>%)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_STARS: Final = re.compile(rf"(?P<stars>[{_STAR}](?:[\s\ufe0f]*[{_STAR}])*)[\s\ufe0f☆]*")
_LEADING: Final = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)[\s:,]+")
_SENTENCE_END: Final = re.compile(r"[.,;:!\n]+")


@dataclass(frozen=True, slots=True)
class Score:
    rating: Rating | None  # None when it may mean either
    words: str = ""  # what is written beside it


def read(text: str) -> Score | None:
    """What `text` says about a chat; None when it is something else."""
    return (
        _number(text)
        or _mark(text)
        or _stars(text)
        or _sign(text)
        or _words(text)
        or _words_and_why(text)
    )


def _number(text: str) -> Score | None:
    digits = normalise(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
        return None
    number = int(digits)
    if number == 1:
        return Score(None)  # a mark, or the first button?
    if number <= 10:
        return Score(_rating(number / (5 if number <= 5 else 10)))
    return Score("good") if number == 100 else None


def _mark(text: str) -> Score | None:
    rest = _from_the_mark_on(text)
    found = _MARK.match(rest)
    if found is None:
        return None
    scale = 100 if found["percent"] else int(found["scale"] or 5)
    return _beside(_rating(int(found["mark"]) / scale), rest[found.end() :])


def _stars(text: str) -> Score | None:
    rest = _from_the_mark_on(text)
    found = _STARS.match(rest)
    if found is None:
        return None
    count = sum(sign in _STAR for sign in found["stars"])
    is_alone = count == 1 and "☆" not in found[0]  # a star, or one of five?
    return _beside(None if is_alone else _rating(count / 5), rest[found.end() :])


def _sign(text: str) -> Score | None:
    """A face or a thumb comes first."""
    start = text.strip()[:1]
    if start not in _GLAD | _SORRY:
        return None
    if not _GLAD.isdisjoint(text) and not _SORRY.isdisjoint(text):
        return Score(None)
    words = normalise(text)
    if words and not _words(words) and (loose(words) or "?" in text):
        return None  # an errand, with a smile
    rest = "".join(dropwhile(_is_between_words, text))
    return _beside("good" if start in _GLAD else "bad", rest)


def _words(text: str) -> Score | None:
    """Praise or blame, with nothing that says more."""
    return _phrase(text) or _praise_or_blame(text)


def _phrase(text: str) -> Score | None:
    """The whole of it is a known phrase: "so so", "nice one", "pas terrible"."""
    if says(text, Answer.MIDDLING):
        return Score(None)
    written = (text, unstretched(normalise(text)))
    if any(says(one, Answer.GOOD) for one in written):
        return Score("good")
    return Score("bad") if any(says(one, Answer.BAD) for one in written) else None


def _praise_or_blame(text: str) -> Score | None:
    """Words of which one praises or blames, and no other says more: "it was not helpful"."""
    words = frozenset(map(_as_known, re.findall(r"\w+(?:['’]\w+)?", normalise(text))))
    praise, blame = words & ANSWERS[Answer.PRAISE], words & ANSWERS[Answer.BLAME]
    if "?" in text or words - _MERE or not (praise or blame):
        return None
    if praise and blame:
        return Score(None)
    is_denied = not words.isdisjoint(ANSWERS[Answer.NOT])
    return Score("good" if bool(praise) != is_denied else "bad")


def _words_and_why(text: str) -> Score | None:
    head, *rest = _SENTENCE_END.split(text.strip(), maxsplit=1)
    score = _words(head) if rest else None
    if score is None or score.rating is None or "?" in text or loose(rest[0]):
        return None
    return _beside(score.rating, rest[0])


def _rating(share: float) -> Rating | None:
    if share >= GOOD_FROM:
        return "good"
    return "bad" if share <= BAD_TO else None


def _beside(rating: Rating | None, rest: str) -> Score:
    """The rating, and what `rest` says if that is more than the rating once again."""
    words = rest.strip(_EDGES)
    says_more = len(words.split()) > _FEW or not _words(words)
    return Score(rating, words if says_more and not is_small_talk(words) else "")


def _from_the_mark_on(text: str) -> str:
    """ "5/5" of "I give 5/5"."""
    rest = text.strip()
    while (led := _LEADING.match(rest)) and led[1].casefold() in ANSWERS[Answer.ABOUT_A_CHAT]:
        rest = rest[led.end() :]
    return rest


def _as_known(word: str) -> str:
    """ "great" for "greaaat", and "good" for "good"."""
    return word if word in _MERE else unstretched(word)


def _is_between_words(character: str) -> bool:
    return not (character.isalnum() or character in "\"'“«(")
