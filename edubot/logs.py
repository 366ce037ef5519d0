"""Logs: one JSON object a line in production, readable on a developer's screen.

No message text and no full phone number is ever logged: callers log ids. What libraries log
(addresses with a phone number in them, exceptions that quote a value) is redacted here.
"""

import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog

_PHONE = re.compile(r"(?<!\d)\+?\d{4,11}(?=\d{4}(?!\d))")  # 8 to 15 digits, but for the last 4
_ADDRESSED = re.compile(r"(/conversations/)[^/?]+")  # however the number in it is written
_OURS = frozenset({"timestamp", "request_id", "level", "logger"})

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def redacted(text: str) -> str:
    """`text` with nothing left of phone numbers but the last four digits."""
    return _PHONE.sub("…", _ADDRESSED.sub(r"\1…", text))


def redact(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """A processor: every text in the event, redacted."""
    return {
        name: redacted(value) if isinstance(value, str) and name not in _OURS else value
        for name, value in event.items()
    }


def without_words(exc_info: ExcInfo) -> str:
    """Where an exception happened and of which class it is; its message may quote a student."""
    return "\n".join(_lines(exc_info[1]))


def _lines(error: BaseException) -> Iterator[str]:
    """The exception that led to this one first, as Python prints them."""
    context = None if error.__suppress_context__ else error.__context__
    if before := error.__cause__ or context:
        yield from _lines(before)
    yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
    yield type(error).__qualname__


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


LOGGERS: dict[str, Any] = {
    # Django's own handler would print every line twice and mail tracebacks.
    "django": {"handlers": [], "level": "INFO", "propagate": True},
    "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    "axes": {"level": "WARNING"},  # its tables say who logged in
    "celery": {"level": "WARNING"},
    "kombu.connection": {"level": "ERROR"},  # filesystem:// has no host, and need not
    "urllib3": {"level": "WARNING"},
}


def logging_config(*, readable: bool) -> dict[str, Any]:
    """Django's LOGGING; `readable` for a person's screen, else JSON lines.

    Only a developer's screen shows the messages of exceptions.
    """
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _formatter(readable=readable)},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": LOGGERS,
    }


def _formatter(*, readable: bool) -> dict[str, Any]:
    """How a line is made of what anybody logs: redacted, and at last written out."""
    if readable:
        exceptions: Any = structlog.processors.format_exc_info
        renderer: Any = structlog.dev.ConsoleRenderer(colors=False)
    else:
        exceptions = structlog.processors.ExceptionRenderer(without_words)
        renderer = structlog.processors.JSONRenderer()
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            exceptions,
            redact,
            renderer,
        ],
    }
