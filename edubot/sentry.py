"""Errors go to Sentry if SENTRY_DSN is set, without anybody's words or numbers."""

from typing import Any

import sentry_sdk

from edubot.logs import redacted

QUERIES = frozenset({"query_string", "http.query"})  # numbers that were asked for, our own tokens
IDS = frozenset({"event_id", "trace_id", "span_id", "parent_span_id"})  # their digits are no number


def start(dsn: str) -> None:
    """Report exceptions to `dsn`; nothing happens without one."""
    if dsn:
        sentry_sdk.init(
            dsn=dsn,
            send_default_pii=False,
            include_local_variables=False,  # they hold what students write
            max_request_body_size="never",
            before_send=without_numbers,
        )


def without_numbers(event: Any, _hint: Any) -> Any:
    """`event` without phone numbers, wherever they stand, and without the messages of exceptions,
    which may quote a student.

    Log lines before the error (breadcrumbs) come here as they were logged, not as they are written.
    """
    for exception in event.get("exception", {}).get("values", []):
        exception["value"] = ""
    return _redacted(event)


def _redacted(part: Any) -> Any:
    match part:
        case str():
            return redacted(part)
        case dict():
            kept = {name: value for name, value in part.items() if name not in QUERIES}
            return {n: value if n in IDS else _redacted(value) for n, value in kept.items()}
        case list():
            return [_redacted(one) for one in part]
    return part
