"""Which addresses belong to one caller, for whatever counts callers."""

import ipaddress

HOUSEHOLD = 64  # bits: the smallest network of IPv6 that is given to anybody


def of(address: str) -> str:
    """The network of `address`: of IPv6 its /64, all of whose addresses one caller can use in
    turn; of IPv4 the address itself, also when dressed as IPv6. What is no address stays as it is.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, HOUSEHOLD), strict=False).network_address)
