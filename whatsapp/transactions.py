"""Units of work that the database may ask us to do again."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

log = structlog.get_logger(__name__)

# MySQL and MariaDB: record changed (1020), lock wait timeout (1205), deadlock (1213), and the
# refusal of NOWAIT (3572); the whole transaction must be taken as gone, also after 1205.
REPEATABLE = {1020, 1205, 1213, 3572}
LOST = {2006, 2013}
AWAY = {1040, 1053, 2002, 2003, 2005}  # too many connections, shutting down, nobody there
ATTEMPTS = 5
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))  # monotonic seconds


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Inside this context no unit of work is repeated after so many seconds."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def is_repeatable(error: OperationalError) -> bool:
    """Whether the same work may succeed if it is done again from its first statement."""
    code = error.args[0] if error.args else None
    return code in REPEATABLE or is_lost(error) or "database is locked" in str(error)


def is_lost(error: OperationalError) -> bool:
    """Whether the connection is gone, as after a restart of the database."""
    return bool(error.args) and error.args[0] in LOST


def is_passing(error: BaseException | None) -> bool:
    """Whether `error` says that the database cannot answer just now: it is away, or too busy."""
    if isinstance(error, InterfaceError):
        return True  # the connection was closed under us
    if not isinstance(error, OperationalError):
        return False
    return is_repeatable(error) or (bool(error.args) and error.args[0] in AWAY)


def unit_of_work(work: Callable[P, R]) -> Callable[P, R]:
    """Run `work` in one transaction; repeat it whole if the database asks for that.

    Inside a transaction that is open already it simply joins in: the outer unit is the one to
    be repeated. What `on_commit` hooks raise comes after the commit: it is raised, and the work
    is not done twice. Raises OperationalError after the fifth attempt, or when the time that
    `patience` allows is over.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        def attempt(commit: _Commit) -> R:
            with transaction.atomic():
                commit.watch()
                return work(*args, **kwargs)

        if connection.in_atomic_block:
            with transaction.atomic():
                return work(*args, **kwargs)
        return _repeated(attempt, work.__qualname__)

    return run


def step_by_step(work: Callable[P, R]) -> Callable[P, R]:
    """Like `unit_of_work`, but each statement of `work` is committed by itself.

    For a compare-and-swap, which is safe alone: a transaction around it costs three more round
    trips. If the answer to a statement is lost, the repetition finds its own change already made.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return work(*args, **kwargs)
        return _repeated(lambda _commit: work(*args, **kwargs), work.__qualname__)

    return run


class _Commit:
    """Whether an attempt has been committed. What `on_commit` hooks raise comes after that."""

    def __init__(self) -> None:
        self.is_done = False

    def watch(self) -> None:
        """To be called first in the transaction: the first hook runs whatever the others raise."""
        transaction.on_commit(self._note)

    def _note(self) -> None:
        self.is_done = True


def _repeated(attempt: Callable[[_Commit], R], name: str) -> R:
    """Call `attempt` until it succeeds or fails in a way that another attempt cannot mend."""
    for number in range(1, ATTEMPTS + 1):
        commit = _Commit()
        try:
            return attempt(commit)
        except OperationalError as error:
            is_last = number == ATTEMPTS or time.monotonic() >= _deadline.get()
            if commit.is_done or is_last or not is_repeatable(error):
                raise
            log.info("unit_repeated", unit=name, attempt=number, error=str(error))
            if is_lost(error):
                connection.close()
        time.sleep(random.uniform(0, 0.02 * 2**number))  # noqa: S311
    raise AssertionError("unreachable: the last attempt returns or raises")


def refuse_inside_transaction(whom: str) -> None:
    """No lock is ever held across a network wait. (A test's own transaction does not count.)

    Raises RuntimeError inside a transaction.
    """
    blocks = connection.atomic_blocks
    if blocks and not getattr(blocks[-1], "_from_testcase", False):
        raise RuntimeError(f"{whom} must not be called inside a database transaction.")
