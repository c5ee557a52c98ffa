"""Check that the caller is a terminal in the hall: a phone at home must not print there."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from flask import current_app, request

from kiosk_api.domain.errors import DomainError
from kiosk_api.web.request import source
from kiosk_api.web.source import came_by_proxy, client_address, is_trusted

PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def is_terminal() -> bool:
    """Loopback, or an address of KIOSK_TERMINALS, which a trusted proxy may have passed on.

    A request from any other proxy is never a terminal: it comes from the proxy's address, which may
    be loopback, on behalf of anyone.
    """
    address = client_address()
    if any(name in request.headers for name in PASSED_ON):
        return came_by_proxy() and not is_trusted(address) and _is_listed(address)
    if _is_listed(address):
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_listed(address: str) -> bool:
    return address in current_app.extensions["terminals"]


def terminal_place(said: str = "") -> str:
    """The name of the terminal in KIOSK_TERMINAL_NAMES, by what its page `said` or by its address; "" without one."""
    names: Mapping[str, str] = current_app.extensions["terminal_names"]
    return said if said in names.values() else names.get(client_address(), "")


def outside() -> str | None:
    """The source that a budget counts for a caller outside the hall; None for a terminal."""
    return None if is_terminal() else source()


def require_terminal() -> None:
    """Raises DomainError `not_at_terminal`."""
    if not is_terminal():
        raise DomainError("not_at_terminal", "这一项只能在大厅的机器上用。请用手机拍下二维码和编号。")
