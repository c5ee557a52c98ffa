"""The client for what runs beside the API, such as the assistant: no proxy, and certificates read once."""

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
    """Of all authorities: to read them takes 40 ms, and every client would do so by itself."""
    return httpx.create_ssl_context(trust_env=False)
