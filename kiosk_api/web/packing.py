"""Compress text responses with gzip, for slow lines.

Compressed static files are kept in a bounded cache; pages are compressed for each response.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Response, request

_KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml")
_OPEN = ("kiosk_pages.", "hall_pages.", "at_home.", "upload_page.", "guidance.windows", "ending.offline")
_LEAST = 1024  # bytes; compressing less would not save a packet


@lru_cache(maxsize=512)
def _compressed(_etag: str, body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


def packed(response: Response) -> Response:
    """`response` compressed with gzip where the browser accepts it and it saves packets.

    Only files, pages and the list of windows, which are the same for everybody: a secret and text chosen by an attacker must
    never be compressed together (BREACH), so the API, answers to POST and the desk stay uncompressed.
    """
    static = request.endpoint == "static"
    open_page = request.method == "GET" and (request.endpoint or "").startswith(_OPEN)
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
    response.set_data(_compressed(etag or "", body) if static else gzip.compress(body, 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
