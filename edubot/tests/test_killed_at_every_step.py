"""A worker is killed at each statement and each call of one message's way; another goes on.

A kill leaves what was committed, so being killed before each step is all that can happen.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from support.models import SupportTicket
from whatsapp import lanes, sorting, worker
from whatsapp.models import Message
from whatsapp.simulator.transport import SimulatorAdapter
from whatsapp.tests.lane import mount
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db

UNFINISHED = ["waiting", "queued", "sending", "uncertain", "failed"]
OF_THE_DATABASE = ("SAVEPOINT", "RELEASE", "ROLLBACK")  # it ends transactions of the dead by itself


class Killed(BaseException):
    """Nothing but the end of the process stops at this."""


class Graph(SimulatorAdapter):
    """Counts its calls as steps of the worker's; what it does itself are none."""

    def __init__(self, death: "Death") -> None:
        super().__init__()
        self.death = death

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.death.step(f"{request.method} {request.url}")
        self.death.looks_away = True
        try:
            return super().send(request, *args, **kwargs)
        finally:
            self.death.looks_away = False


class Death:
    """Comes before the step with number `at`, and to whatever would still be done after it."""

    def __init__(self, at: int) -> None:
        self.left, self.looks_away = at, False
        self.came_before = ""

    def step(self, what: str) -> None:
        if self.left == 0:
            self.came_before = self.came_before or what
            raise Killed
        self.left -= 1

    def __call__(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if not self.looks_away and not sql.startswith(OF_THE_DATABASE):
            self.step(sql)
        return execute(sql, *args)

    def comes_to(self, work: Callable[[], object]) -> bool:
        mount(Graph(self))
        try:
            with connection.execute_wrapper(self):
                work()
        except Killed:
            return True
        finally:
            mount(SimulatorAdapter())
        return False


def work() -> None:
    sorting.sort_all()
    for contact in lanes.due():
        worker.run(contact)


def killed_at_every_step(clock: Any) -> Iterator[tuple[Phone, str]]:
    """A student who asked for a person, and before which step the worker was killed."""
    for step in count():
        john = Phone(number=f"23480312{step:05}")
        john.say("support")
        death = Death(at=step)
        if not death.comes_to(work):
            return
        yield john, death.came_before
        clock.shift(timedelta(hours=1))


def goes_on(john: Phone, clock: Any, *, with_ticks: bool) -> None:
    """Another worker, after the lease and then after the wait for an unconfirmed message."""
    for wait in (
        settings.WHATSAPP_LEASE,
        settings.WHATSAPP_RECONCILE_WAIT,
        settings.WHATSAPP_LEASE,
    ):
        clock.shift(wait + timedelta(seconds=1))
        work()
        if with_ticks:
            john.deliver_statuses()
            work()


def unfinished() -> list[str]:
    waiting = Message.objects.filter(status__in=UNFINISHED)
    return list(waiting.values_list("text", flat=True))


def test_with_metas_ticks_everything_is_done_once(clock):
    steps = []
    for john, step in killed_at_every_step(clock):
        steps.append(step)
        goes_on(john, clock, with_ticks=True)
        assert len(john.received) == 1, step
        assert SupportTicket.objects.filter(contact__phone=f"+{john.row.number}").count() == 1, step
        assert unfinished() == [], step
    assert len(steps) > 20
    for part in ("INSERT INTO", "whatsapp_contact", "POST http://graph.test"):
        assert any(part in step for step in steps), part


def test_without_them_it_comes_twice_only_if_the_kill_hid_that_it_was_taken(clock):
    hidden = 0
    for john, step in killed_at_every_step(clock):
        is_hidden = bool(john.received) and Message.objects.filter(status="sending").exists()
        goes_on(john, clock, with_ticks=False)
        assert len(john.received) == 1 + is_hidden, step
        assert unfinished() == [], step
        hidden += is_hidden
    assert hidden > 0
