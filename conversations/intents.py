"""What a student means: by a tapped choice, by a whole message, or by a word in a sentence.

The words of all languages are understood always (see `vocabulary`).
"""

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import OSA

from conversations import names, vocabulary
from conversations.catalogues import DEFAULT
from conversations.catalogues.intent import Answer as Answer
from conversations.catalogues.intent import Intent as Intent

_CHOICES: Final = {
    "main_menu": Intent.MAIN_MENU,
    "end_chat": Intent.END_CHAT,
    "support": Intent.SUPPORT,
    "register": Intent.REGISTER,
    "homework": Intent.HOMEWORK,
    "pay": Intent.PAY,
    "check": Intent.STATUS,
    "requests": Intent.REQUESTS,
    "faq": Intent.FAQ,
    "help": Intent.HELP,
    "cancel": Intent.CANCEL,
    "update": Intent.UPDATE,
    "language": Intent.LANGUAGE,
    "paid": Intent.PAID,
    "opt_out": Intent.OPT_OUT,
}

_SHORT_SENTENCE: Final = 8
_SENTENCE: Final = 3  # words; two may be a name or a class: "New 1"
_CLAUSE_END: Final = re.compile(r"[.,;:!?\n…]+")
_SLIPS_IN: Final = range(4, 41)  # characters of a whole message that may be a slip
_SHORT_WORD: Final = 4  # two letters swapped; in longer ones one may be wrong, missing or doubled
_LONG_WORD: Final = 8  # of which two may
_NOT_ASKED_ABOUT: Final = frozenset({Intent.END_CHAT, Intent.OPT_IN})  # they depend on too much
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}|([^\W\d_])\2+\b")  # "heeeey", "okk"
_LONGEST: Final = 4096  # one WhatsApp message; composing may make eighteen of a letter
_EMOJI_CATEGORIES: Final = frozenset({"So", "Sk", "Cf", "Cs", "Co", "Cn"})
_EMOJI_JOINERS: Final = "\ufe0e\ufe0f\u20e3"


def normalise(text: str) -> str:
    """Casefolded, without emoji, outer punctuation and superfluous space."""
    composed = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()[:_LONGEST]
    plain = "".join(" " if _is_emoji(character) else character for character in composed)
    words = " ".join(plain.split())
    start, end = 0, len(words)
    while start < end and _is_edge(words[start]):
        start += 1
    while end > start and _is_edge(words[end - 1]):
        end -= 1
    return words[start:end]


def name_in(text: str) -> str:
    """What is left of "my name is Ada 🦁": the name, as written."""
    plain = "".join(" " if _is_emoji(character) else character for character in text)
    words = " ".join(plain.split())
    introduced = vocabulary.INTRODUCTION.match(words)
    return words[introduced.end() :] if introduced else words


def email_in(text: str) -> str:
    """What is left of "my e-mail is <ada@example.com>.": the address, as written."""
    *before, last = text.split() or [""]
    introduced = {normalise(word) for word in before} <= vocabulary.ANSWERS[Answer.MY_EMAIL]
    given = last if introduced else text.strip()
    return given.removeprefix("mailto:").lstrip("<").rstrip(">.,;: ")


def exact(text: str) -> Intent | None:
    """The intent that the whole message names."""
    return vocabulary.MEANINGS.get(normalise(text))


def exact_among(text: str, commands: frozenset[str]) -> Intent | None:
    """Like `exact`, for the few words that count where answers are awaited."""
    word = normalise(text)
    return vocabulary.MEANINGS.get(word) if word in commands else None


def loose(text: str) -> Intent | None:
    """A support, homework or payment word in a short sentence.

    Who asks for a person in one clause of a longer text gets one, too.
    """
    words = _short_sentence(text)
    for intent, phrases in vocabulary.IN_SENTENCES.items():
        if _has_any(words, phrases):
            return intent
    persons = vocabulary.IN_SENTENCES[Intent.SUPPORT]
    clauses = map(_short_sentence, _CLAUSE_END.split(text[:_LONGEST]))
    return Intent.SUPPORT if any(_has_any(clause, persons) for clause in clauses) else None


def errand(text: str) -> Intent | None:
    """What a sentence asks for where a short answer is awaited: "I need a human please"."""
    return loose(text) if len(normalise(text).split()) >= _SENTENCE else None


def is_sentence(text: str) -> bool:
    """Whether these are words about something, and nobody's name."""
    words = normalise(text).split()
    return sum(word.strip(",.;:!?") in vocabulary.UNLIKE_NAMES for word in words) > 1


def says_why(text: str) -> bool:
    """Whether a sentence that asks for a person (`loose`) says anything besides."""
    words = re.findall(r"\w+", normalise(text))
    return loose(text) is Intent.SUPPORT and not vocabulary.ASKING_FOR_A_PERSON.issuperset(words)


def slip(text: str) -> tuple[Intent, ...]:
    """What a slip of the finger may have meant, to ask about: one intent, or two as likely.

    The whole message is near one of the words, or one word of a short sentence is near a long
    one. Names are never slips.
    """
    message = normalise(text)
    if message in vocabulary.NO_SLIPS or message in names.known():
        return ()
    if whole := _nearest(message):
        return whole
    meant = (_slip(word) for word in _short_sentence(text))
    return next(((intent,) for intent in meant if intent), ())


def says(text: str, answer: Answer) -> bool:
    """Whether the whole message is one of the words for `answer`."""
    return normalise(text) in vocabulary.ANSWERS[answer]


def language(text: str) -> str | None:
    """The language that the whole message asks for by its name."""
    return vocabulary.LANGUAGES.get(normalise(text))


def spoken_in(text: str) -> str | None:
    """The language other than the default that alone has this whole message in its words."""
    words = normalise(text)
    if words in vocabulary.KNOWN[DEFAULT]:
        return None
    return next((code for code, known in vocabulary.KNOWN.items() if words in known), None)


def is_greeting(text: str) -> bool:
    """Small talk: it deserves the menu and is no misunderstanding."""
    words = normalise(text)
    if not words:
        return any(map(_is_picture, text))
    return words in vocabulary.GREETINGS or unstretched(words) in vocabulary.GREETINGS


def is_small_talk(text: str) -> bool:
    """A greeting, or nothing but marks: no answer to any question of ours."""
    return is_greeting(text) or not normalise(text)


def unstretched(words: str) -> str:
    """Without the letters that a hurried thumb holds: "helloooo", "thankss"."""
    return _STRETCHED.sub(lambda held: held[1] or held[2], words)


def _is_picture(character: str) -> bool:
    """Whether it is an emoji or another symbol: a lone thumbs-up asks for nothing."""
    return unicodedata.category(character) == "So"


def of_choice(choice_id: str) -> Intent | None:
    """The intent of a button that works everywhere; None for buttons of one step."""
    return _CHOICES.get(choice_id)


def split_choice(choice_id: str) -> tuple[str, tuple[str, ...]]:
    """("rate", ("12", "good")) for "rate:12:good"."""
    name, *arguments = choice_id.split(":")
    return name, tuple(arguments)


def _short_sentence(text: str) -> list[str]:
    """Its words, those of addresses left out; none of a longer one."""
    parts = (part for part in normalise(text).split() if "@" not in part and "//" not in part)
    words = re.findall(r"\w+", " ".join(parts))
    return words if len(words) <= _SHORT_SENTENCE else []


def _has_any(words: list[str], phrases: frozenset[str]) -> bool:
    sentence = f" {' '.join(words)} "
    return any(f" {phrase} " in sentence for phrase in phrases)


def _nearest(message: str) -> tuple[Intent, ...]:
    """The intents whose words are as near as any, two at most."""
    if len(message) not in _SLIPS_IN:
        return ()
    near: dict[Intent, int] = {}
    for word, intent in vocabulary.BY_LETTER.get(message[0], {}).items():
        slips = _slips(message, word)
        if slips and intent not in _NOT_ASKED_ABOUT:
            near[intent] = min(slips, near.get(intent, slips))
    least = min(near.values(), default=0)
    return tuple(intent for intent, slips in near.items() if slips == least)[:2]


def _slips(written: str, word: str) -> int:
    """How many letters are wrong, missing, doubled or swapped; 0 if too many."""
    if len(word) <= _SHORT_WORD and sorted(written) != sorted(word):
        return 0
    most = 2 if len(word) >= _LONG_WORD else 1
    slips = OSA.distance(written, word, score_cutoff=most)
    return slips if slips <= most else 0


def _slip(word: str) -> Intent | None:
    """One letter wrong, missing, doubled or swapped, never the first."""
    for target, intent in vocabulary.SLIPPED.items():
        if word[0] == target[0] and OSA.distance(word, target, score_cutoff=1) <= 1:
            return intent
    return None


def _is_emoji(character: str) -> bool:
    return character in _EMOJI_JOINERS or unicodedata.category(character) in _EMOJI_CATEGORIES


def _is_edge(character: str) -> bool:
    return character == " " or unicodedata.category(character)[0] == "P"
