"""Which words are in which ticket: the desk's search (`support.finding`)."""

import re
from collections.abc import Iterable

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from support.search_words import LENGTH, words_of

MOST_WORDS = 1000  # of one message
NOTE = "~"  # before the words of internal notes; no word begins with it
PHONE_ENDINGS = range(5, 11)  # digits by which people remember a number


class WordField(models.CharField[str, str]):
    """Compared by code point everywhere: collations would join words that are not the same."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        column = super().db_type(connection)
        if connection.vendor == "mysql":
            return f"{column} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
        return column


class SearchWord(models.Model):
    """A word of a ticket's thread, names or phone, written in the transaction that writes those.

    The primary key is the index: the newest tickets with a word are one short read however many
    there are. Why not FULLTEXT: decision 21.
    """

    pk = models.CompositePrimaryKey("word", "ticket_id")
    word = WordField(max_length=LENGTH + len(NOTE))
    # The key's index also serves what goes with a ticket when it is deleted.
    ticket = models.ForeignKey("support.SupportTicket", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.word


def remember(ticket_id: int, words: Iterable[str]) -> None:
    """The ticket is found by these words from now on; one statement."""
    rows = [SearchWord(word=word, ticket_id=ticket_id) for word in sorted(set(words))]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def of_message(name: str, text: str, *, is_note: bool) -> list[str]:
    """What a message is found by."""
    words = words_of(f"{name} {text}")[:MOST_WORDS]
    return [NOTE + word for word in words] if is_note else words


def of_person(phone: str, *names: str) -> list[str]:
    """What a ticket is found by before anything is said: names, and the phone by its endings."""
    digits = re.sub(r"\D", "", phone)
    endings = [digits[-length:] for length in PHONE_ENDINGS if length < len(digits)]
    return [*words_of(" ".join(names)), *filter(None, [digits]), *endings]


def move(source: int, target: int) -> None:
    """Whoever is found by the words of `source` is found in `target`, where its thread now is."""
    words = SearchWord.objects.filter(ticket=source)
    remember(target, words.values_list("word", flat=True))
    words.delete()
