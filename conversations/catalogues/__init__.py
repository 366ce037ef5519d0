"""The languages of the bot: one package each, listed here.

English is the contract: every other catalogue has the same sentences with the same placeholders.
"""

from typing import Final

from conversations.catalogues.catalogue import Catalogue
from conversations.catalogues.en import ENGLISH
from conversations.catalogues.fr import FRENCH

CATALOGUES: Final[dict[str, Catalogue]] = {one.code: one for one in (ENGLISH, FRENCH)}
DEFAULT: Final = ENGLISH.code


def of(language: str) -> Catalogue:
    """The catalogue that a contact with this `language` hears; English if none was chosen."""
    return CATALOGUES.get(language) or CATALOGUES[DEFAULT]
