"""The page for a phone at home, and the poster that leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.factories import fresh_app

OF_THE_HALL = ("身后", "举手", "扫码枪", "打印", "自助机上", "U盘")


def test_the_page_says_nothing_of_a_hall(client: FlaskClient) -> None:
    page = client.get("/m").get_data(as_text=True)
    assert [one for one in OF_THE_HALL if one in page] == []
    assert 'href="/"' not in page  # the home page is the kiosk's


@pytest.mark.parametrize("path", ["/m/ABCD-EFGH", "/m%23ABCD-EFGH", "/m?from=singlemessage"])
def test_the_page_opens_however_an_app_has_changed_its_address(client: FlaskClient, path: str) -> None:
    assert 'id="composer"' in client.get(path).get_data(as_text=True)


def test_the_poster_shows_the_address_and_its_code(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_PUBLIC_URL="https://xf.example.cn")
    page = app.test_client().get("/poster").get_data(as_text=True)
    assert "https://xf.example.cn/m" in page and "<svg" in page
    assert "先别张贴" not in page and "【请" not in page


def test_a_poster_that_no_phone_could_use_says_so(client: FlaskClient) -> None:
    assert "先别张贴" in client.get("/poster").get_data(as_text=True)
