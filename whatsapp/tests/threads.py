"""Things that happen at the same moment, each in a thread with its own database connection."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def together(*works: Callable[[], Any]) -> list[Any]:
    """Start all at once; their results in order. What one raises is raised here."""
    return [outcome.result() for outcome in _run(works)]


def outcomes(*works: Callable[[], Any], refused: type[Exception]) -> list[Any]:
    """As `together`, but an exception of type `refused` counts as a result."""
    found: list[Any] = []
    for outcome in _run(works):
        error = outcome.exception()
        if error is not None and not isinstance(error, refused):
            raise error
        found.append(error or outcome.result())
    return found


def _run(works: tuple[Callable[[], Any], ...]) -> list[Any]:
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [pool.submit(run, work) for work in works]
