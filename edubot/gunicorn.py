"""How gunicorn serves EduBot; https://docs.gunicorn.org/en/stable/settings.html names each setting.

Threads, because a request mostly waits for the database; workers are recycled so that memory
stays flat; a stopping worker gets half a minute to finish what it has begun.

On SIGHUP gunicorn stops the old workers as soon as the new ones are forked, which then still have
to import the project: nobody would answer for that long. Ours answer on until a new one can.
"""

import os
import time
from multiprocessing import Value
from threading import Thread
from types import FrameType

from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

SUCCESSOR_SECONDS = 60  # the longest that a worker waits for new ones to come up


class Handover:
    """What the workers of one gunicorn, whatever their code, know of each other's ages."""

    def __init__(self) -> None:
        self.forked, self.ready = Value("L", 0), Value("L", 0)

    @property
    def is_done(self) -> bool:
        return bool(self.ready.value >= self.forked.value)

    def wait_no_longer_for(self, age: int) -> None:
        with self.ready.get_lock():
            self.ready.value = max(self.ready.value, age)


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Goes, when it is told to, once the youngest worker can answer."""

    handover: Handover
    is_leaving = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.is_leaving:
            self.is_leaving = True
            Thread(target=self._leave, args=(sig, frame), daemon=True).start()

    def _leave(self, sig: int, frame: FrameType | None) -> None:
        latest = time.monotonic() + SUCCESSOR_SECONDS
        while not self.handover.is_done and time.monotonic() < latest:
            time.sleep(0.1)
        super().handle_exit(sig, frame)


def pre_fork(server: Arbiter, worker: PatientWorker) -> None:
    if not hasattr(server, "handover"):  # the first, or started before there was one
        server.handover = Handover()
    worker.handover = server.handover
    worker.handover.forked.value = worker.age


def post_worker_init(worker: PatientWorker) -> None:
    worker.handover.wait_no_longer_for(worker.age)


def worker_exit(_server: Arbiter, worker: PatientWorker) -> None:
    worker.handover.wait_no_longer_for(worker.age)  # it may never have come up


workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = PatientWorker
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 30
keepalive = 5
max_requests = 200_000
max_requests_jitter = 50_000
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 # nosec B108
accesslog = None
errorlog = "-"
