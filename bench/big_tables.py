"""Does the desk cost the same with a million tickets as with ten thousand?

    python -m bench.big_tables mysql://root@127.0.0.1:3306/

makes two databases on that server, fills them once (some minutes), and measures in one run, by
turns so that a busy machine is as unfair to both: statements and the best of several times.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.environment import take_over

SMALL, LARGE = 10_000, 1_000_000  # tickets
RATIO = 1.5
PAGE = 80  # messages of a thread
ROUNDS = 15
TOO_SHORT = 0.005  # seconds; of what is quicker the ratio is noise
DESK, LIST = "/admin/support/desk/", "/admin/support/supportticket/"
# What is measured; words in capitals stand for what the database in use has.
PAGES = {
    "desk": f"{DESK}?tab=all",
    "desk, by the 24-hour window": f"{DESK}?tab=all&sort=window",
    "desk, mine": f"{DESK}?tab=mine",
    "desk, a thread": f"{DESK}NEWEST/?tab=all",
    "desk, ended": f"{DESK}?tab=resolved",
    "desk, ended, badly rated": f"{DESK}?tab=resolved&rating=bad",
    "desk, ended, of low priority": f"{DESK}?tab=resolved&priority=LOW",
    "desk, ended, unread": f"{DESK}?tab=resolved&unread=on",
    "desk, ended, of one person": f"{DESK}?tab=resolved&person=PERSON",
    "desk, a word in most tickets": f"{DESK}?q=dename",
    "desk, two common words": f"{DESK}?q=dename+kifapa",
    "desk, a rare word": f"{DESK}?q=ticket77x",
    "desk, a common word, unread": f"{DESK}?q=dename&unread=on",
    "desk, nothing new": f"{DESK}pulse?tab=all&show={PAGE}&STATE",
    "desk, something new": f"{DESK}pulse?tab=all&show={PAGE}&ticket=NEWEST",
    "list": LIST,
    "list, ended": f"{LIST}?status=RESOLVED",
    "list, all": f"{LIST}?status=all",
    "list, a name and a word": f"{LIST}?q=ada+kifapa",
    "list, a phone": f"{LIST}?q=%2B2348000000077",
    "list, nothing": f"{LIST}?q=nothingatall",
    "history": "/admin/support/ticketevent/",
}
CALLS = {
    "API, tickets": "/api/support/tickets",
    "API, open tickets": "/api/support/open-tickets",
    "API, search": "/api/support/tickets?search=dename",
    "API, notifications": "/api/support/notifications",
    "API, conversations": "/api/admin/conversations",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One act at both sizes: statements, and seconds of the best round."""

    name: str
    statements: tuple[int, int]
    seconds: tuple[float, float]

    @property
    def ratio(self) -> float:
        return self.seconds[1] / self.seconds[0]

    @property
    def is_well(self) -> bool:
        same_cost = self.statements[0] == self.statements[1]
        return same_cost and (self.ratio <= RATIO or self.seconds[1] < TOO_SHORT)


def name_of(tickets: int) -> str:
    """The name of the database with so many."""
    return f"edubot_bench_{tickets}"


def use(url: str, tickets: int) -> None:
    """Work with the database of this size, made and filled if it is not there."""
    from django.core.management import call_command
    from django.db import connection

    from bench.fill import fill

    name = name_of(tickets)
    connection.close()
    connection.settings_dict["NAME"] = ""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4")
    connection.close()
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM (SELECT 1 FROM support_supportticket LIMIT 1) AS one")
        is_empty = cursor.fetchone() == (0,)
    if is_empty:
        print(f"Filling {name} at {url}", flush=True)
        fill(tickets)


def go_to(tickets: int) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name_of(tickets)
    connection.ensure_connection()


def acts() -> dict[str, Callable[[], object]]:
    """What is measured, each for whichever database is in use."""
    from django.test import Client

    from support import queries
    from support.models import SupportTicket

    def newest() -> int:
        return SupportTicket.objects.values_list("pk", flat=True)[:1][0]

    def page(address: str) -> Callable[[], object]:
        return lambda: _ok(client.get(_filled(address, ids)))

    def call(address: str) -> Callable[[], object]:
        return lambda: _ok(client.get(address, headers={"Authorization": f"Bearer {_token()}"}))

    client = Client(SERVER_NAME="localhost")
    ids: dict[str, Any] = {"newest": 0, "state": "", "person": 0}

    def begin() -> None:
        ids["newest"] = newest()
        person = _person()
        ids["person"] = person.pk
        client.force_login(person)
        queue, thread = queries.versions(ids["newest"], PAGE)
        ids["state"] = f"ticket={ids['newest']}&queue-version={queue}&thread-version={thread}"

    return {
        "begin": begin,
        **{name: page(address) for name, address in PAGES.items()},
        "banner": queries.counts,
        **{name: call(address) for name, address in CALLS.items()},
    }


def measure(small: int, large: int, rounds: int) -> list[Measured]:
    """Every act at both sizes, which must be filled."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    best: dict[str, dict[int, float]] = {}
    counted: dict[str, dict[int, int]] = {}
    doing = acts()
    begin = doing.pop("begin")
    for _ in range(rounds):
        for size in (small, large):
            go_to(size)
            begin()
            for name, act in doing.items():
                with CaptureQueriesContext(connection) as captured:
                    act()
                costs = counted.setdefault(name, {})
                # the fewest: once a minute a token's last use is written down
                costs[size] = min(len(captured), costs.get(size, len(captured)))
                started = time.perf_counter()
                act()
                taken = time.perf_counter() - started
                times = best.setdefault(name, {})
                times[size] = min(taken, times.get(size, taken))
    return [
        Measured(
            name,
            (counted[name][small], counted[name][large]),
            (best[name][small], best[name][large]),
        )
        for name in doing
    ]


def _filled(address: str, ids: dict[str, Any]) -> str:
    """`address` with what is different in each database."""
    for name, value in ids.items():
        address = address.replace(name.upper(), str(value))
    return address


def _ok(response: object) -> None:
    status = getattr(response, "status_code", 0)
    if status not in (200, 204):
        raise AssertionError(f"{status} instead of an answer")


def _person():
    from django.contrib.auth.models import User

    return User.objects.filter(username="bench").first() or User.objects.create_superuser("bench")


_tokens: dict[str, str] = {}


def _token() -> str:
    """A token for each database; it lives as long as this run."""
    from django.db import connection

    from support.models import ApiToken, tools

    name = str(connection.settings_dict["NAME"])
    if name not in _tokens:
        _tokens[name] = ApiToken.objects.create(user=_person(), scopes=list(tools.Scope))[1]
    return _tokens[name]


def report(measured: list[Measured], small: int, large: int) -> bool:
    """Print the table; whether all is well."""
    print(f"{'':34}{'statements':>12}{small:>10,}{large:>11,}{'ratio':>7}")
    for one in measured:
        statements = "/".join(map(str, dict.fromkeys(one.statements)))
        small, large = (f"{seconds * 1000:.1f} ms" for seconds in one.seconds)
        verdict = "" if one.is_well else "  ← too much"
        print(f"{one.name:34}{statements:>12}{small:>10}{large:>11}{one.ratio:>7.2f}{verdict}")
    return all(one.is_well for one in measured)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.big_tables", description=__doc__)
    parser.add_argument("url", nargs="?", default="mysql://root@127.0.0.1:3306/")
    parser.add_argument("--small", type=int, default=SMALL, help="tickets")
    parser.add_argument("--large", type=int, default=LARGE, help="tickets")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


def main() -> int:
    options = arguments()
    sizes = options.small, options.large
    take_over(
        DATABASE_URL=f"{options.url.rstrip('/')}/{name_of(options.small)}",
        DJANGO_SETTINGS_MODULE="edubot.settings",
    )
    import django

    django.setup()
    for size in sizes:
        use(options.url, size)
    return 0 if report(measure(*sizes, options.rounds), *sizes) else 1


if __name__ == "__main__":
    sys.exit(main())
