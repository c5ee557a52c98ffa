"""A browser caches a static file while its content is unchanged, and no longer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk_api.web.files import bare, version
from tests.serving import STATIC, static

PAGES = ("/", "/talk", "/m", "/form", "/status", "/handbook", "/windows", "/offline", "/desk/sign-in")


@pytest.mark.parametrize("path", PAGES)
def test_every_file_of_a_page_is_cached_for_a_year(client: FlaskClient, path: str) -> None:
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(path).text)
    assert files
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/static/js/form/form.js", "/static/v-000000000000/js/form/form.js"])
def test_a_file_under_another_version_is_served_without_caching(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.data == client.get(static("js/form/form.js")).data
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_service_worker_contains_the_version_so_that_an_upgrade_caches_the_shell_again(client: FlaskClient) -> None:
    worker = client.get("/sw.js")
    assert f'const VERSION = "{version(STATIC)}";' in worker.text and "`shell-${VERSION}`" in worker.text
    kept = [one for one in client.get("/shell.json").get_json()["files"] if one.startswith("/static/")]
    assert kept and all(one.startswith(f"/static/v-{version(STATIC)}/") for one in kept)


def test_a_script_is_sent_without_comments_and_each_line_keeps_its_number() -> None:
    script = '/* Why. */\n\n  /* two\n     lines */\n  const a = "/* b */"; // c\n  // d\nlet e = 1; /* f */\n'
    assert bare(script) == '\n\n\n\nconst a = "/* b */"; // c\n\nlet e = 1; /* f */\n'


def test_a_browser_that_has_a_script_gets_304(client: FlaskClient) -> None:
    first = client.get("/static/js/core/dom.js")
    again = client.get("/static/js/core/dom.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


@pytest.mark.parametrize("path", ["/static/../files.py", "/static/js/none.js", "/static/js/%2e%2e/%2e%2e/../files.css"])
def test_nothing_beside_the_static_files_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


_TEXT = re.compile(r"""/\*(?:.*?\*/|.*)|//[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?""", re.S)


@pytest.mark.parametrize("path", [one for one in STATIC.rglob("js/**/*.js")], ids=lambda one: one.name)
def test_no_text_of_a_script_goes_over_several_lines(path: Path) -> None:
    """Otherwise a line of it could be taken for a comment, and its indentation for nothing."""
    texts = [one for one in _TEXT.findall(path.read_text(encoding="utf-8")) if one[0] in "\"'`"]
    assert [one for one in texts if "\n" in one] == []


def test_no_page_is_cached(client: FlaskClient) -> None:
    assert {client.get(path).headers["Cache-Control"] for path in PAGES} == {"no-store"}


def test_no_module_refers_to_a_file_by_an_uncached_address() -> None:
    """Modules and style sheets use relative addresses, so all share one version."""
    root = Path(__file__).parents[2] / "kiosk_api/web"
    named = [
        (path.name, line)
        for path in (*root.rglob("static/**/*.js"), *root.rglob("static/**/*.css"), *root.rglob("templates/**/*.html"))
        for line in path.read_text().splitlines()
        if "/static/" in line and path.name != "sw.js"
    ]
    assert named == []


@pytest.mark.parametrize("change", [
    lambda folder: (folder / "a.js").write_text("one "),
    lambda folder: (folder / "a.js").rename(folder / "b.js"),
    lambda folder: (folder / "css" / "c.css").write_text(""),
])  # fmt: skip
def test_the_version_changes_with_any_name_or_byte(tmp_path: Path, change: object) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "a.js").write_text("one")
    before = version.__wrapped__(tmp_path)
    assert version.__wrapped__(tmp_path) == before
    change(tmp_path)  # type: ignore[operator]
    assert version.__wrapped__(tmp_path) != before
