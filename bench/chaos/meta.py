"""Meta as a process of its own: the simulator's Graph over real sockets, and its webhooks.

It keeps its own database, so that its log of accepted messages stays true whatever happens to the
product's.
"""

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests
from django.db import DatabaseError, connection
from django.db.models import F
from django.db.models.functions import Mod
from django.test import RequestFactory
from django.utils import timezone

from whatsapp.management.commands.simulator import post
from whatsapp.simulator import delivery, graph, outbox
from whatsapp.simulator.models import Misbehaviour, SimulatedWebhook

POSTERS = 4  # threads that post webhooks, as Meta posts many at once
LOOKS_EVERY = 0.05  # seconds
STORM = {
    "error_500_percent": 5,
    "error_429_percent": 5,
    "accept_then_hang_percent": 3,
    "hang_seconds": 2.5,  # beyond the client's patience (bench/settings.py)
    "refuse_connection_percent": 1,
    "duplicate_webhooks_percent": 5,
    "shuffle_webhooks": True,
    "reads_messages": False,
}


class Handler(BaseHTTPRequestHandler):
    """One connection of EduBot's to Graph."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            return  # the worker was killed while it spoke
        headers = {key: value for key, value in self.headers.items() if key != "Content-Type"}
        request = RequestFactory(headers=headers).generic(
            self.command, "/", body, content_type=self.headers.get("Content-Type", "")
        )
        try:
            answer = graph.answer(request, self.path.strip("/"))
        except graph.ConnectionDroppedError:
            self.close_connection = True
            return
        time.sleep(answer.delay)
        self.send_response(answer.response.status_code)
        for name, value in answer.response.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.response.content)))
        self.end_headers()
        self.wfile.write(answer.response.content)

    do_GET = do_POST  # noqa: N815 - http.server's form

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the worker at the other end was killed, or has lost patience
        finally:
            connection.close()

    def log_message(self, *_: Any) -> None:
        """SimulatedCall rows are the log."""


class Meta:
    """Graph on a port of its own, and threads that post what webhooks are due."""

    def __init__(self, seed: int) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.over = threading.Event()
        self.failures: list[int] = []  # HTTP statuses of webhooks that were not taken
        dice = random.Random(seed)
        outbox.chance = lambda percent: dice.random() * 100 < percent  # the run's own dice

    def start(self) -> None:
        _in_background(self.server.serve_forever)
        for number in range(POSTERS):
            _in_background(partial(self._post_due, number))

    def stop(self) -> None:
        self.over.set()
        self.server.shutdown()

    def be(self, **switches: Any) -> None:
        """Misbehave so; without switches be good."""
        Misbehaviour(pk=1, **({"reads_messages": False} | switches)).save()

    def _post_due(self, number: int) -> None:
        with requests.Session() as session:
            while not self.over.wait(LOOKS_EVERY):
                due = SimulatedWebhook.objects.alias(share=Mod(F("id"), POSTERS))
                try:
                    delivery.deliver(
                        due.filter(share=number, due_at__lte=timezone.now()),
                        partial(self._post, session),
                    )
                except DatabaseError:
                    connection.close()

    def _post(self, session: requests.Session, body: bytes, signature: str) -> int:
        status = post(session, body, signature)
        if status != 200:
            self.failures.append(status)
        return status


def _in_background(work: Callable[[], object]) -> None:
    threading.Thread(target=work, daemon=True).start()
