"""Where webhooks may go: public addresses, unless the operator allows private ones.

Somebody who may enter an address must not reach through us what only we can reach: databases,
the cloud's metadata service, the loopback. So each address is looked up right before the call,
and the call goes to the very IP that was checked (a name may point elsewhere a moment later).
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# All that is given out of IPv6: outside lie NAT64, IPv4 in disguise and sites' own addresses.
GIVEN_OUT = ipaddress.ip_network("2000::/3")
PORTS = {"https": 443, "http": 80}
PRIVATE = "This address lies in a private network. WEBHOOK_PRIVATE_ADDRESSES=on would allow it."


class AddressRefused(Exception):
    """Nothing may be posted there; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: `ip` is where to connect, `host` whom to ask for there."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def validate(url: str) -> None:
    """For forms and the API: what can be told without looking the name up.

    Raises ValidationError.
    """
    try:
        parts = _split(url)
        if (ip := _literal(parts.hostname or "")) is not None:
            _refuse_private(ip)
    except AddressRefused as error:
        raise ValidationError(str(error)) from error


def resolve(url: str) -> Target:
    """Look the name up and check every address it has. Raises AddressRefused, or OSError."""
    parts = _split(url)
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for ip in addresses:
        _refuse_private(ip)
    path = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
    return Target(parts.scheme, host, port, path, str(addresses[0]))


def is_public(ip: IP) -> bool:
    """Whether it belongs to the public internet, also when dressed as IPv6."""
    if isinstance(ip, ipaddress.IPv6Address):
        if inner := ip.ipv4_mapped or ip.sixtofour:
            return is_public(inner)
        if ip.teredo or ip not in GIVEN_OUT:
            return False
    return ip.is_global and not ip.is_multicast


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        readable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        readable = False
    if not readable or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefused("This is no web address. Give one like https://example.org/hooks.")
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.DEBUG):
        raise AddressRefused("The address must begin with https://.")
    if parts.username is not None or parts.fragment:
        raise AddressRefused("The address must have no user name, password or #fragment.")
    return parts


def _literal(host: str) -> IP | None:
    if host == "localhost" or host.endswith(".localhost"):
        return ipaddress.IPv4Address("127.0.0.1")
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return _short_form(host)


def _short_form(host: str) -> IP | None:
    """127.1, 0x7f000001 and 2130706433 are 127.0.0.1, too: resolvers read them so."""
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _refuse_private(ip: IP) -> None:
    if not (is_public(ip) or settings.WEBHOOK_PRIVATE_ADDRESSES):
        raise AddressRefused(PRIVATE)
