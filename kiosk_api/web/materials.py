"""A petitioner's copy as a ZIP file that is written while it is sent: one paper in memory at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import Response, json, render_template, stream_with_context

from kiosk_api.services.base.as_json import as_json
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.own_materials import Materials, files

ZIP = "application/zip"


class _Sink(io.RawIOBase):
    """Takes what the archive writes until it is sent."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def zip_answer(ctx: Context, materials: Materials) -> Response:
    """The copy to keep; nobody keeps it on the way, and its name tells nothing."""
    answer = Response(stream_with_context(_archive(ctx, materials)), mimetype=ZIP)
    answer.headers["Content-Disposition"] = 'attachment; filename="materials.zip"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _archive(ctx: Context, materials: Materials) -> Iterator[bytes]:
    """The papers first, so that the two pages can say which of them were left out."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:
        for paper, content in files(ctx, materials):
            archive.writestr(_entry(materials, paper.name), content, ZIP_STORED)  # they are compressed already
            yield sink.take()
        page = render_template("parts/materials.html", materials=materials)
        archive.writestr(_entry(materials, "index.html"), page, ZIP_DEFLATED)
        archive.writestr(_entry(materials, "data.json"), _data(materials), ZIP_DEFLATED)
        yield sink.take()
    yield sink.take()


def _entry(materials: Materials, name: str) -> ZipInfo:
    return ZipInfo(name, materials.made_at.timetuple()[:6])


def _data(materials: Materials) -> str:
    """For programs: the same, with the names of the contract."""
    left_out = {one.name for one in materials.left_out}
    body = {
        "made_at": materials.made_at.isoformat(),
        "stated": {one.name: one.text for one in materials.stated},
        "others": [{"name": name, "phone": phone} for name, phone in materials.people],
        "case": as_json(materials.view),
        "papers": [
            {"file": one.name, "title": one.title, "included": one.name not in left_out} for one in materials.papers
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)
