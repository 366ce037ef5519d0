"""A transport for `requests` that answers from the simulator, inside the same process.

A test mounts one on `settings.WHATSAPP_GRAPH_URL`, another on `settings.PAYSTACK_URL`; nothing is
faked but the network.
"""

import io
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from requests.adapters import BaseAdapter

from whatsapp.simulator import graph
from whatsapp.simulator.paystack import api as paystack_api

Timeout = float | tuple[float | None, float | None] | None


class SimulatorAdapter(BaseAdapter):
    """Raises what `requests` raises: ConnectTimeout before anything happened, ReadTimeout after
    the message was accepted."""

    def send(
        self, request: requests.PreparedRequest, *_: Any, timeout: Timeout = None, **__: Any
    ) -> requests.Response:
        try:
            with closing(_received(request)) as received:
                answer = graph.answer(received, _path(request, settings.WHATSAPP_GRAPH_URL))
        except graph.ConnectionDroppedError as error:
            raise requests.ConnectTimeout("The simulated Meta is away.", request=request) from error
        if answer.hangs or answer.delay > _read_timeout(timeout):
            raise requests.ReadTimeout("The simulated Meta does not answer.", request=request)
        return _response(request, answer.response)

    def close(self) -> None:
        """Nothing is held open."""


class PaystackAdapter(BaseAdapter):
    """The simulated Paystack, however long it is waited for."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        with closing(_received(request)) as received:
            answer = paystack_api.answer(received, _path(request, settings.PAYSTACK_URL))
        return _response(request, answer)

    def close(self) -> None:
        """Nothing is held open."""


def _path(request: requests.PreparedRequest, base_url: str) -> str:
    base = urlsplit(base_url).path.rstrip("/")
    return urlsplit(request.url or "").path.removeprefix(base).strip("/")


def _received(request: requests.PreparedRequest) -> Any:
    """The request as Django would have received it."""
    headers = {key: value for key, value in request.headers.items() if key != "Content-Type"}
    return RequestFactory(headers=headers).generic(
        request.method or "GET",
        "/?" + urlsplit(request.url or "").query,
        _bytes(request.body),
        content_type=request.headers.get("Content-Type", ""),
    )


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes):
        return body
    content: bytes = body.read() if hasattr(body, "read") else b"".join(body)
    return content


def _read_timeout(timeout: Timeout) -> float:
    read = timeout[1] if isinstance(timeout, tuple) else timeout
    return float("inf") if read is None else read


def _response(request: requests.PreparedRequest, answer: HttpResponse) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status_code
    response.reason = answer.reason_phrase
    response.headers.update(answer.headers)
    response.raw = io.BytesIO(answer.content)
    response.url = request.url or ""
    response.request = request
    response.encoding = "utf-8"
    return response
