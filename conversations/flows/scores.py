"""Reading a rating that somebody typed: "5/5", "⭐⭐⭐⭐", 😍, "great support".

Two ratings exist, so of a scale its upper third is good and its lower two fifths are not; what
lies between is asked about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from conversations.intents import Answer, is_small_talk, loose, normalise, says, unstretched
from conversations.step import Rating
from conversations.vocabulary import ANSWERS

GOOD_FROM: Final = 0.7  # of the scale
BAD_TO: Final = 0.4
_GLAD: Final = frozenset("👍👌👏🙌💯❤♥💖💕🥰😍🤩😊😀😃😄😁🙂😎🤗🔥🎉")
_SORRY: Final = frozenset("👎😡😠🤬😞😕🙁☹😒😤")
_BARE: Final = {0: 0.0, 2: 0.4, 4: 0.8, 5: 1.0, 100: 1.0}  # 1 may be the first button, or a mark


def _one_of(answer: Answer) -> str:
    return "|".join(map(re.escape, sorted(ANSWERS[answer], key=len, reverse=True)))


_STARS: Final = re.compile(r"(?P<stars>[⭐🌟★](?:[\s\ufe0f]*[⭐🌟★])*)[\s\ufe0f☆]*")
_MARK: Final = re.compile(
    rf"(?P<mark>\d{{1,3}})[\ufe0f\u20e3]*\s*(?:(?:/|{_one_of(Answer.OUT_OF)})\s*"
    rf"(?P<scale>5|10|20|100)(?!\d)|(?P<star>[⭐🌟★]|(?:{_one_of(Answer.STAR)})\b)|(?P<percent>%))",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)[\s:,]+")
_SENTENCE_END: Final = re.compile(r"[.,;:!\n]+")
_DIGITS: Final = 3
_FEW: Final = 3  # words of praise beside a mark that need not be kept
_EDGES: Final = " \n\t\ufe0f.,;:!-–—"


@dataclass(frozen=True, slots=True)
class Score:
    rating: Rating | None  # None when it may mean either
    words: str = ""  # what is written beside it


def read(text: str) -> Score | None:
    """What `text` says about a chat; None when it is something else."""
    return _bare(text) or _marked(text) or _signed(text) or _worded(text) or _led_by_words(text)


def _bare(text: str) -> Score | None:
    """ "5", and nothing else."""
    words = normalise(text)
    if not (words.isascii() and words.isdigit() and len(words) <= _DIGITS):
        return None
    number = int(words)
    if number in _BARE:
        return Score(_of(_BARE[number]))
    if number <= 5:
        return Score(None)
    return Score(_of(number / 10)) if number <= 10 else None


def _marked(text: str) -> Score | None:
    """A mark or stars come first, but for "I give"."""
    rest = text.strip()
    while (led := _LEADING.match(rest)) and led[1].casefold() in ANSWERS[Answer.ABOUT_A_CHAT]:
        rest = rest[led.end() :]
    if found := _MARK.match(rest):
        scale = 100 if found["percent"] else int(found["scale"] or 5)
        return _beside(_of(int(found["mark"]) / scale), rest[found.end() :])
    if found := _STARS.match(rest):
        count = sum(not sign.isspace() and sign != "\ufe0f" for sign in found["stars"])
        alone = count == 1 and "☆" not in found[0]  # a star, or one of five?
        return _beside(None if alone else _of(count / 5), rest[found.end() :])
    return None


def _signed(text: str) -> Score | None:
    """A face or a thumb comes first."""
    start = text.strip()[:1]
    if start not in _GLAD | _SORRY or not start:
        return None
    if not _GLAD.isdisjoint(text) and not _SORRY.isdisjoint(text):
        return Score(None)
    words = normalise(text)
    if words and not _worded(words) and (loose(words) or "?" in text):
        return None  # an errand, with a smile
    return _beside("good" if start in _GLAD else "bad", _without_signs(text))


def _worded(text: str) -> Score | None:
    """A word of praise or blame, with nothing that says more."""
    plain = unstretched(normalise(text))
    if says(text, Answer.MIDDLING):
        return Score(None)
    for rating, answer in _WHOLE:
        if says(text, answer) or says(plain, answer):
            return Score(rating)
    words = frozenset(map(_known, re.findall(r"\w+(?:['’]\w+)?", normalise(text))))
    praise, blame = words & ANSWERS[Answer.PRAISE], words & ANSWERS[Answer.BLAME]
    if "?" in text or words - _SAYING_NO_MORE or not (praise or blame):
        return None
    if praise and blame:
        return Score(None)
    is_denied = not words.isdisjoint(ANSWERS[Answer.NOT])
    return Score("good" if bool(praise) != is_denied else "bad")


def _led_by_words(text: str) -> Score | None:
    """ "Great support, she explained it": praise or blame, and then why."""
    head, *rest = _SENTENCE_END.split(text.strip(), maxsplit=1)
    score = _worded(head) if rest else None
    if score is None or score.rating is None or "?" in text or loose(rest[0]):
        return None
    return _beside(score.rating, rest[0])


def _of(share: float) -> Rating | None:
    if share >= GOOD_FROM:
        return "good"
    return "bad" if share <= BAD_TO else None


def _beside(rating: Rating | None, rest: str) -> Score:
    words = rest.strip(_EDGES)
    says_more = len(words.split()) > _FEW or not _worded(words)
    return Score(rating, words if says_more and not is_small_talk(words) else "")


def _known(word: str) -> str:
    return word if word in _SAYING_NO_MORE else unstretched(word)


def _without_signs(text: str) -> str:
    signs = _GLAD | _SORRY
    start = 0
    while start < len(text) and (text[start] in signs or not _is_word(text[start])):
        start += 1
    return text[start:]


def _is_word(character: str) -> bool:
    return character.isalnum() or character in "\"'“«("


def _together(*answers: Answer) -> Iterable[str]:
    return (word for answer in answers for word in ANSWERS[answer])


_WHOLE: Final[tuple[tuple[Rating, Answer], ...]] = (("good", Answer.GOOD), ("bad", Answer.BAD))
_SAYING_NO_MORE: Final = frozenset(
    _together(Answer.ABOUT_A_CHAT, Answer.PRAISE, Answer.BLAME, Answer.NOT)
)
