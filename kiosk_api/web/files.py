"""Static files under an address that contains a hash of their content.

While `/static/v-<version>/js/form/form.js` has the current version, a browser caches the file and does
not ask again (`immutable`, RFC 8246): the second page costs one request instead of fifty. An upgrade changes
every address. A page from before the upgrade gets the current files, without caching.

Our scripts and style sheets are sent without their comments and indentation, a fifth of their weight; each line
keeps its number.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.security import safe_join

_FOR_A_YEAR = "public, max-age=31536000, immutable"
_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_NOT_OURS = "vendor/"
# Only what begins a line: there it can be no part of a string, since no text of ours goes over several lines.
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*$", re.S | re.M)
_INDENT = re.compile(r"^[ \t]+", re.M)


def install(app: Flask) -> None:
    """Serves the static folder of `app`; `url_for("static", …)` gives the address that browsers cache."""
    root = Path(app.static_folder or "")
    present = version(root)

    def static(filename: str, version: str = "") -> Response:
        path = safe_join(str(root), filename)
        kind = _KINDS.get(Path(filename).suffix)
        if kind and path and Path(path).is_file() and not filename.startswith(_NOT_OURS):
            answer = _bare(Path(path), kind)
        else:
            answer = app.send_static_file(filename)
        if version == present:
            answer.headers["Cache-Control"] = _FOR_A_YEAR
        return answer

    app.view_functions["static"] = static
    app.add_url_rule("/static/v-<version>/<path:filename>", "static")

    @app.url_defaults
    def present_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", present)


@cache
def version(folder: Path) -> str:
    """Twelve hexadecimal digits that change with any name or byte in `folder`."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def _bare(path: Path, kind: str) -> Response:
    """The file without comments, or 304 to a browser that has it."""
    text = _bare_text(path, path.stat().st_mtime_ns)
    answer = Response(text, content_type=kind)
    answer.set_etag(sha256(text.encode()).hexdigest()[:16])
    answer.headers["Cache-Control"] = "no-cache"
    answer.make_conditional(request)
    return answer


@lru_cache(maxsize=512)
def _bare_text(path: Path, _changed: int) -> str:
    return bare(path.read_text(encoding="utf-8"))


def bare(text: str) -> str:
    """`text` of a script or style sheet without comments and indentation, line for line."""
    return _INDENT.sub("", _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text))
