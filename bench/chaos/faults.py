"""What goes wrong meanwhile, by a seeded plan: kill -9, a database cut off, a broker emptied."""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable

from bench.servers import MariaDB, Redis
from edubot.tests.stack import Stack

LOOKS_EVERY = 0.5  # seconds


class Faults:
    """Runs in a thread beside the students; `done` counts what was done.

    The plan goes by messages, not by the clock: a slow machine gets the same faults as a fast one.
    Meanwhile it stands in for the supervisor of a production machine: what ends by itself is
    started again (`revived`). Celery does, if one of its processes is killed while it starts.
    """

    def __init__(
        self, stack: Stack, seed: int, database: MariaDB | None, broker: Redis | None
    ) -> None:
        self.stack, self.database, self.broker = stack, database, broker
        self.dice = random.Random(seed)
        self.turns = threading.Semaphore(0)
        self.done: Counter[str] = Counter()
        self.revived: Counter[str] = Counter()
        self.planned, self.over = threading.Event(), threading.Event()
        self.failure: BaseException | None = None

    def start(self, number: int, messages: int) -> None:
        """Do `number` of them while so many messages are said."""
        self.every = max(1, messages // number)
        plan = self._plan(messages // self.every)
        self.thread = threading.Thread(target=self._run, args=[plan], daemon=True)
        self.thread.start()

    def count(self, said: int) -> None:
        """One more message was said."""
        if said % self.every == 0:
            self.turns.release()

    def finish(self) -> None:
        """Wait for the rest of the plan. Raises what went wrong with a fault itself."""
        self.planned.wait()
        if self.failure:
            raise self.failure

    def stop(self) -> None:
        """Nobody is started again from now on."""
        self.over.set()
        self.thread.join()

    def _run(self, plan: list[Callable[[], None]]) -> None:
        try:
            self._carry_out(plan)
        except (OSError, AssertionError) as error:
            self.failure = error
        finally:
            self.planned.set()

    def _carry_out(self, plan: list[Callable[[], None]]) -> None:
        while not self.over.is_set():
            if self.turns.acquire(timeout=LOOKS_EVERY):
                fault = plan.pop(0)
                self.done[fault.__name__.strip("_")] += 1
                fault()
            if not plan:
                self.planned.set()
            self.revived.update(self.stack.revive())

    def _plan(self, number: int) -> list[Callable[[], None]]:
        """Every kind once, in any order; then as often as it happens in life."""
        kinds: list[Callable[[], None]] = [
            *(self._kill_workers, self._kill_beat, self._kill_web, self._kill_one_web_process)
        ]
        often = [self._kill_workers, self._kill_one_web_process]
        if self.database:
            kinds += [self._kill_database, self._restart_database]
        if self.broker:
            kinds += [self._empty_broker, self._restart_broker, self._kill_one_worker]
            often += [self._empty_broker, *[self._kill_one_worker] * 3]
        plan = self.dice.sample(kinds, len(kinds))
        while len(plan) < number:
            plan += self.dice.sample(kinds + often, len(kinds + often))
        return plan[:number]

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
        """Not with `filesystem://`: there Celery's processes share the lock of one pipe, and one
        that dies holding it stops the others until the whole worker is started again."""
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
