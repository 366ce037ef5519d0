"""Which gunicorn worker waits for which (`edubot/gunicorn.py`); the reload itself is a test of its
own, with real processes.
"""

import runpy
import signal
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.workers.gthread import ThreadWorker

from edubot.tests.stack import ROOT, eventually


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ages of the workers that have begun to stop."""
    ages: list[int] = []
    monkeypatch.setattr(ThreadWorker, "handle_exit", lambda self, *_: ages.append(self.age))
    return ages


class Gunicorn:
    """The hooks of the configuration, called as the arbiter calls them."""

    def __init__(self) -> None:
        self.hooks = runpy.run_path(str(ROOT / "edubot" / "gunicorn.py"))
        self.server = SimpleNamespace()  # as it was started: perhaps with an older configuration

    def fork(self, age: int) -> Any:
        worker = self.hooks["PatientWorker"].__new__(self.hooks["PatientWorker"])
        worker.age = age
        self.hooks["pre_fork"](self.server, worker)
        return worker

    def boot(self, worker: Any) -> None:
        self.hooks["post_worker_init"](worker)

    def exit(self, worker: Any) -> None:
        self.hooks["worker_exit"](self.server, worker)


def told_to_go(worker: Any) -> None:
    worker.handle_exit(signal.SIGTERM, None)


def test_the_old_one_goes_once_the_new_one_can_answer(gone: list[int]):
    gunicorn = Gunicorn()
    old = gunicorn.fork(1)
    gunicorn.boot(old)
    new = gunicorn.fork(2)
    told_to_go(old)
    told_to_go(old)
    assert gone == []
    gunicorn.boot(new)
    eventually(lambda: gone == [1], 5)


def test_without_a_successor_it_goes_at_once(gone: list[int]):
    gunicorn = Gunicorn()
    only = gunicorn.fork(1)
    gunicorn.boot(only)
    told_to_go(only)
    eventually(lambda: gone == [1], 5)


def test_nobody_waits_for_one_that_could_not_start(gone: list[int]):
    gunicorn = Gunicorn()
    old = gunicorn.fork(1)
    gunicorn.boot(old)
    broken = gunicorn.fork(2)
    told_to_go(old)
    gunicorn.exit(broken)
    eventually(lambda: gone == [1], 5)
