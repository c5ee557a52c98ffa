"""The HTTP client for services on this machine, such as the assistant: no proxy, certificates read once."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


def local_client(
    url: str,
    timeout: httpx.Timeout,
    *,
    limits: httpx.Limits | None = None,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """One pooled client; safe to share between threads."""
    return httpx.Client(
        base_url=url, timeout=timeout, trust_env=False, verify=_certificates(),
        limits=limits or httpx.Limits(), transport=transport,
    )  # fmt: skip


@cache
def _certificates() -> ssl.SSLContext:
    """Certificates of all authorities, read once: it takes 40 ms, and each client would do it by itself."""
    return httpx.create_ssl_context(trust_env=False)
