"""Changing to new code under a steady stream of webhooks: none is refused, none is lost."""

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


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    url = f"sqlite:///{tmp_path}/db.sqlite3"
    with Stack(tmp_path, url, "filesystem://", ("web",), WEB_CONCURRENCY="2") as running:
        yield running


def post(url: str, number: int) -> int | str:
    """What comes of a webhook: its status, or how the connection failed."""
    body = b'{"number": %d}' % number
    try:
        headers = {"X-Hub-Signature-256": sign(body, SECRET)}
        return requests.post(
            f"{url}/webhooks/whatsapp", body, headers=headers, timeout=10
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
    eventually(lambda: _has_changed(set(stack.children("web")), old), 20, "new web processes")


def _has_changed(now: set[int], old: set[int]) -> bool:
    return len(now) == len(old) and not now & old


def stored(stack: Stack) -> int:
    with closing(sqlite3.connect(stack.folder / "db.sqlite3")) as database:
        [[found]] = database.execute("SELECT COUNT(*) FROM whatsapp_receipt")
    return int(found)


def test_a_reload_refuses_and_loses_no_webhook(stack: Stack):
    with stream(stack.url) as came:
        for _ in range(RESTARTS):
            before = len(came)
            reload(stack)
            eventually(lambda before=before: len(came) > before + 20, 5, "webhooks go on")
    assert set(came) == {200}
    assert stored(stack) == len(came)
