"""Fill a database with tickets of five messages each, by INSERT … SELECT from row numbers.

Two fills are equal. OPEN tickets are open whatever the size: a desk's queue does not grow with its
history. Words follow Zipf's law, so some are in most threads and some in few; threads repeat after
PATTERNS tickets, but `ticket<n>x` is said in one thread only.
"""

import random
import re
import time
from typing import Any

from django.db import connection
from django.utils import timezone

from support.search_words import words_of

OPEN = 500  # the newest
DAYS = 400  # over which the tickets are spread
PATTERNS = 4_000
MESSAGES = 5
VOCABULARY = 4_000
FIRST = ("Ada", "Ben", "Chidi", "Dayo", "Efe", "Femi", "Grace", "Hassan", "Ife", "John")
LAST = ("Obi", "Eze", "Bello", "Okafor", "Musa", "Adeyemi", "Lawal", "Nwosu", "Sani", "Doe")
SYLLABLES = re.findall("..", "babebodadedofafefigagokakekilalomamemonaninopararisatati")

# {k}: the number of a row. {at}: its time, the oldest first. {join}: texts put together.
K = "(a.n * 1000 + b.n + 1)"
ROWS = f"FROM bench_number a JOIN bench_number b ON {K} <= %(tickets)s"
STATEMENTS = {
    "contacts": f"""
        INSERT INTO whatsapp_contact (id, name, username, phone, user_id, language, created_at,
            last_inbound_at, epoch)
        SELECT {K}, (SELECT name FROM bench_name WHERE id = {K} %% 100), '',
            {{join}}('+', 2348000000000 + {K}), '', 'en', {{at}}, {{at}}, 0 {ROWS}""",
    "tickets": f"""
        INSERT INTO support_supportticket (id, contact_id, open_for_id, phone_number, sender_name,
            issue_description, status, priority, category_id, assigned_admin_id, created_at,
            updated_at, first_response_at, resolved_at, closed_at, waiting_since, last_message_at,
            last_words, unread_count, due_for, rating, rating_comment)
        SELECT {K}, {K}, CASE WHEN {K} > %(ended)s THEN {K} END,
            {{join}}('+', 2348000000000 + {K}), (SELECT name FROM bench_name WHERE id = {K} %% 100),
            'My upload fails', CASE WHEN {K} <= %(ended)s THEN 'RESOLVED'
            WHEN {K} %% 2 = 0 THEN 'OPEN' ELSE 'IN_PROGRESS' END,
            CASE {K} %% 10 WHEN 0 THEN 'URGENT' WHEN 1 THEN 'HIGH' ELSE 'MEDIUM' END, NULL, NULL,
            {{at}}, {{at}}, {{first}}, CASE WHEN {K} <= %(ended)s THEN {{end}} END,
            CASE WHEN {K} <= %(ended)s THEN {{end}} END,
            CASE WHEN {K} > %(ended)s AND {K} %% 2 = 0 THEN {{at}} END, {{at}},
            'My upload fails', 0, '',
            CASE {K} %% 9 WHEN 0 THEN 'bad' WHEN 1 THEN 'good' WHEN 2 THEN 'good' ELSE '' END, ''
        {ROWS}""",
    "messages": f"""
        INSERT INTO support_supportmessage
            (ticket_id, sender_type, sender_name, message, created_at)
        SELECT {K}, CASE WHEN m.n %% 2 = 0 THEN 'admin' ELSE 'user' END, '',
            {{join}}('ticket', {K}, 'x ', s.text), {{at}}
        {ROWS} JOIN bench_sentence s ON s.pattern = {K} %% {PATTERNS}
        JOIN bench_number m ON m.n = s.place""",
    "events": f"""
        INSERT INTO support_ticketevent
            (ticket_id, kind, actor_name, {{before}}, {{after}}, created_at)
        SELECT {K}, 'opened', 'Student', '', '', {{at}} {ROWS}""",
    "words": """
        {insert} INTO support_searchword (word, ticket_id)
        SELECT w.word, w.pattern + j.n * 4000 FROM bench_word w
        JOIN bench_number j ON w.pattern + j.n * 4000 <= %(tickets)s AND w.pattern + j.n > 0""",
    "names": f"""
        {{insert}} INTO support_searchword (word, ticket_id)
        SELECT w.word, {K} {ROWS} JOIN bench_name_word w ON w.name_id = {K} %% 100""",
    "rare words": f"""
        {{insert}} INTO support_searchword (word, ticket_id)
        SELECT {{join}}('ticket', {K}, 'x'), {K} {ROWS}""",
    "phones": f"""
        {{insert}} INTO support_searchword (word, ticket_id)
        SELECT substr({{join}}('', 2348000000000 + {K}), 14 - l.n), {K} {ROWS}
        JOIN bench_number l ON l.n IN (5, 6, 7, 8, 9, 10, 13)""",
}
AGE = f"(%(tickets)s - {K}) * %(seconds)s"
DIALECTS = {
    "sqlite": {
        "insert": "INSERT OR IGNORE",
        "join": "bench_join",
        "at": f"datetime(%(now)s, '-' || ({AGE} / %(tickets)s) || ' seconds')",
        "before": "before",
        "after": "after",
    },
    "mysql": {
        "insert": "INSERT IGNORE",
        "join": "concat",
        "at": f"timestampadd(SECOND, -({AGE} DIV %(tickets)s), %(now)s)",
        "before": "`before`",
        "after": "`after`",
    },
}


def fill(tickets: int) -> None:
    """Rows with the ids 1 to `tickets`, a multiple of 1000; the tables must be empty."""
    dialect = _dialect()
    with connection.cursor() as cursor:
        _helpers(cursor)
        if connection.vendor == "mysql":
            cursor.execute("SET SESSION unique_checks = 0, foreign_key_checks = 0")
        for what, statement in STATEMENTS.items():
            started = time.monotonic()
            cursor.execute(statement.format(**dialect), _parameters(tickets))
            print(f"  {what}: {time.monotonic() - started:.0f} s", flush=True)
        for table in ("contact", *("supportticket", "supportmessage", "ticketevent", "searchword")):
            name = f"whatsapp_{table}" if table == "contact" else f"support_{table}"
            cursor.execute(f"ANALYZE {'TABLE ' if connection.vendor == 'mysql' else ''}{name}")


def _dialect() -> dict[str, str]:
    found = dict(DIALECTS[connection.vendor])
    found["first"] = _later(found["at"], f"(({K} %% 30) + 1) * 60")
    found["end"] = _later(found["at"], f"(({K} %% 300) + 31) * 60")
    return found


def _later(moment: str, seconds: str) -> str:
    if connection.vendor == "sqlite":
        return f"datetime({moment}, '+' || ({seconds}) || ' seconds')"
    return f"timestampadd(SECOND, {seconds}, {moment})"


def _parameters(tickets: int) -> dict[str, Any]:
    now = timezone.now().replace(tzinfo=None, microsecond=0)
    return {
        "tickets": tickets,
        "ended": tickets - OPEN,
        "now": now.isoformat(" "),
        "seconds": DAYS * 24 * 60 * 60,
    }


def _helpers(cursor: Any) -> None:
    """Small tables of numbers, names, sentences and their words."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "bench_join", -1, lambda *texts: "".join(map(str, texts))
        )
    tables = {
        "bench_number": "n integer PRIMARY KEY",
        "bench_name": "id integer PRIMARY KEY, name varchar(40)",
        "bench_name_word": "name_id integer, word varchar(32), PRIMARY KEY (name_id, word)",
        "bench_sentence": "pattern integer, place integer, text varchar(200), "
        "PRIMARY KEY (pattern, place)",
        "bench_word": "word varchar(32), pattern integer, PRIMARY KEY (word, pattern)",
    }
    for table, columns in tables.items():
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TABLE {table} ({columns})")
    for table, rows in _rows().items():
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _rows() -> dict[str, list[tuple[Any, ...]]]:
    names = [
        (10 * i + j, f"{first} {last}")
        for i, first in enumerate(FIRST)
        for j, last in enumerate(LAST)
    ]
    sentences = _sentences()
    words = {(word, pattern) for pattern, _, text in sentences for word in words_of(text)}
    return {
        "bench_number": [(n,) for n in range(1000)],
        "bench_name": names,
        "bench_name_word": [(pk, word) for pk, name in names for word in words_of(name)],
        "bench_sentence": sentences,
        "bench_word": sorted(words),
    }


def _sentences() -> list[tuple[int, int, str]]:
    chance = random.Random(21)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(VOCABULARY)]
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
    return [
        (pattern, place, " ".join(chance.choices(vocabulary, weights, k=chance.randint(3, 8))))
        for pattern in range(PATTERNS)
        for place in range(MESSAGES)
    ]
