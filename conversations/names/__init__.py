"""Personal names, many of them Nigerian: none of them may be a word that the bot obeys.

`names.txt` has one a line, as `intents.normalise` leaves it. They come from Faker (yo_NG, tw_GH,
sw, zu_ZA, en_GB, en_US, en_IE, en_IN, fr_FR, fr_BE), morphex and niafaker, all under the MIT
licence. "Close" is left out: product and names disagree about it, and a chat must end.
"""

from functools import cache
from importlib.resources import files


@cache
def known() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("names.txt").read_text("utf-8").split("\n")) - {""}


def has(words: str) -> bool:
    """Whether one of these words, normalised, is somebody's name."""
    return not known().isdisjoint(words.split())
