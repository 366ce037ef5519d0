"""Changing to new code under a steady stream of webhooks: none is refused, late or lost.

The new code takes long to come up. Whoever answers nothing until then is found out by the client,
which waits no longer than that.
"""

import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import pytest
import requests

from edubot.tests.stack import Stack, eventually
from whatsapp.signature import sign

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]

SECRET = "simulated-app-secret"
SENDERS, RESTARTS = 4, 2
BOOT_SECONDS = 8  # what importing the project takes at least, here
SLOW_SETTINGS = f"""
import sys, time

if "gunicorn" in sys.argv[0]:
    time.sleep({BOOT_SECONDS})
from edubot.settings import *
"""


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    (tmp_path / "slow_settings.py").write_text(SLOW_SETTINGS)
    environment = {
        "WEB_CONCURRENCY": "2",
        "PYTHONPATH": f"{tmp_path}",
        "DJANGO_SETTINGS_MODULE": "slow_settings",
    }
    url = f"sqlite:///{tmp_path}/db.sqlite3"
    with Stack(tmp_path, url, "filesystem://", ("web",), **environment) as running:
        yield running


def post(url: str, number: int) -> int | str:
    """What comes of a webhook: its status, or how the connection failed."""
    body = b'{"number": %d}' % number
    try:
        headers = {"X-Hub-Signature-256": sign(body, SECRET)}
        return requests.post(
            f"{url}/webhooks/whatsapp", body, headers=headers, timeout=BOOT_SECONDS
        ).status_code
    except requests.RequestException as error:
        return repr(error)


@contextmanager
def stream(url: str) -> Iterator[list[int | str]]:
    """Webhooks without a pause until the block ends; what came of them."""
    came: list[int | str] = []
    numbers, done = count(), threading.Event()

    def send() -> None:
        while not done.is_set():
            came.append(post(url, next(numbers)))

    senders = [threading.Thread(target=send) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    try:
        yield came
    finally:
        done.set()
        for sender in senders:
            sender.join()


def reload(stack: Stack) -> None:
    """SIGHUP, as `systemctl reload` sends it, and wait for the last of the old processes."""
    old = set(stack.children("web"))
    os.kill(stack.running["web"].pid, signal.SIGHUP)
    eventually(lambda: _has_changed(set(stack.children("web")), old), 60, "new web processes")


def _has_changed(now: set[int], old: set[int]) -> bool:
    return len(now) == len(old) and not now & old


def stored(stack: Stack) -> int:
    with closing(sqlite3.connect(stack.folder / "db.sqlite3")) as database:
        [[found]] = database.execute("SELECT COUNT(*) FROM whatsapp_receipt")
    return int(found)


def test_a_reload_refuses_delays_and_loses_no_webhook(stack: Stack):
    with stream(stack.url) as came:
        for _ in range(RESTARTS):
            before = len(came)
            reload(stack)
            eventually(lambda before=before: len(came) > before + 20, 5, "webhooks go on")
    assert set(came) == {200}
    assert stored(stack) == len(came)
