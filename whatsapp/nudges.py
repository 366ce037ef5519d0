"""Nudging workers. A nudge may be lost: the sweep finds whatever is due."""

import threading
import time
from collections.abc import Sequence
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerError

log = structlog.get_logger(__name__)

MOST_LANES = 8  # of one nudge
SORTING_PAUSE = 0.5  # seconds; one nudge stands for all webhooks of that time


def nudge(task: str, *args: Any) -> None:
    """Ask a worker to run `task`; a broker that is away costs the sweep's interval, no more."""
    try:
        current_app.send_task(task, args=args, retry=False, expires=60)
    except (BrokerError, OSError) as error:
        log.warning("nudge_lost", task=task, error=str(error))


class Gathered:
    """A nudge that many ask for: the first goes at once; all that follow within `pause` are one."""

    def __init__(self, task: str, pause: float) -> None:
        self.task, self.pause = task, pause
        self.lock = threading.Lock()
        self.next_at = 0.0  # on the monotonic clock
        self.is_coming = False

    def ask(self, *, at_once: bool = True) -> None:
        """Without `at_once` it waits for a pause, even if none went lately."""
        with self.lock:
            now = time.monotonic()
            begins = max(self.next_at, now if at_once else now + self.pause)
            wait = begins - now
            if self.is_coming:
                return
            self.is_coming = wait > 0
            self.next_at = begins + self.pause
        if wait > 0:
            timer = threading.Timer(wait, self._go)
            timer.daemon = True
            timer.start()
        else:
            nudge(self.task)

    def _go(self) -> None:
        with self.lock:
            self.is_coming = False
        nudge(self.task)


_sorting = Gathered("whatsapp.tasks.sort", SORTING_PAUSE)


def nudge_sorting(*, at_once: bool = True) -> None:
    _sorting.ask(at_once=at_once)


def nudge_lane(contact_id: int) -> None:
    nudge("whatsapp.tasks.run_lane", contact_id)


def nudge_lanes(contact_ids: Sequence[int]) -> None:
    """Spread the lanes over as many nudges as a worker follows at once, at most MOST_LANES each.

    Fewer nudges cost less, as each is a task; but a worker takes the lanes of one nudge one after
    the other.
    """
    places = max(settings.CELERY_WORKER_CONCURRENCY, 1)  # 0 lets Celery count the processors
    size = min(-(-len(contact_ids) // places), MOST_LANES) or 1
    for start in range(0, len(contact_ids), size):
        nudge("whatsapp.tasks.run_lane", *contact_ids[start : start + size])


def nudge_media_later() -> None:
    """Once the transaction is committed, have waiting files fetched."""
    transaction.on_commit(lambda: nudge("whatsapp.tasks.fetch_media"))
