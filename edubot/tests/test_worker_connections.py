"""A worker process keeps its database connection between tasks, as long as it is fit for use."""

import time
from collections.abc import Callable

import pytest
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import task_postrun, task_prerun
from django.db import connection

from edubot.celery import app
from whatsapp.tasks import sweep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run_a_task() -> Callable[[], None]:
    """What happens around every task of a worker."""
    fixup = DjangoWorkerFixup(app)

    def run() -> None:
        fixup.on_task_prerun(sweep)
        task_prerun.send(sender=sweep, task_id="1", task=sweep)
        fixup.on_task_postrun(sweep)
        task_postrun.send(sender=sweep, task_id="1", task=sweep)

    return run


@pytest.fixture
def closed(monkeypatch) -> list[bool]:
    """What closes the connection leaves a mark here (one to a database in memory never closes)."""
    marks: list[bool] = []
    connection.ensure_connection()
    monkeypatch.setattr(connection, "close", lambda: marks.append(True))
    return marks


def test_tasks_share_a_connection(run_a_task, closed, monkeypatch):
    monkeypatch.setattr(connection, "close_at", None, raising=False)
    run_a_task()
    assert not closed


def test_a_connection_that_is_too_old_is_closed(run_a_task, closed, monkeypatch):
    monkeypatch.setattr(connection, "close_at", time.monotonic() - 1, raising=False)
    run_a_task()
    assert closed
