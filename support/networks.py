"""Who calls: the address of a request, as far as it can be believed, and its network."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

HOUSEHOLD = 64  # bits: the smallest network of IPv6 that is given to anybody
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def of_caller(request: HttpRequest) -> str:
    """By what wrong passwords and requests are counted, so that nobody gets five tries for each of
    the countless addresses of a network of IPv6.
    """
    return of(address_of(request))


def address_of(request: HttpRequest) -> str:
    """The caller's IP address: what the outermost of PROXY_COUNT proxies of ours saw.

    Whatever stands further left in X-Forwarded-For was written by the caller and is not believed.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXY_COUNT:
        return peer
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    found = seen[-settings.PROXY_COUNT] if len(seen) >= settings.PROXY_COUNT else ""
    return found if _read(found) else peer


def of(address: str) -> str:
    """The network of `address`: of IPv6 its /64, all of whose addresses one caller can use in
    turn; of IPv4 the address itself, also when dressed as IPv6. What is no address stays as it is.
    """
    ip = _read(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        network = ipaddress.ip_network((ip, HOUSEHOLD), strict=False)
        return str(ip.ipv4_mapped or network.network_address)
    return str(ip) if ip else address


def _read(address: str) -> IP | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
