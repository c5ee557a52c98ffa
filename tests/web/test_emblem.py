"""The office's own emblem: what is taken, how it is given, where it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_api.config import Settings, SettingsError
from kiosk_api.config_emblem import LARGEST
from tests.factories import fresh_app

SVG = b'<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


@pytest.mark.parametrize(("data", "kind"), [(SVG, "image/svg+xml"), (PNG, "image/png")])
def test_it_is_shown_as_an_image_and_given_where_nothing_runs(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "emblem").write_bytes(data)
    client = fresh_app(tmp_path, KIOSK_OFFICE_EMBLEM=str(tmp_path / "emblem")).test_client()
    page = client.get("/").get_data(as_text=True)
    address = page.split('class="emblem"><img src="')[1].split('"')[0]
    assert f'<img src="{address}" alt=""></p>' in client.get("/desk/sign-in").get_data(as_text=True)
    answer = client.get(address)
    assert answer.data == data and answer.mimetype == kind
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_without_one_there_is_a_neutral_mark(tmp_path: Path) -> None:
    client = fresh_app(tmp_path).test_client()
    page = client.get("/").get_data(as_text=True)
    assert 'class="emblem"><svg' in page and "/emblem" not in page
    assert client.get("/emblem").status_code == 404


@pytest.mark.parametrize(("data", "why"), [
    (None, "cannot be read"), (b"<html><svg></svg></html>", "no PNG and no SVG"), (b"GIF89a", "no PNG and no SVG"),
    (b"<svg>" + bytes(LARGEST), "larger than"), (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "no PNG and no SVG"),
])  # fmt: skip
def test_anything_else_stops_the_start_with_a_reason(tmp_path: Path, data: bytes | None, why: str) -> None:
    if data is not None:
        (tmp_path / "emblem").write_bytes(data)
    with pytest.raises(SettingsError, match=why):
        Settings.from_env({"KIOSK_OFFICE_EMBLEM": str(tmp_path / "emblem")})


def test_no_more_is_read_than_may_be_shown() -> None:
    with pytest.raises(SettingsError, match="larger than"):
        Settings.from_env({"KIOSK_OFFICE_EMBLEM": "/dev/zero"})


def test_only_a_terminal_invites_and_a_bureau_may_switch_that_off(tmp_path: Path) -> None:
    client = fresh_app(tmp_path).test_client()
    assert 'id="attract"' in client.get("/").get_data(as_text=True)
    away = client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert 'id="attract"' not in away.get_data(as_text=True)
    (tmp_path / "off").mkdir()
    off = fresh_app(tmp_path / "off", KIOSK_IDLE_ATTRACT_SECONDS="0").test_client()
    assert 'id="attract"' not in off.get("/").get_data(as_text=True)
