"""Calls that nobody waits for, made beside the work: no lane and no place is held for them."""

import threading
from collections.abc import Callable
from contextvars import copy_context

from django.db import connections

PLACES = 8  # calls at once in a process
_places = threading.BoundedSemaphore(PLACES)


def beside(call: Callable[[], None]) -> None:
    """Begin `call` and go on; while all places are taken, make it first.

    It may be lost with the process, must not raise, and is logged as part of the caller's work.
    """
    if not _places.acquire(blocking=False):
        call()
        return
    context = copy_context()
    threading.Thread(target=_make, args=(lambda: context.run(call),), daemon=True).start()


def _make(call: Callable[[], None]) -> None:
    try:
        call()
    finally:
        connections.close_all()
        _places.release()
