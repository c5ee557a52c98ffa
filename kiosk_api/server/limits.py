"""How long a connection may take, and how many there may be. Seconds, bytes, connections."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Limits:
    """The rules of one process for connections from outside."""

    header_s: float = 10.0  # from the first byte, or from the connection, to the empty line
    idle_s: float = 30.0  # longer than a citizen thinks, so that kept-alive connections last
    silence_s: float = 10.0  # without any byte, within a body or while an answer is fetched
    body_s: float = 15.0  # plus the time for the body's size at slow_bps
    write_s: float = 20.0  # the same for fetching an answer
    slow_bps: int = 16 * 1024  # bytes per second of a poor telephone line
    grace_s: float = 6.0  # at shutdown, for running requests
    connections: int = 1024
    per_source: int = 128  # a whole office may share one address
    header_bytes: int = 32 * 1024
    body_bytes: int = 16 * 1024 * 1024
    buffered_bytes: int = 96 * 1024 * 1024  # bodies that are still arriving, all together
    exempt: tuple[Network, ...] = ()  # our own proxies carry many people

    def is_exempt(self, address: str) -> bool:
        """Whether the cap per source does not apply: this machine itself and our own proxies."""
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        mapped = getattr(found, "ipv4_mapped", None) or found
        return mapped.is_loopback or any(mapped in one for one in self.exempt if one.version == mapped.version)


def networks(names: Iterable[object]) -> tuple[Network, ...]:
    """Addresses and networks in the form of the settings."""
    return tuple(ipaddress.ip_network(str(one), strict=False) for one in names)
