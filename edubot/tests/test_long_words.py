"""No text takes long to read, however it is built: whoever writes it must not stop a worker."""

import json
import time
from collections.abc import Callable

import pytest
from django.utils.html import urlize

from conversations import intents, learning
from support import phones
from whatsapp import limits
from whatsapp.payload import parse
from whatsapp.tests import webhooks
from whatsapp.text import clean_text, shorten, split_text

LENGTH = 4096  # characters of one WhatsApp message
AT_MOST = 0.05  # seconds
TRIES = 3  # the quickest counts: the machine has other work
UNITS = {
    "blanks": " ",
    "lines": "\n",
    "lines with blanks": "\n \t",
    "sentences": ". ",
    "accents": "e\u0301",
    "accents alone": "\u0301",
    "joined people": "👩\u200d",
    "flags": "🇳",
    "tags": "\U000e0067",
    "jamo": "\u1160",
    "a letter that becomes eighteen": "\ufdfa",
    "a letter that grows in lower case": "\u0130",
    "bold": "*a",
    "brackets": "(",
    "mail": "a@",
    "addresses": "http://a.b((",
    "entities": "&lt;;",
    "numbers": "+1 (",
    "digits": "0",
    "directions": "\u202e",
    "halves": "\ud800",
    "slips": "suport ",
    "one long slip": "supportx",
}


def refusing(read: Callable[[str], object]) -> Callable[[str], object]:
    """`read`, for which to say no is fine too."""

    def call(text: str) -> object:
        try:
            return read(text)
        except ValueError as error:
            return error

    return call


def webhook(text: str) -> object:
    card = {"name": {"formatted_name": text}, "phones": [{"phone": text}]}
    items = (webhooks.text(text, timestamp=text), webhooks.message("contacts", [card]))
    envelope = webhooks.envelope(*items, contacts=[webhooks.contact(text)])
    return parse(json.dumps(envelope).encode())


READERS: dict[str, Callable[[str], object]] = {
    "clean_text": clean_text,
    "shorten": lambda text: shorten(text, 150),
    "split_text": lambda text: split_text(text, 1024),
    "split_text small": lambda text: split_text(text, 20),
    "normalise": intents.normalise,
    "exact": intents.exact,
    "loose": intents.loose,
    "slip": intents.slip,
    "words_of": learning.words_of,
    "is_greeting": intents.is_greeting,
    "phones": refusing(phones.normalise),
    "label": lambda text: list(limits.label("A title", text, 20)),
    "template_value": lambda text: list(limits.template_value(text)),
    "webhook": refusing(webhook),
    "urlize": lambda text: urlize(text, autoescape=True),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    """Of this thread's own work, at its best."""

    def once() -> float:
        started = time.thread_time()
        read(text)
        return time.thread_time() - started

    return min(once() for _ in range(TRIES))


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_no_text_takes_long(read: Callable[[str], object]) -> None:
    slow = {}
    for name, unit in UNITS.items():
        for ending in ("", "!"):
            text = (unit * LENGTH)[: LENGTH - len(ending)] + ending
            if (took := seconds(read, text)) > AT_MOST:
                slow[name + ending] = took
    assert slow == {}


@pytest.mark.parametrize("read", [intents.exact, intents.loose, intents.is_greeting])
def test_a_text_far_beyond_whatsapps_limit_costs_no_more(read: Callable[[str], object]) -> None:
    assert seconds(read, "\ufdfa" * 16 * LENGTH) < AT_MOST
