"""Is this the tutor's subject? Students write it as they like: "maths", "Math", "MATHS "."""

from typing import Final

from rapidfuzz import fuzz

from conversations.intents import normalise

ALIKE: Final = 85.0  # of 100: a slip or an ending apart, so not Biology and Geology


def covers(listed: str, subject: str) -> bool:
    """Whether the comma-separated subjects `listed` name `subject`; an empty list covers all."""
    names = [name for part in listed.split(",") if (name := normalise(part))]
    asked = normalise(subject)
    return not names or any(fuzz.ratio(asked, name) >= ALIKE for name in names)
