"""Which words of students staff may see and teach (pure)."""

import re
from typing import Final

from conversations import intents, names, vocabulary
from conversations.catalogues.intent import Intent

LONGEST: Final = 40  # characters
MOST_WORDS: Final = 5
_WORDS: Final = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
# Ending a chat is for the fixed words alone, and so is what the law expects of STOP and START.
TEACHABLE: Final = tuple(
    intent
    for intent in Intent
    if intent not in {Intent.END_CHAT, Intent.OPT_OUT, Intent.OPT_IN, Intent.PAID}
)


def words_of(text: str, own_names: str = "") -> str:
    """The words as they may be kept; empty if they could tell who wrote them, or are too many.

    No digits, addresses or names, least of all the writer's `own_names`.
    """
    words = intents.normalise(text[: 4 * LONGEST])
    is_short = 1 < len(words) <= LONGEST >= len(text.strip()) and len(words.split()) <= MOST_WORDS
    if not is_short or not _WORDS.fullmatch(words) or names.has(words):
        return ""
    own = set(intents.normalise(own_names).split())
    return words if own.isdisjoint(words.split()) else ""


def problem(words: str, intent: Intent | None) -> str:
    """Why `words` cannot mean `intent` (None: a common question), for staff; empty if they can."""
    known = vocabulary.MEANINGS.get(words)
    if known and known is not intent:
        return f"“{words}” means “{title(known)}” already. Choose that, or leave it."
    if words in vocabulary.LANGUAGES:
        return f"“{words}” is the name of a language, and chooses it."
    if words in vocabulary.GREETINGS:
        return f"“{words}” is small talk: the bot greets back."
    if words in vocabulary.ANSWERED:
        return f"“{words}” answers a question of the bot, such as “Skip” or “Yes”."
    if names.has(words):
        return f"“{words}” is a personal name, and a name is never a command."
    return ""


def title(intent: Intent) -> str:
    """The intent in words for staff."""
    return intent.value.replace("_", " ").capitalize().replace("Faq", "FAQs")
