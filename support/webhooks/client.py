"""The only module that talks to receivers of webhooks.

It uses urllib3 itself, not `requests`: the connection must go to the IP that was checked, which
proxies from the environment and redirects would get around.
"""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from socket import SHUT_RDWR
from typing import Any

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from support.webhooks import addresses
from support.webhooks.addresses import AddressRefused, Target
from whatsapp.transactions import refuse_inside_transaction

TIMEOUT = Timeout(connect=4, read=8)  # seconds
PATIENCE = 15  # seconds for all of a batch, however slowly a receiver answers: under a lease
KEPT = 2000  # bytes of an answer
Lines = list[HTTPConnection]  # that are open, or were
GONE = 410


@dataclass(frozen=True, slots=True)
class Request:
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call: a status with the beginning of the answer, or why there is none."""

    status: int | None = None
    answer: str = ""
    error: str = ""
    milliseconds: int = 0

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """The receiver wants nothing more, as Standard Webhooks has it."""
        return self.status == GONE


def post_all(requests: list[Request]) -> list[Outcome]:
    """Post them at the same time; their outcomes in order, none later than PATIENCE."""
    refuse_inside_transaction("A receiver of webhooks")
    pool = ThreadPoolExecutor(len(requests), thread_name_prefix="webhook")
    lines: Lines = []
    calls = [pool.submit(post, request, lines) for request in requests]
    done, late_calls = wait(calls, timeout=PATIENCE)
    pool.shutdown(wait=False, cancel_futures=True)
    if late_calls:
        _hang_up(lines)
    late = Outcome(error=f"No answer within {PATIENCE} seconds.", milliseconds=PATIENCE * 1000)
    return [call.result() if call in done else late for call in calls]


def _hang_up(lines: Lines) -> None:
    """Close the connections: a receiver that sends a byte now and then would keep our threads."""
    for line in lines:
        with suppress(OSError):  # it has ended by itself
            if sock := line.sock:  # its thread may let go of it meanwhile
                sock.shutdown(SHUT_RDWR)


def post(request: Request, lines: Lines) -> Outcome:
    """One call, whose connection is put into `lines`. Redirects are not followed: they are an
    answer like any other that is not 2xx.
    """
    started = time.monotonic()

    def took() -> int:
        return int((time.monotonic() - started) * 1000)

    try:
        target = addresses.resolve(request.url)
        status, answer = _call(target, request, lines)
    except AddressRefused as error:
        return Outcome(error=str(error), milliseconds=took())
    except (HTTPError, OSError, UnicodeError) as error:
        return Outcome(error=f"{type(error).__name__}: {error}"[:KEPT], milliseconds=took())
    return Outcome(status, answer, "" if status < 300 else _meaning(status), took())


def _call(target: Target, request: Request, lines: Lines) -> tuple[int, str]:
    headers = {**request.headers, "Host": target.netloc}
    with _pool(target) as pool:
        pool.ConnectionCls = partial(_connect, pool.ConnectionCls, lines)  # type: ignore[assignment]
        response = pool.urlopen(
            "POST",
            target.path,
            body=request.body,
            headers=headers,
            redirect=False,
            retries=False,
            timeout=TIMEOUT,
            preload_content=False,
            decode_content=False,
        )
        try:
            return response.status, _beginning(response)
        finally:
            response.close()


def _connect(kind: Any, lines: Lines, **options: Any) -> HTTPConnection:
    line: HTTPConnection = kind(**options)
    lines.append(line)
    return line


def _pool(target: Target) -> HTTPConnectionPool:
    """One connection to the checked IP; TLS is checked for the name."""
    if target.scheme == "http":
        return HTTPConnectionPool(target.ip, target.port)
    tls: dict[str, Any] = {"server_hostname": target.host, "assert_hostname": target.host}
    return HTTPSConnectionPool(
        target.ip, target.port, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(), **tls
    )


def _beginning(response: BaseHTTPResponse) -> str:
    """The answer's first bytes, as text that every database takes."""
    text = response.read(KEPT).decode("utf-8", "replace")
    return text.replace("\x00", "�")


def _meaning(status: int) -> str:
    if status < 400:
        return "The receiver redirects; redirects are not followed. Enter the final address."
    return f"The receiver answered {status}; only 2xx counts as received."
