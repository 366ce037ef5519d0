"""Blue ticks cost nobody time: neither the student's next message nor anybody else's."""

import threading
from collections.abc import Iterator

import pytest
import structlog

from whatsapp import client, courtesies, sorting
from whatsapp.simulator import delivery, student
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests.lane import Lane

beside = courtesies.beside  # before a fixture of all tests replaces it
SOON = 5  # seconds


class Slow:
    """A call that takes as long as it is held."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.ended = (threading.Event() for _ in range(3))
        self.known: dict[str, object] = {}

    def __call__(self) -> None:
        self.known = structlog.contextvars.get_contextvars()
        self.begun.set()
        assert self.may_end.wait(SOON)
        self.ended.set()


@pytest.fixture
def slow() -> Iterator[list[Slow]]:
    """As many as there are places, begun; all have ended when the test has."""
    calls = [Slow() for _ in range(courtesies.PLACES)]
    yield calls
    for call in calls:
        call.may_end.set()
        assert not call.begun.is_set() or call.ended.wait(SOON)


def test_nobody_waits_for_it(slow: list[Slow]):
    beside(slow[0])

    assert slow[0].begun.wait(SOON)
    assert not slow[0].ended.is_set()


def test_what_it_logs_belongs_to_the_work(slow: list[Slow]):
    with structlog.contextvars.bound_contextvars(task="t1"):
        beside(slow[0])
        assert slow[0].begun.wait(SOON)

    assert slow[0].known["task"] == "t1"


def test_when_all_places_are_taken_it_is_made_at_once_and_not_left_out(slow: list[Slow]):
    for call in slow:
        beside(call)
    made = []
    beside(lambda: made.append(threading.current_thread()))

    assert made == [threading.current_thread()]


def test_where_no_thread_can_be_begun_it_is_made_at_once(monkeypatch):
    """A machine may have no thread left, and a process that ends begins none."""

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    made = []
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(threading.Thread, "start", refuse)
        for _ in range(2 * courtesies.PLACES):
            beside(lambda: made.append(threading.current_thread()))
    assert made == [threading.current_thread()] * 2 * courtesies.PLACES

    slow = Slow()
    beside(slow)  # would wait here if all places were still taken
    assert slow.begun.wait(SOON)
    slow.may_end.set()
    assert slow.ended.wait(SOON)


def test_one_that_fails_gives_its_place_back(monkeypatch):
    ended = threading.Semaphore(0)
    monkeypatch.setattr(threading, "excepthook", lambda _: ended.release())

    def fail() -> None:
        raise ValueError("no manners")

    for _ in range(3 * courtesies.PLACES):
        beside(fail)
        assert ended.acquire(timeout=SOON)


def test_a_lane_is_free_before_the_ticks_are_there(lane: Lane, slow: list[Slow], monkeypatch):
    monkeypatch.setattr(courtesies, "beside", beside)
    monkeypatch.setattr(client, "mark_read", lambda _body: slow[0]())
    student.say(lane.phone.row, "menu")
    delivery.deliver(SimulatedWebhook.objects.exclude(due_at=None), lane.phone.post)
    sorting.sort_all()

    assert lane.work()

    lane.contact.refresh_from_db()
    assert lane.contact.lease_until is None
    assert len(lane.read) == 1
    assert slow[0].begun.wait(SOON)
