"""The worker's outer edge: the one place that catches everything, and keeps the traceback."""

import traceback
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError

from whatsapp.text import clean_text
from whatsapp.transactions import is_repeatable

R = TypeVar("R")

log = structlog.get_logger(__name__)


class TakenByAnother(Exception):
    """Another worker is at it: nothing failed, and nothing may be written."""


def guarded(work: Callable[[], R], on_error: Callable[[str], R]) -> R:
    """`work()`; if it fails, `on_error` of the traceback stands in for its result.

    A database that is away or overrun, and another worker's claim, are no fault of the work: they
    pass through as OperationalError, InterfaceError and TakenByAnother. (MySQL also calls it an
    OperationalError when it refuses a value: that is the work's fault.)
    """
    try:
        return work()
    except (InterfaceError, TakenByAnother):
        raise
    except Exception as error:
        if isinstance(error, OperationalError) and is_repeatable(error):
            raise
        log.exception("work_failed", error=type(error).__name__)
        return on_error(clean_text(traceback.format_exc()))


def each(ids: Iterable[int], act: Callable[[int], bool]) -> int:
    """Do `act` for each of `ids`; how many did something. A failure is logged and stops no other.

    Raises as `guarded`.
    """
    return sum(guarded(partial(act, pk), lambda _traceback: False) for pk in ids)
