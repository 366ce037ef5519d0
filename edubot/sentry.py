"""Errors go to Sentry if SENTRY_DSN is set, without anybody's words or numbers."""

from typing import Any

import sentry_sdk

from edubot.logs import redacted


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
    """`event` without phone numbers in addresses and in the messages of exceptions."""
    request = event.get("request", {})
    request["url"] = redacted(request.get("url", ""))
    request.pop("query_string", None)
    for exception in event.get("exception", {}).get("values", []):
        exception["value"] = redacted(exception.get("value") or "")
    return event
