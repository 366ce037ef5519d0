"""English: the contract of all catalogues."""

from typing import Final

from conversations.catalogues.catalogue import (
    BODY,
    BUTTON,
    ROW_DESCRIPTION,
    ROW_TITLE,
    Catalogue,
)
from conversations.catalogues.en import (
    answers,
    buttons,
    homework,
    menu,
    payment,
    registration,
    support,
)
from conversations.catalogues.en.terms import TERMS
from conversations.catalogues.en.words import WORDS

ENGLISH: Final = Catalogue(
    "en",
    "🇬🇧 English",
    {
        BODY: {
            **menu.SENTENCES,
            **support.SENTENCES,
            **registration.SENTENCES,
            **homework.SENTENCES,
            **payment.SENTENCES,
            **answers.SENTENCES,
        },
        ROW_DESCRIPTION: buttons.ROW_DESCRIPTIONS,
        ROW_TITLE: buttons.ROW_TITLES,
        BUTTON: buttons.BUTTONS,
    },
    WORDS,
    TERMS,
)
