"""Cookies of the pages, bound to TLS wherever the caller came by it.

With TLS a cookie is `Secure`, and its name begins with `__Secure-`, or `__Host-` where it is for the whole site: a
browser then takes it from nowhere else (RFC 6265bis, section 4.1.3; ASVS 5.0, 3.3.1 and 3.3.3). On this machine, by plain
HTTP, browsers would refuse such a name.
"""

from __future__ import annotations

from flask import request

from kiosk_api.web.source import came_by_proxy

_HTTPS = "https"


def came_by_tls() -> bool:
    """Whether the caller speaks TLS: with us, or with a proxy that we trust, which says so. Of several words the last
    is the proxy's own."""
    if request.is_secure:
        return True
    return came_by_proxy() and request.headers.get("X-Forwarded-Proto", "").split(",")[-1].strip().lower() == _HTTPS


def name_of(cookie: str, *, whole_site: bool = False) -> str:
    """The name under which the cookie travels in this request."""
    if not came_by_tls():
        return cookie
    return f"__Host-{cookie}" if whole_site else f"__Secure-{cookie}"
