"""The Celery app. Tasks carry ids only and may be lost, repeated or reordered without harm."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from celery import Celery, Task
from celery.signals import task_postrun, task_prerun, worker_ready
from django.db import close_old_connections

from edubot import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edubot.settings")
broker.use()

app = Celery("edubot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(CELERY_DB_REUSE_MAX=sys.maxsize)  # it would open one for every task
app.autodiscover_tasks()


@app.on_after_configure.connect
def _make_folders(sender: Celery, **_: object) -> None:
    """The folders of the first look's broker (`filesystem://`) and of beat's schedule."""
    options = sender.conf.broker_transport_options
    for name in ("data_folder_in", "control_folder"):
        if folder := options.get(name):
            Path(folder).mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # only beat needs it, and would say so
        Path(sender.conf.beat_schedule_filename).parent.mkdir(parents=True, exist_ok=True)


@worker_ready.connect
def _learn_templates(**_: object) -> None:
    """A new installation offers templates at once, not after beat's first hour."""
    from whatsapp.nudges import nudge

    nudge("whatsapp.tasks.sync_templates")


@task_prerun.connect
@task_postrun.connect
def _mind_connections(task: "Task[Any, Any]", **_: object) -> None:
    """As between two requests: a connection is kept unless it is old or broken."""
    if not task.request.is_eager:
        close_old_connections()
