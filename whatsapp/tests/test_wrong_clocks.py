"""A worker whose clock is wrong: leases mean little to it, the epoch of a lane does.

It may take a lane that is being worked in, or hold one that others think is free. Whoever lost the
lane writes nothing more; what was on its way to Meta is not sent by another.
"""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from structlog.testing import capture_logs

from whatsapp import inbox, lanes, sorting, worker
from whatsapp.lanes import LaneLost
from whatsapp.models import Contact, Message
from whatsapp.tests.lane import Interfering, Lane, calls, mount
from whatsapp.tests.threads import together

OPEN = ["queued", "sending", "waiting", "uncertain"]
TEN_MINUTES = timedelta(minutes=10)
RIGHT = timedelta(0)
# The clock of the worker that has the lane, and of the one that then looks for lanes that are due.
PAIRS = [(RIGHT, TEN_MINUTES), (-TEN_MINUTES, RIGHT)]
handled: list[str] = []


def remember(message: Message) -> bool:
    """A handler that takes its time; what is rolled back does not count."""
    time.sleep(0.01)
    transaction.on_commit(lambda: handled.append(message.text))
    return False


@contextmanager
def clock_of(skew: timedelta):
    with time_machine.travel(timezone.now() + skew, tick=False):
        yield


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=["one is ahead", "one is behind"])
def test_what_is_on_its_way_is_not_sent_by_who_takes_the_lane(
    clock, lane: Lane, first: timedelta, second: timedelta
):
    words = ["one", "two", "three"]
    lane.queue(*words)
    taken_over: list[bool] = []

    def meanwhile() -> None:
        with clock_of(second - first):
            taken_over.append(worker.run(lane.contact.pk))

    mount(Interfering(meanwhile))
    with clock_of(first):
        assert not worker.run(lane.contact.pk), "It has lost the lane to the other."
    assert taken_over[0]
    assert lane.read == ["one"]

    for _ in range(20):  # minutes in which both look for work
        for skew in (first, second):
            with clock_of(skew):
                lane.work()
        clock.shift(timedelta(minutes=1))
    assert lane.read == words
    assert calls() == 3


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=["one is ahead", "one is behind"])
def test_who_has_lost_the_lane_handles_nothing(
    clock, lane: Lane, settings, django_capture_on_commit_callbacks, first, second
):
    settings.WHATSAPP_MESSAGE_HANDLER = f"{__name__}.remember"
    handled.clear()
    lane.phone.say("hello")
    sorting.sort_all()
    with clock_of(first):
        slow = lanes.claim(lane.contact.pk)
    (message,) = inbox.waiting(slow)
    with django_capture_on_commit_callbacks(execute=True):
        with clock_of(second):
            assert worker.run(lane.contact.pk)
        with clock_of(first), pytest.raises(LaneLost):
            inbox._handle(slow, message)
    assert handled == ["hello"]


class Clocks(threading.local):
    """How far the clock of each thread is off."""

    skew = RIGHT


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_with_different_clocks_do_everything_once_and_in_order(
    settings, monkeypatch: pytest.MonkeyPatch
):
    settings.WHATSAPP_MESSAGE_HANDLER = f"{__name__}.remember"
    settings.WHATSAPP_RECONCILE_WAIT = timedelta(seconds=3)
    mount(Interfering(lambda: time.sleep(0.02)))  # long enough to lose a lane
    handled.clear()
    clocks, right = Clocks(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + clocks.skew)
    words = [str(number) for number in range(18)]
    person = Lane()
    person.queue(*words)
    for number, word in enumerate(words):
        person.phone.say(word, at=right() - timedelta(seconds=60 - number))
    sorting.sort_all()
    Contact.objects.update(due_at=right() - timedelta(hours=1))  # by everybody's clock

    def work(skew: timedelta, late: float = 0) -> None:
        time.sleep(late)
        clocks.skew = skew
        until = time.monotonic() + 60
        while Message.objects.filter(status__in=OPEN).exists() and time.monotonic() < until:
            if not sum(map(worker.run, lanes.due())):
                time.sleep(0.05)

    with capture_logs() as logs:
        together(
            partial(work, -TEN_MINUTES),
            partial(work, RIGHT, late=0.05),
            partial(work, TEN_MINUTES, late=0.1),
        )
    assert [log for log in logs if log["event"] == "lane_lost"]
    assert handled == person.read == words


def test_what_a_clock_that_is_ahead_spent_holds_up_nobody(clock, db):
    ahead, other = Lane("2348000000001"), Lane("2348000000002")
    ahead.queue("one")
    other.queue("two")
    with clock_of(TEN_MINUTES):
        assert worker.run(ahead.contact.pk)
    clock.shift(1)
    worker.run(other.contact.pk)

    assert (ahead.read, other.read) == (["one"], ["two"])
