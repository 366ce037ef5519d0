"""Calls whose result nobody needs, made in threads beside the work: they hold up no lane."""

import threading
from collections.abc import Callable
from contextvars import copy_context

from django.db import connections

PLACES = 8  # calls at once in a process
_places = threading.BoundedSemaphore(PLACES)


def beside(call: Callable[[], None]) -> None:
    """Start `call` and go on; if all places are taken, make the call here and now.

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
