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
    if not (_places.acquire(blocking=False) and _has_begun(call)):
        call()


def _has_begun(call: Callable[[], None]) -> bool:
    """In the place that was taken; False, and the place is free again, if there is no thread."""
    context = copy_context()
    beside_us = threading.Thread(target=_make, args=(lambda: context.run(call),), daemon=True)
    try:
        beside_us.start()
    except RuntimeError:  # no more threads on this machine, or the process is about to end
        _places.release()
        return False
    return True


def _make(call: Callable[[], None]) -> None:
    try:
        call()
    finally:
        connections.close_all()
        _places.release()
