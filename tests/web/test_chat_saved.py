"""A kept draft's code comes with the address that opens it on a phone."""

from __future__ import annotations

from pathlib import Path

from tests.factories import fresh_app


def test_the_code_stands_in_the_fragment_of_the_address(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_PUBLIC_URL="https://xf.example.cn")
    app.extensions["kiosk"].assistant.messages = [
        {"custom": {"text": "已经替您存好。", "saved": {"resume_code": "ABCD-EFGH"}}}
    ]
    said = app.test_client().post("/api/v1/chat", json={"text": "先存着"}).get_json()["replies"][0]["saved"]
    assert said["resume_code"] == "ABCD-EFGH" and said["url"] == "https://xf.example.cn/m#ABCD-EFGH"
    assert said["qr_svg"].startswith("<svg")


def test_nothing_is_added_where_nothing_was_kept(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "您好。", "saved": None}}]
    assert "saved" not in app.test_client().post("/api/v1/chat", json={"text": "你好"}).get_json()["replies"][0]
