"""A receiver that answers a letter at a time, for ever, keeps nothing of ours busy."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from support.webhooks import client
from support.webhooks.client import Request

HEADERS = b"HTTP/1.1 200 OK\r\nX-Long: "
BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"


@pytest.fixture
def dripping() -> Iterator[list[bytes]]:
    """A server that sends what the list holds, then one letter after the other. Its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    begins: list[bytes] = [str(listener.getsockname()[1]).encode()]
    threading.Thread(target=_serve, args=(listener, begins), daemon=True).start()
    yield begins
    listener.close()


def _serve(listener: socket.socket, begins: list[bytes]) -> None:
    with suppress(OSError):
        while True:
            caller, _ = listener.accept()
            threading.Thread(target=_drip, args=(caller, begins[1]), daemon=True).start()


def _drip(caller: socket.socket, beginning: bytes) -> None:
    with suppress(OSError), caller:
        caller.sendall(beginning)
        while True:
            caller.sendall(b"x")
            time.sleep(0.05)


def busy() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("webhook")]


@pytest.mark.parametrize("beginning", [b"", HEADERS, BODY])
def test_a_receiver_that_drips_is_hung_up_on(dripping, settings, monkeypatch, beginning):
    settings.DEBUG, settings.WEBHOOK_PRIVATE_ADDRESSES = True, True
    monkeypatch.setattr(client, "PATIENCE", 0.5)
    dripping.append(beginning)

    request = Request(f"http://127.0.0.1:{dripping[0].decode()}/", {}, b"{}")
    (outcome,) = client.post_all([request])

    assert outcome.error
    until = time.monotonic() + 5
    while busy() and time.monotonic() < until:
        time.sleep(0.05)
    assert busy() == []
