"""How often a caller may ask: counted a minute in Django's cache, which all processes share."""

import time
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from support import networks
from whatsapp.models.fields import digest

log = structlog.get_logger(__name__)

MINUTE = 60  # seconds
TOKEN, ADDRESS, FAILURES = "token", "address", "failures"


class TooMany(Throttled):
    """`wait` (seconds) is told as Retry-After."""

    def __init__(self, wait: int) -> None:
        super().__init__(detail=f"Too many requests. Try again in {wait} seconds.")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Usage:
    """What is left of `limit` in this minute, which ends in `reset` seconds."""

    limit: int
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        return max(self.limit - self.used, 0)


def of_address(request: Request) -> Usage:
    """Count a request of an address."""
    return _count(ADDRESS, _address(request))


def of_token(token_key: str) -> Usage:
    """Count a request with a token."""
    return _count(TOKEN, token_key)


def refuse_beyond(usage: Usage) -> None:
    """Raises Throttled."""
    if usage.used > usage.limit:
        raise TooMany(usage.reset)


def failed(request: Request) -> None:
    """Count a request whose token was wrong."""
    _count(FAILURES, _address(request))


def refuse_guesser(request: Request) -> None:
    """Raises Throttled while an address has sent too many wrong tokens."""
    usage = _count(FAILURES, _address(request), by=0)
    if usage.used >= usage.limit:
        raise TooMany(usage.reset)


def _address(request: Request) -> str:
    return digest(networks.of_caller(request))


def _count(what: str, who: str, by: int = 1) -> Usage:
    """Count `by` more. A cache that is away counts nothing: callers go on."""
    minute, second = divmod(int(time.time()), MINUTE)
    key = f"api:{what}:{who}:{minute}"
    try:
        cache.add(key, 0, timeout=2 * MINUTE)
        used = cache.incr(key, by)
    except (RedisError, ValueError) as error:  # ValueError: thrown out between the two calls
        log.warning("api_uncounted", what=what, why=str(error))
        used = by
    return Usage(settings.API_LIMITS[what], used, MINUTE - second)
