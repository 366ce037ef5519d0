"""The only module that talks to Meta's Graph API.

What can come of a call is one of four: accepted; refused with Meta's code; not sent, because the
connection failed before the request left; unconfirmed, because it failed after. The last must
never be repeated blindly: Graph has no idempotency key.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from ssl import SSLCertVerificationError
from typing import IO, Any

import requests
from django.conf import settings
from requests.exceptions import (
    InvalidHeader,
    InvalidJSONError,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
)
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)

from whatsapp import sessions
from whatsapp.errors import Failure, classify
from whatsapp.transactions import refuse_inside_transaction

NEVER_LEFT = (
    ConnectTimeoutError,
    NewConnectionError,
    NameResolutionError,
    SSLCertVerificationError,
)
UNWRITABLE = (InvalidHeader, InvalidJSONError, InvalidSchema, InvalidURL, MissingSchema)
Timeout = tuple[float, float]  # seconds to connect, to answer
COURTESY: Timeout = (2, 4)  # for what nobody waits for
_ASKED = re.compile(r"\?[^\s)'\"]+")  # the query of an address
TOO_MANY_REQUESTS = 429
THROUGHPUT_REACHED = 130429
SERVICE_UNAVAILABLE = 131016
PAGE, MOST_PAGES = 100, 100  # of templates; an account has 6000 at most


class NotSent(Exception):
    """The request never left: safe to try again."""


class Unconfirmed(Exception):
    """The request left and no usable answer came: Meta may have accepted it."""


class Refused(Exception):
    """Graph said no; `failure` says what that means."""

    def __init__(self, failure: Failure, details: str = "") -> None:
        super().__init__(f"{failure.code}: {details or failure.sentence}")
        self.failure = failure


FAILURES = (NotSent, Unconfirmed, Refused)


@lru_cache(maxsize=1)
def session() -> requests.Session:
    """One session a process, so that connections to Graph stay open between calls."""
    return sessions.kept_open()


def send(body: dict[str, Any]) -> str:
    """Send a message; the wamid under which Meta accepted it (which is not yet delivery).

    Raises NotSent, Unconfirmed or Refused.
    """
    answer = _post_message(body, settings.WHATSAPP_HTTP_TIMEOUT)
    try:
        return str(answer["messages"][0]["id"])
    except (KeyError, IndexError, TypeError) as error:
        raise Unconfirmed("Graph answered without a message id.") from error


def mark_read(body: dict[str, Any]) -> None:
    """Blue ticks, and "typing…" if `body` asks for it. Raises like `send`, but sooner."""
    _post_message(body, COURTESY)


def upload(file: IO[bytes], name: str, mime_type: str) -> str:
    """Upload a file; its media id, good for 30 days. Raises like `send`."""
    answer = _call(
        "POST",
        f"{settings.WHATSAPP_PHONE_NUMBER_ID}/media",
        data={"messaging_product": "whatsapp", "type": mime_type},
        files={"file": (name, file, mime_type)},
    )
    return _named(answer, "id")


def media_address(media_id: str) -> str:
    """Where the bytes of `media_id` are, for five minutes. Raises like `send`."""
    return _named(_call("GET", media_id), "url")


def open_media(url: str) -> requests.Response:
    """The bytes at `url`, to be streamed. Raises NotSent, or Refused for any status but 200."""
    refuse_inside_transaction("Graph")
    try:
        response = session().get(
            url,
            headers=_authorization(),
            timeout=settings.WHATSAPP_HTTP_TIMEOUT,
            stream=True,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise NotSent(said(error)) from error
    if response.status_code != requests.codes.ok:
        raise Refused(classify(SERVICE_UNAVAILABLE), f"HTTP {response.status_code} for a file")
    return response


def message_templates() -> list[Any]:
    """Every template of the account, as Meta lists them. Raises like `send`."""
    found: list[Any] = []
    query: dict[str, str | int] = {"limit": PAGE}
    for _ in range(MOST_PAGES):
        answer = _call(
            "GET", f"{settings.WHATSAPP_BUSINESS_ACCOUNT_ID}/message_templates", params=query
        )
        try:
            found += answer["data"]
            if "next" not in answer.get("paging", {}):
                return found
            query["after"] = answer["paging"]["cursors"]["after"]
        except (KeyError, TypeError) as error:
            raise Unconfirmed("Graph answered without a list of templates.") from error
    raise Unconfirmed("Graph's list of templates has no end.")


def ask(path: str, **query: str) -> dict[str, Any]:
    """What Graph knows of the object at `path`. Raises like `send`."""
    return _call("GET", path, params=query)


def _named(answer: dict[str, Any], key: str) -> str:
    if key not in answer:
        raise Unconfirmed(f"Graph answered without “{key}”.")
    return str(answer[key])


def _post_message(body: dict[str, Any], timeout: Timeout) -> dict[str, Any]:
    url = _address(f"{settings.WHATSAPP_PHONE_NUMBER_ID}/messages")

    def post() -> requests.Response:
        request = _blank_message(url, **_authorization()).copy()
        request.prepare_body(data=None, files=None, json=body)
        return session().send(request, timeout=timeout, allow_redirects=False)

    return _answered(post)


@lru_cache(maxsize=1)
def _blank_message(url: str, **headers: str) -> requests.PreparedRequest:
    """A POST without its body: what it takes to prepare one is the same for every message."""
    return session().prepare_request(requests.Request("POST", url, headers=headers))


def _call(method: str, path: str, **arguments: Any) -> dict[str, Any]:
    return _answered(
        lambda: session().request(
            method,
            _address(path),
            headers=_authorization(),
            allow_redirects=False,
            **{"timeout": settings.WHATSAPP_HTTP_TIMEOUT, **arguments},
        )
    )


def _answered(call: Callable[[], requests.Response]) -> dict[str, Any]:
    refuse_inside_transaction("Graph")
    try:
        response = call()
    except requests.RequestException as error:
        raise _outcome(error) from error
    return _answer(response)


def _address(path: str) -> str:
    return f"{settings.WHATSAPP_GRAPH_URL}/{settings.WHATSAPP_GRAPH_VERSION}/{path}"


def said(error: requests.RequestException) -> str:
    """`error` in its own words, without what was asked for in addresses: tokens and proofs."""
    return _ASKED.sub("?…", str(error))


def _outcome(error: requests.RequestException) -> Exception:
    if isinstance(error, UNWRITABLE):
        return NotSent(said(error))  # a setting is wrong: there was nothing to send yet
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    if isinstance(cause, SSLError) and cause.args:
        cause = cause.args[0]  # TLS also breaks while the answer is read: only a bad certificate
    never_left = isinstance(error, requests.ConnectTimeout) or isinstance(cause, NEVER_LEFT)
    return NotSent(said(error)) if never_left else Unconfirmed(said(error))


def _answer(response: requests.Response) -> dict[str, Any]:
    try:
        content = response.json()
    except ValueError:
        content = None
    if response.ok and isinstance(content, dict):
        return content
    error = content.get("error") if isinstance(content, dict) else None
    if isinstance(error, dict) and isinstance(error.get("code"), int):
        failure = classify(error["code"], is_transient=error.get("is_transient") is True)
        raise Refused(failure, _details(error))
    if response.status_code == TOO_MANY_REQUESTS:
        raise Refused(classify(THROUGHPUT_REACHED))
    if requests.codes.bad_request <= response.status_code < requests.codes.server_error:
        raise Refused(classify(SERVICE_UNAVAILABLE), f"HTTP {response.status_code} without a code")
    raise Unconfirmed(f"HTTP {response.status_code} without a usable answer")


def _details(error: dict[str, Any]) -> str:
    """Meta's longer words, where it has some."""
    data = error.get("error_data")
    longer = data.get("details") if isinstance(data, dict) else None
    return str(longer or error.get("message", ""))


def _authorization() -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.WHATSAPP_ACCESS_TOKEN}"}
