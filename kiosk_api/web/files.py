"""Static files under an address that contains a hash of their content.

While `/static/v-<version>/js/form/form.js` has the current version, a browser caches the file and does
not ask again (`immutable`, RFC 8246): the second page costs one request instead of fifty. An upgrade changes
every address. A page from before the upgrade gets the current files, without caching.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response

_FOR_A_YEAR = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Serves the static folder of `app`; `url_for("static", …)` gives the address that browsers cache."""
    present = version(Path(app.static_folder or ""))

    def static(filename: str, version: str = "") -> Response:
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
