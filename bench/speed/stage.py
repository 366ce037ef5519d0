"""What is measured, running: EduBot as in production, the bare view, a fast Graph, one MariaDB."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.environment import PRODUCTION
from bench.servers import MariaDB, Redis
from edubot.tests.stack import ROOT, Stack, eventually, execute, free_port

ENV = {
    **PRODUCTION,
    "WHATSAPP_SIMULATOR": "off",
    "WHATSAPP_MESSAGES_PER_SECOND": "1000",
    "WEB_CONCURRENCY": "2",
    "WORKER_CONCURRENCY": "4",
    "WHATSAPP_LEASE_SECONDS": "60",
    "WHATSAPP_RECONCILE_WAIT_SECONDS": "120",
}
CLOCK_TICK = 0.05


class EduBot(Stack):
    """As in production: DEBUG off, no simulator, nothing in the database."""

    def prepare(self) -> None:
        self.manage("migrate", "--no-input", "--verbosity", "0")


class Stage:
    def __init__(self, edubot: EduBot, bare_port: int, graph_port: int, database: MariaDB) -> None:
        self.edubot, self.bare_port, self.graph_port = edubot, bare_port, graph_port
        self.database = database

    def accepted(self) -> list[list[Any]]:
        """What Graph accepted since it was last asked: wamid, callback id, when, to whom."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.graph_port}/") as answer:
            found: list[list[Any]] = json.load(answer)
        return found

    @contextmanager
    def graph_takes(self, seconds: float) -> Iterator[None]:
        """Graph answers as slowly as Meta does."""
        address = f"http://127.0.0.1:{self.graph_port}"
        urllib.request.urlopen(f"{address}/{seconds}").close()
        try:
            yield
        finally:
            urllib.request.urlopen(f"{address}/0").close()

    def wait_for_accepts(self, count: int, seconds: float) -> list[list[Any]]:
        """Up to `count` of them, as many as came within `seconds`."""
        found, deadline = self.accepted(), time.monotonic() + seconds
        while len(found) < count and time.monotonic() < deadline:
            time.sleep(CLOCK_TICK)
            found += self.accepted()
        return found

    def number(self, query: str) -> int:
        """The one number that `query` selects."""
        return int(rows(self.database.url, query)[0][0])

    def wait_until(self, check: Callable[[], bool], seconds: float, what: str) -> None:
        eventually(check, seconds, what)

    @contextmanager
    def workers_rest(self) -> Iterator[None]:
        """What comes in is stored and stays, as if the workers were busy elsewhere."""
        os.killpg(self.edubot.running["worker"].pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.edubot.running["worker"].pid, signal.SIGCONT)

    def memory(self) -> dict[str, float]:
        """Megabytes of each kind of process, all its forks together (proportional set size)."""
        pids = {
            name: [self.edubot.running[name].pid, *self.edubot.children(name)]
            for name in self.edubot.running
        }
        return {name: round(sum(map(_megabytes, own)), 1) for name, own in pids.items()}


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    import MySQLdb
    from environ import Env

    server = Env.db_url_config(url)
    connection = MySQLdb.connect(
        host=server["HOST"], user=server["USER"], port=int(server["PORT"]), database=server["NAME"]
    )
    try:
        cursor = connection.cursor()
        cursor.execute(query)
        return list(cursor.fetchall())
    finally:
        connection.close()


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Everything started and ready, and ended afterwards."""
    with ExitStack() as ending:
        database, broker = MariaDB(folder / "mariadb"), Redis(folder / "redis")
        ending.callback(database.end)
        ending.callback(broker.end)
        execute(database.url, "CREATE DATABASE bare CHARACTER SET utf8mb4")
        graph_port, bare_port = free_port(), free_port()
        ending.callback(_started([sys.executable, "-m", "bench.speed.graph", str(graph_port)], {}))
        bare_url = database.url.rpartition("/")[0] + "/bare"
        ending.callback(_started(_gunicorn(bare_port), {"DATABASE_URL": bare_url}))
        env = ENV | {"WHATSAPP_GRAPH_URL": f"http://127.0.0.1:{graph_port}"}
        edubot = EduBot(folder, database.url, broker.url, ("web", "worker", "beat"), **env)
        yield Stage(ending.enter_context(edubot), bare_port, graph_port, database)


def _gunicorn(port: int) -> list[str]:
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    address = f"127.0.0.1:{port}"
    return [gunicorn, "bench.speed.bare", "--bind", address, "--config", "edubot/gunicorn.py"]


def _started(command: list[str], env: dict[str, str]) -> Callable[[], None]:
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "BENCH_BARE": "1", **env})

    def end() -> None:
        process.terminate()
        process.wait()

    return end
