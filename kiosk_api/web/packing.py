"""Text packed on its way: what a page weighs on a slow line, without a library of its own.

Static files keep their packed form in a bounded cache; pages are packed as they go out.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Response, request

_KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml")
_LEAST = 1024  # bytes; less would not become fewer packets


@lru_cache(maxsize=128)
def _kept(_etag: str, body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


def packed(response: Response) -> Response:
    """`response` in gzip where the browser takes it and it is worth it.

    Only files and what citizens' pages say to everybody: a secret and what a stranger sends shall
    never be packed together, so the API, posted pages and the desk stay as they are.
    """
    static = request.endpoint == "static"
    open_page = request.method == "GET" and (request.endpoint or "").startswith("kiosk_pages.")
    if not (static or open_page) or not (response.mimetype or "").startswith(_KINDS):
        return response
    response.vary.add("Accept-Encoding")
    if (
        response.status_code != 200
        or not request.accept_encodings.quality("gzip")
        or "Content-Encoding" in response.headers
        or "Range" in request.headers
    ):
        return response
    etag = response.get_etag()[0]
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _LEAST:
        return response
    response.set_data(_kept(etag or "", body) if static else gzip.compress(body, 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
