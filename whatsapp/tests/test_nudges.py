"""Nudges are few: one for many webhooks, none that is probably on its way, none for nothing."""

import time
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from whatsapp import lanes, tasks, worker
from whatsapp.models import Contact
from whatsapp.nudges import Gathered, nudge_lanes
from whatsapp.tests.clock import MORNING
from whatsapp.tests.lane import Lane, status

TASK = "whatsapp.tasks.of_this_test"


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The names of the tasks that the broker was given."""
    given: list[str] = []

    def send_task(task: str, **_: object) -> None:
        if task != "whatsapp.tasks.sort":  # one may be on its way from another test
            given.append(task)

    monkeypatch.setattr(current_app, "send_task", send_task)
    return given


def test_the_first_nudge_goes_at_once(sent: list[str]):
    Gathered(TASK, pause=60).ask()
    assert sent == [TASK]


def test_a_hundred_in_a_moment_become_two(sent: list[str]):
    gathered = Gathered(TASK, pause=0.5)
    for _ in range(100):
        gathered.ask()
    assert sent == [TASK]
    time.sleep(0.8)
    assert sent == [TASK] * 2, "What came after the first nudge must not be forgotten."


def test_one_that_may_wait_goes_after_a_pause(sent: list[str]):
    gathered = Gathered(TASK, pause=0.2)
    gathered.ask(at_once=False)
    gathered.ask()
    assert sent == []
    time.sleep(0.5)
    assert sent == [TASK], "One stands for both."


def test_after_a_rest_the_next_one_goes_at_once_again(sent: list[str]):
    gathered = Gathered(TASK, pause=0.01)
    gathered.ask()
    time.sleep(0.05)
    gathered.ask()
    assert sent == [TASK] * 2


def test_a_late_nudge_costs_one_statement(lane: Lane):
    (message,) = lane.queue("Good morning")
    tasks.run_lane(lane.contact.pk)
    assert status(message) == "accepted"

    with CaptureQueriesContext(connection) as captured:
        tasks.run_lane(lane.contact.pk)
    assert [query["sql"][:6] for query in captured if "SAVEPOINT" not in query["sql"]] == ["SELECT"]


def test_a_lane_that_stays_due_is_nudged_again_but_not_by_every_sweep(lane: Lane):
    with time_machine.travel(MORNING, tick=False) as clock:
        Contact.objects.filter(pk=lane.contact.pk).update(due_at=timezone.now())
        nudged = []
        for interval in range(40):
            if lanes.to_nudge(tasks.SWEEPS_EVERY):
                nudged.append(interval)
            clock.shift(tasks.SWEEPS_EVERY)
    assert nudged == [0, 1, 2, 4, 8, 16, 24, 32]


def test_a_lane_that_is_not_due_yet_is_not_nudged(lane: Lane):
    later = timezone.now() + timedelta(seconds=30)
    Contact.objects.filter(pk=lane.contact.pk).update(due_at=later)
    assert lanes.to_nudge(tasks.SWEEPS_EVERY) == []
    assert not worker.run(lane.contact.pk, if_due=True)


@pytest.mark.parametrize(("lanes", "nudges"), [(0, 0), (3, 3), (4, 4), (5, 3), (8, 4), (203, 26)])
def test_many_lanes_share_as_many_nudges_as_a_worker_follows_at_once(
    monkeypatch, settings, lanes, nudges
):
    settings.CELERY_WORKER_CONCURRENCY = 4
    given: list[tuple[int, ...]] = []
    monkeypatch.setattr(current_app, "send_task", lambda _, args, **__: given.append(args))
    nudge_lanes(range(lanes))
    assert sorted(one for share in given for one in share) == list(range(lanes))
    assert len(given) == nudges


def test_where_celery_counts_the_processors_itself_lanes_are_nudged_too(settings, sent: list[str]):
    settings.CELERY_WORKER_CONCURRENCY = 0
    nudge_lanes([1, 2])
    assert sent == ["whatsapp.tasks.run_lane"]


def test_one_nudge_for_several_lanes_runs_them_all(db):
    people = [Lane(f"23480{number:08}") for number in range(3)]
    messages = [person.queue("Good morning")[0] for person in people]
    tasks.run_lane(*(person.contact.pk for person in people))
    assert [status(message) for message in messages] == ["accepted"] * 3
