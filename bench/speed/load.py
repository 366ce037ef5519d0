"""Sending prepared requests: as fast as they are answered, or at a fixed rate."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

CONNECTIONS = 16
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)

T = TypeVar("T")


@dataclass(slots=True)
class Result:
    """Seconds that each request took, and how many were not answered 200."""

    took: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    def percentile(self, part: float) -> float:
        """Milliseconds within which `part` of the requests were answered."""
        ordered = sorted(self.took) or [0.0]
        return round(1000 * ordered[min(int(part * len(ordered)), len(ordered) - 1)], 1)


class Line:
    """One open connection. A server that recycles its worker closes it; then it is opened again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def ask(self, request: bytes) -> int:
        """The HTTP status of the answer; 0 if there was none."""
        for _ in range(2):
            try:
                return self._ask(request)
            except OSError:
                self.socket = None
        return 0

    def _ask(self, request: bytes) -> int:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        head, body = self._received(b""), b""
        while b"\r\n\r\n" not in head:
            head = self._received(head)
        head, _, body = head.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        while length and len(body) < int(length[1]):
            body = self._received(body)
        if b"onnection: close" in head:
            self.socket = None
        return int(head[9:12])

    def _received(self, before: bytes) -> bytes:
        assert self.socket is not None
        part = self.socket.recv(4096)
        if not part:
            raise ConnectionResetError
        return before + part


def flat_out(port: int, requests: Iterable[bytes]) -> Result:
    """All of them, each connection sending its next when the last was answered."""
    result, source, lock = Result(), iter(requests), threading.Lock()
    began = time.monotonic()
    _each(lambda line: _send(line, _shared(source, lock), result), port)
    result.seconds = time.monotonic() - began
    return result


def at_rate(port: int, requests: Iterable[bytes], rate: float) -> Result:
    """One every 1/`rate` seconds, however slow the answers are; lateness counts as time taken."""
    result, source, lock = Result(), iter(enumerate(requests)), threading.Lock()
    began = time.monotonic()

    def send(line: Line) -> None:
        for number, request in _shared(source, lock):
            due = began + number / rate
            time.sleep(max(due - time.monotonic(), 0))
            _note(result, line.ask(request), time.monotonic() - due)

    _each(send, port)
    result.seconds = time.monotonic() - began
    return result


def _send(line: Line, requests: Iterator[bytes], result: Result) -> None:
    for request in requests:
        sent = time.monotonic()
        _note(result, line.ask(request), time.monotonic() - sent)


def _note(result: Result, status: int, took: float) -> None:
    if status == 200:
        result.took.append(took)
    else:
        result.failed += 1


def _shared(source: Iterator[T], lock: threading.Lock) -> Iterator[T]:
    while True:
        with lock:
            try:
                item = next(source)
            except StopIteration:
                return
        yield item


def _each(work: Callable[[Line], None], port: int) -> None:
    threads = [
        threading.Thread(target=work, args=(Line(port),), daemon=True) for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        with suppress(RuntimeError):
            thread.join()
