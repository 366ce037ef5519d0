"""What goes wrong meanwhile, by a seeded plan: kill -9, a database cut off, a broker emptied."""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable

from bench.servers import MariaDB, Redis
from edubot.tests.stack import Stack

PAUSES = (1.5, 5.0)  # seconds between two faults


class Faults:
    """Runs in a thread until told to stop; `done` counts what was done."""

    def __init__(
        self, stack: Stack, seed: int, database: MariaDB | None, broker: Redis | None
    ) -> None:
        self.stack, self.database, self.broker = stack, database, broker
        self.dice = random.Random(seed)
        self.over = threading.Event()
        self.done: Counter[str] = Counter()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """No more faults, and everything runs again."""
        self.over.set()
        self.thread.join()

    def _run(self) -> None:
        plan: list[Callable[[], None]] = []
        while not self.over.wait(self.dice.uniform(*PAUSES)):
            plan = plan or self._shuffled()
            fault = plan.pop()
            self.done[fault.__name__.strip("_")] += 1
            fault()

    def _shuffled(self) -> list[Callable[[], None]]:
        plan = [self._kill_workers, self._kill_beat, self._kill_web]
        plan += [self._kill_one_worker] * 4 + [self._kill_one_web_process] * 2
        if self.database:
            plan += [self._kill_database, self._restart_database]
        if self.broker:
            plan += [self._empty_broker] * 2 + [self._restart_broker]
        self.dice.shuffle(plan)
        return plan

    def _kill_workers(self) -> None:
        self._killed("worker")

    def _kill_web(self) -> None:
        self._killed("web")

    def _kill_beat(self) -> None:
        self._killed("beat")

    def _killed(self, name: str) -> None:
        self.stack.kill(name)
        self.stack.start(name)

    def _kill_one_worker(self) -> None:
        self._kill_child("worker")

    def _kill_one_web_process(self) -> None:
        self._kill_child("web")

    def _kill_child(self, name: str) -> None:
        if children := self.stack.children(name):
            os.kill(self.dice.choice(children), signal.SIGKILL)

    def _kill_database(self) -> None:
        assert self.database
        self.database.restart(signal.SIGKILL, away_for=1)

    def _restart_database(self) -> None:
        assert self.database
        self.database.restart(signal.SIGTERM, away_for=3)

    def _empty_broker(self) -> None:
        assert self.broker
        self.broker.empty()

    def _restart_broker(self) -> None:
        assert self.broker
        self.broker.restart(signal.SIGKILL, away_for=2)
