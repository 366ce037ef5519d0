"""Finding tickets by phone, name, number, and words in messages; the newest first.

What is typed is words and nothing else: no sign in it is an operator. Every word must be in the
ticket, in its thread, names or phone, and may go on ("pay" finds "payment"). A word that is in
more than MOST tickets is looked for in the newest MOST of them and in those that are open, so that
a search reads a bounded number of rows (decision 21).

Whoever may not see phone numbers finds nobody by a part of one (decision 36).
"""

import re
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from support import phones
from support.models import SearchWord, SupportTicket
from support.models.search import NOTE, PHONE_ENDINGS
from support.models.ticket import OPEN_STATUSES
from support.search_words import is_unspaced, words_of
from whatsapp.text import whole_number

Tickets = QuerySet[SupportTicket]
Words = Sequence[str]

MOST = 1000  # tickets
MOST_TERMS = 8  # a pasted paragraph needs no more
VARIANTS, PAGE, PAGES = 12, 200, 6  # of one word that goes on; see `_variants`
SHORT = 3  # characters; a shorter word does not go on
PHONE_DIGITS = 5  # fewer are a ticket's number or a word
LAST = "\U0010ffff"
_PHONE = re.compile(r"[+(0-9][0-9\s()./-]*")
_NEWEST = (
    "SELECT ticket_id FROM (SELECT ticket_id FROM support_searchword WHERE word = %s "
    "ORDER BY ticket_id DESC LIMIT {limit}) AS word{number}"
)


def tickets_matching(
    tickets: Tickets,
    text: str,
    reader: AbstractBaseUser | AnonymousUser,
    *,
    notes: bool = True,
) -> Tickets:
    """Those of `tickets` that fit `text`, or all if it is empty; with or without internal `notes`.

    `reader` decides by how much of a phone number they are found.
    Statements: two or a few more for each word, and the one that the caller makes of the answer.
    """
    text = text.strip()
    if not text:
        return tickets
    phone = phones.searched(text, reader)
    if phone:
        return tickets.filter(Q(phone_number=phone) | Q(pk__in=_numbered(text)))
    parts = phone is None
    terms = [_expanded(term, notes=notes, parts=parts) for term in _terms(text)]
    return _with_all(tickets, terms, _numbered(text))


def _with_all(tickets: Tickets, terms: Sequence[Words], number: set[int]) -> Tickets:
    """Tickets with a word of each term; those with the rarest are listed, the others asked for."""
    newest = [(_newest(words), words) for words in terms]
    rare = [ids for ids, _ in newest if len(ids) < MOST]
    common = sorted((pair for pair in newest if len(pair[0]) >= MOST), key=lambda pair: pair[0][-1])
    if rare:
        ids = set.intersection(*map(set, rare))
    elif common:
        ids, words = set(common[0][0]), common.pop(0)[1]
        ids |= _open(words)
    else:
        ids = set()
    if common:
        found = SupportTicket.objects.filter(*(_says(words) for _, words in common), pk__in=ids)
        ids = set(found.values_list("pk", flat=True))
    return tickets.filter(pk__in=ids | number)


def _says(words: Words) -> Exists:
    return Exists(SearchWord.objects.filter(word__in=words, ticket_id=OuterRef("pk")))


def _open(words: Words) -> set[int]:
    """Open tickets with one of the words, however old."""
    tickets = SupportTicket.objects.filter(_says(words), status__in=OPEN_STATUSES)
    return set(tickets.values_list("pk", flat=True)[:MOST])


def _newest(words: Words) -> list[int]:
    """The newest MOST tickets with one of the words, newest first."""
    if not words:
        return []
    each = [_NEWEST.format(limit=MOST, number=number) for number, _ in enumerate(words)]
    sql = f"{' UNION '.join(each)} ORDER BY ticket_id DESC LIMIT {MOST}"
    with connection.cursor() as cursor:
        cursor.execute(sql, list(words))
        return [ticket_id for (ticket_id,) in cursor.fetchall()]


def _numbered(text: str) -> set[int]:
    """The ticket of this number."""
    return {whole_number(text.removeprefix("#"))} - {0}


def _terms(text: str) -> list[set[str]]:
    """What must all be there, each with other ways to write it; a phone number is one term."""
    if _PHONE.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        if len(digits) >= PHONE_DIGITS:
            return [{digits, digits.lstrip("0") or digits, _international(text) or digits}]
    longest = sorted(dict.fromkeys(words_of(text)), key=len, reverse=True)
    return [{word} for word in longest[:MOST_TERMS]] or [set()]


def _international(text: str) -> str:
    try:
        return phones.normalise(text).removeprefix("+")
    except ValueError:
        return ""


def _expanded(term: Iterable[str], *, notes: bool, parts: bool) -> list[str]:
    """The words that are there and begin with one of those of the term.

    Without `parts` of phone numbers no digits go on, and none are looked up that could be the
    end of one: the index does not tell these from digits in a message.
    """
    marks = ("", NOTE) if notes else ("",)
    found: list[str] = []
    for word in sorted(term):
        is_hidden = not parts and word.isdecimal()
        if is_hidden and len(word) in PHONE_ENDINGS:
            continue
        goes_on = not is_hidden and (len(word) >= SHORT or is_unspaced(word))
        for mark in marks:
            found += _variants(mark + word) if goes_on else [mark + word]
    return found


def _variants(beginning: str) -> list[str]:
    """The first VARIANTS words with this beginning.

    A page of the index may be one word; the next page begins after the last word, not after the
    last row, so that words in very many tickets are stepped over.
    """
    found: dict[str, None] = {}
    after = SearchWord.objects.filter(word__gte=beginning, word__lt=beginning + LAST)
    for _ in range(PAGES):
        page = list(after.order_by("word").values_list("word", flat=True)[:PAGE])
        found |= dict.fromkeys(page)
        if len(page) < PAGE or len(found) >= VARIANTS:
            break
        after = after.filter(word__gt=page[-1])
    return list(found)[:VARIANTS]
