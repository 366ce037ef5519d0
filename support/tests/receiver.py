"""A real receiver of webhooks: an HTTP server on loopback that keeps what it is sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook

from support.events import publishing
from support.models import WebhookEndpoint
from support.webhooks import delivering, leases


class Receiver:
    """Answers `status` to everything; `refuse` decides by the event, `headers` go with it."""

    def __init__(self, address: str) -> None:
        self.url = address
        self.status = 200
        self.refuse: Any = lambda _event: False
        self.headers: dict[str, str] = {}
        self.answer = b"thanks"
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.taken: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def hear(self, headers: dict[str, str], body: bytes) -> int:
        with self._lock:
            self.calls.append((headers, body))
            event = json.loads(body)
            status = 500 if self.refuse(event) else self.status
            if status < 300:
                self.taken.append(event)
            return status

    @property
    def ids(self) -> list[int]:
        return [event["id"] for event in self.taken]

    def verify(self, secret: str) -> None:
        """With the public library: raises WebhookVerificationError for any call not ours."""
        for headers, body in self.calls:
            Webhook(secret).verify(body.decode(), headers)


@contextmanager
def listening() -> Iterator[Receiver]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.receiver = Receiver(f"http://127.0.0.1:{server.server_port}/hooks?from=edubot")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.receiver  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        headers["path"] = self.path
        self.send_response(receiver.hear(headers, body))
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(receiver.answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def endpoint(receiver: Receiver, *types: str) -> WebhookEndpoint:
    return WebhookEndpoint.objects.create(url=receiver.url, name="CRM", event_types=list(types))


def deliver() -> int:
    """What the sweep and the workers do."""
    publishing.publish()
    return sum(map(delivering.deliver, leases.with_work()))
