"""Text is compressed where the browser accepts it, and secrets are not."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import fresh_app, petition

ACCEPT = {"Accept-Encoding": "gzip"}


def test_a_file_is_compressed_and_decompresses_to_itself(tmp_path: Path) -> None:
    client = fresh_app(tmp_path).test_client()
    plain = client.get("/static/css/parts.css")
    small = client.get("/static/css/parts.css", headers=ACCEPT)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2


def test_a_browser_that_refuses_gzip_gets_an_uncompressed_answer(tmp_path: Path) -> None:
    answer = fresh_app(tmp_path).test_client().get("/static/css/parts.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers


def test_a_browser_that_has_the_file_gets_304(tmp_path: Path) -> None:
    client = fresh_app(tmp_path).test_client()
    etag = client.get("/static/css/parts.css", headers=ACCEPT).headers["ETag"]
    again = client.get("/static/css/parts.css", headers={**ACCEPT, "If-None-Match": etag})
    assert again.status_code == 304 and again.data == b""


@pytest.mark.parametrize("path", ["/readyz", "/desk/sign-in", "/api/v1/openapi.json"])
def test_other_answers_are_not_compressed(tmp_path: Path, path: str) -> None:
    answer = fresh_app(tmp_path).test_client().get(path, headers=ACCEPT)
    assert "Content-Encoding" not in answer.headers


def test_a_receipt_is_never_compressed(tmp_path: Path) -> None:
    client = fresh_app(tmp_path).test_client()
    token = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "packing-test"}).get_json()
    answer = client.post("/receipt", data={"lookup_token": token["lookup_token"]}, headers=ACCEPT)
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


_IN_PAGE = re.compile(r'(?:href|src)="/static/[^/"]+/([^"#]+)[^"]*"')
_IMPORTED = re.compile(r'(?:from|import)\s*"(\.[^"]+\.js)"')
_LATER = re.compile(r'(?:from|import)\s*\(?\s*"(\.[^"]+\.js)"')
_SPRITE = "icons.svg"
PAGES = (
    "/", "/talk", "/m", "/form", "/status", "/r", "/handbook", "/handbook/time-limit", "/en/handbook", "/windows", "/verify",
    "/u", "/offline", "/design",
)  # fmt: skip


def loaded(page: str, root: Path, imported: re.Pattern[str]) -> set[Path]:
    """What a page names, every module that one of its modules imports, and the icons where one draws them."""
    found: set[Path] = set()
    waiting = [root / one for one in _IN_PAGE.findall(page)]
    while waiting:
        path = waiting.pop().resolve()
        if path in found or path.parent == root / "vendor":
            continue
        found.add(path)
        if path.suffix == ".js":
            text = path.read_text(encoding="utf-8")
            waiting += [path.parent / one for one in imported.findall(text)]
            waiting += [root / _SPRITE] * (_SPRITE in text)
    return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return fresh_app(tmp_path_factory.mktemp("weight"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("imported", "most"), [(_IMPORTED, 110), (_LATER, 150)], ids=["at once", "in the end"])
def test_an_uncached_page_stays_light(
    app: Flask, path: str, language: str, imported: re.Pattern[str], most: int
) -> None:
    """KiB of the page, its style sheets, modules and pictures, compressed. In the end: with the modules it imports when
    they are needed, but without a keyboard's dictionary and the QR decoder, which is loaded when a camera scans."""
    client = app.test_client()
    client.set_cookie("view", f"standard.{language}")
    root = Path(str(app.static_folder)).resolve()
    files = loaded(client.get(path).get_data(as_text=True), root, imported)
    assert client.get(path, headers=ACCEPT).headers.get("Content-Encoding") == "gzip"
    assert {"core", "css", "phone" if path == "/m" else "keyboard"} <= {one.parent.name for one in files}
    weight = len(client.get(path, headers=ACCEPT).data) + sum(
        len(client.get(f"/static/{one.relative_to(root)}", headers=ACCEPT).data) for one in files
    )
    assert weight <= most * 1024
