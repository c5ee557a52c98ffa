"""Where a request comes from: the address or network that budgets count.

`X-Forwarded-For` is read only when the connection comes from a trusted proxy
(KIOSK_TRUSTED_PROXIES), and from right to left: each hop was written by the next one, so the first
address that is not a trusted proxy is the last one seen by a host we trust. Addresses to the left
of it may be forged.
"""

from __future__ import annotations

import ipaddress

from flask import current_app, request

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_HOPS_MAX = 20
_LINE_OF_ONE_HOME = 64  # bits: one line usually has a whole /64 network


def client_address() -> str:
    """The caller's own address, or that of the connection when nothing else is known."""
    peer = request.remote_addr or ""
    known = peer
    if not came_by_proxy():
        return _plain(peer)
    hops = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    for hop in reversed(hops[-_HOPS_MAX:]):
        address = _address(hop)
        if address is None:
            break
        known = str(address)
        if not is_trusted(known):
            break
    return _plain(known)


def client_source() -> str:
    """The caller as budgets count them: an IPv4 address, or the network of an IPv6 one."""
    address = _address(client_address())
    if address is None:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _LINE_OF_ONE_HOME), strict=False))
    return str(address)


def came_by_proxy() -> bool:
    """Whether the connection comes from a trusted proxy."""
    return is_trusted(request.remote_addr or "")


def is_trusted(text: str) -> bool:
    """Whether an address is one of KIOSK_TRUSTED_PROXIES."""
    networks: tuple[_Network, ...] = current_app.extensions.get("trusted_proxies", ())
    address = _address(text)
    return address is not None and any(address in one for one in networks if one.version == address.version)


def _plain(text: str) -> str:
    address = _address(text)
    return text if address is None else str(address)


def _address(text: str) -> _Address | None:
    """An address as a proxy may write it, with a port or brackets; an IPv4 one also inside IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
