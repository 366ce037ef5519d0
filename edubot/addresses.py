"""Where a request comes from, as far as that can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from support import networks


def client_address(request: HttpRequest) -> str:
    """The caller's IP address: what the outermost of PROXY_COUNT proxies of ours saw.

    Whatever stands further left in X-Forwarded-For was written by the caller and is not believed.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXY_COUNT:
        return peer
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    found = seen[-settings.PROXY_COUNT] if len(seen) >= settings.PROXY_COUNT else ""
    return found if _is_address(found) else peer


def client_network(request: HttpRequest) -> str:
    """By what wrong passwords are counted, so that nobody gets five tries for each of the
    countless addresses of a network of IPv6.
    """
    return networks.of(client_address(request))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
