"""One run from an empty database to quiet, in a bounded time."""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.environment import PRODUCTION
from bench.servers import MariaDB, Redis
from edubot.tests.stack import Stack, free_port

SNAPSHOT = ("--transaction-isolation=REPEATABLE-READ", "--innodb-snapshot-isolation=ON")
ENV = {
    **PRODUCTION,
    "WHATSAPP_SIMULATOR": "on",
    "DJANGO_SETTINGS_MODULE": "bench.settings",
    "WEB_CONCURRENCY": "2",
    "WORKER_CONCURRENCY": "4",
    "WHATSAPP_LEASE_SECONDS": "8",
    "WHATSAPP_RECONCILE_WAIT_SECONDS": "12",
    "SUPPORT_STILL_ON_IT_AFTER_MINUTES": "0",
}
QUIET_LOOKS = 3  # in a row, a second apart


@contextmanager
def servers(profile: str, folder: Path) -> Iterator[tuple[str, str, MariaDB | None, Redis | None]]:
    """Database and broker of the profile, ours alone: their URLs, and themselves."""
    if profile == "sqlite":
        yield f"sqlite:///{folder}/product.sqlite3", "filesystem://", None, None
        return
    database = MariaDB(folder / "mariadb", *(SNAPSHOT if profile == "snapshot" else ()))
    broker = Redis(folder / "redis")
    try:
        yield database.url, broker.url, database, broker
    finally:
        broker.end()
        database.end()


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    with servers(options.profile, folder) as (database_url, broker_url, database, broker):
        port = free_port()
        os.environ |= {
            "BENCH_PRODUCT_URL": database_url,
            "SIMULATOR_URL": f"http://127.0.0.1:{port}",
        }
        meta = _meta(options.seed)
        env = ENV | {"WHATSAPP_GRAPH_URL": meta.url}
        stack = Stack(folder, database_url, broker_url, ("web", "worker", "beat"), port, **env)
        meta.start()
        with stack:
            return _storm(options, stack, meta, database, broker)


def _meta(seed: int) -> Any:
    import django

    django.setup()
    from bench.chaos.meta import Meta

    _make_tables()
    return Meta(seed)


def _make_tables() -> None:
    """Meta's own database needs today's tables, not their history, which takes a while."""
    from django.apps import apps
    from django.core.management import call_command
    from django.test.utils import override_settings

    no_history = {app.label: None for app in apps.get_app_configs()}
    with override_settings(MIGRATION_MODULES=no_history):
        call_command("migrate", run_syncdb=True, verbosity=0)


def _storm(
    options: argparse.Namespace,
    stack: Stack,
    meta: Any,
    database: MariaDB | None,
    broker: Redis | None,
) -> dict[str, Any]:
    """Everybody writes while everything breaks; what came of it."""
    from bench.chaos import students
    from bench.chaos.agent import Agent
    from bench.chaos.faults import Faults
    from bench.chaos.intruder import Intruder
    from bench.chaos.meta import STORM

    began = time.monotonic()
    lines = students.script(options.seed, options.students, options.messages)
    people = students.make_phones(options.students)
    meta.be(**STORM)
    faults, agent = Faults(stack, options.seed, database, broker), Agent(stack, options.seed)
    intruder = Intruder(stack, options.seed)
    faults.start(options.faults, options.messages)
    agent.start()
    intruder.start()
    try:
        students.say_all(lines, people, options.rate, faults.count)
        faults.finish()
        agent.stop()
        intruder.stop()
        meta.be()
        said_in = time.monotonic() - began
        _until_quiet(began + options.seconds)
    finally:
        faults.stop()
    open_at_the_end = _at_rest(stack, began + options.seconds)
    meta.stop()
    return {
        "profile": options.profile,
        "seed": options.seed,
        "seconds": {"storm": round(said_in), "until quiet": round(time.monotonic() - began)},
        "faults": dict(faults.done),
        "ended by themselves": dict(faults.revived),
        **_found(stack, meta, agent, intruder),
        "open": open_at_the_end,
    }


def _found(stack: Stack, meta: Any, agent: Any, intruder: Any) -> dict[str, Any]:
    """What the database, Graph's log and EduBot's own logs say of the storm."""
    from bench.chaos import checking, facts, leaks
    from bench.chaos.intruder import NAME

    found, told = facts.gather(), facts.ticks_told()
    return {
        "webhooks not taken": dict(Counter(meta.failures)),
        "answers not taken": dict(agent.refused),
        "intruder refused": dict(intruder.refused),
        "intruder let in": intruder.let_in,
        "traffic": checking.traffic(found, agent.said),
        "allowed": checking.allowed(found),
        "broken": {
            **checking.broken(found, agent.said, told),
            "access_violations": len(intruder.let_in) + facts.count_of(NAME),
            "unhandled_500": meta.failures.count(500) + agent.refused[500] + intruder.refused[500],
            "leaks": len(leaks.found(stack.folder)),
        },
    }


def _at_rest(stack: Stack, deadline: float) -> list[str]:
    """As `_until_quiet`, with nobody left who begins something while it is counted."""
    stack.stop("beat")
    rest = _until_quiet(deadline)
    stack.stop("worker")
    return rest


def _until_quiet(deadline: float) -> list[str]:
    """Wait until both sides have nothing left to do; what is left at the deadline, in words."""
    from django.utils import timezone

    from bench.chaos.facts import still_open
    from whatsapp.simulator.models import SimulatedWebhook

    looks = 0
    while looks < QUIET_LOOKS:
        now = timezone.now()
        SimulatedWebhook.objects.filter(due_at__gt=now).update(due_at=now)  # Meta need not wait
        rest = still_open()
        if rest and time.monotonic() > deadline:
            return rest
        looks = 0 if rest else looks + 1
        time.sleep(1)
    return []
