"""From a Step's text keys to one WhatsApp message."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from conversations import catalogues, prices, texts
from conversations.models.words import changed
from conversations.step import Menu, Say, Step
from whatsapp import outbox
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author
from whatsapp.outgoing import Link, List, Outgoing, Row, Section, Text, menu

Words = Mapping[str, str]


def say(
    contact: Contact, step: Step, params: Mapping[str, str], reason: dict[str, Any]
) -> list[Message]:
    """Queue what `step` says, in the contact's language; nothing if silent.

    It is one message, several if too long for one.

    `reason` is kept with it: it answers "Why did the bot say that?".
    """
    if not step.say:
        return []
    catalogue = catalogues.of(contact.language)
    words = _words(keys(step), catalogue.code)
    after = settings.BOT_RECEIPT_AFTER if step.later else None
    why = reason | {"rule": step.rule, "texts": [one.key for one in step.say]}
    known = {"price": prices.subscription(catalogue.terms), **params}
    said = compose(step.say, known, words)
    return outbox.queue(contact, said, author=Author.BOT, reason=why, after=after)


def sentence(contact: Contact, key: str, params: Mapping[str, str]) -> str:
    """One sentence of the bot by itself, for what people send (SUPPORT_SENTENCE_PROVIDER)."""
    return texts.fill(_words({key}, catalogues.of(contact.language).code)[key], params)


def keys(step: Step) -> set[str]:
    """Every text key that `step` needs."""
    found = {one.key for one in step.say}
    for one in step.say:
        found |= set(one.named.values())
        if one.link:
            found.add(one.link.label)
        if one.menu:
            found.add(one.menu.label)
            found |= {key for c in one.menu.choices for key in (c.title, c.description) if key}
    return found


def compose(said: Iterable[Say], params: Mapping[str, str], words: Words) -> Outgoing:
    """All that is said as one message: a blank line between, the last menu or link below."""
    said = tuple(said)
    body = "\n\n".join(_sentence(one, params, words) for one in said)
    if link := next((one.link for one in reversed(said) if one.link), None):
        return Link(body, words[link.label], link.url)
    shown = next((one.menu for one in reversed(said) if one.menu), None)
    return _with_menu(body, shown, words) if shown else Text(body)


def _sentence(one: Say, params: Mapping[str, str], words: Words) -> str:
    named = {name: words[key] for name, key in one.named.items()}
    return texts.fill(words[one.key], {**params, **one.params, **named})


def _with_menu(body: str, shown: Menu, words: Words) -> Outgoing:
    rows = [
        Row(
            choice.id,
            texts.fill(words[choice.title], choice.params),
            texts.fill(words[choice.description], choice.params) if choice.description else "",
        )
        for choice in shown.choices
    ]
    if shown.is_list:
        return List(body, words[shown.label], (Section("", tuple(rows)),))
    return menu(body, rows, words[shown.label])


def _words(wanted: set[str], language: str) -> Words:
    """The bot's words: staff's where they changed them, else the defaults."""
    words = {**texts.DEFAULTS[language], **changed(language)}
    return {key: words[key] for key in wanted}
