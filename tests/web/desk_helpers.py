"""A real application over a temporary store, two officers and a registered petition."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.records import Officer
from tests.factories import fresh_app

PASSWORD = "correct horse battery 9"
UNIT, UNIT_NAME = "u-0209", "青禾县人力资源和社会保障局"  # of the sample county
PETITION: dict[str, Any] = {
    "petitioner": {"name": "周大勇", "phone": "13900001001", "address": "青禾县河口镇新桥村3组"},
    "request": "要回拖欠的工资<script>alert(1)</script>",
    "facts": "今年3月到8月在城东工地做瓦工，包工头欠我工资23000元，一直没有给。",
    "consent": True,
}


def make_app(folder: Path) -> Flask:
    """An application with an officer of the petition office and one of a unit."""
    app = fresh_app(folder)
    ctx = app.extensions["kiosk"]
    encoded = ctx.passwords.hash(PASSWORD)
    with ctx.store.write() as records:
        for name, shown, role, unit in (
            ("wang", "王敏", Role.PETITION_OFFICE, None),
            ("liu", "刘洋", Role.RESPONSIBLE_UNIT, UNIT),
        ):
            records.add_officer(Officer(f"officer-{name}", name, shown, role, unit), encoded)
    return app


def register(client: FlaskClient, key: str = "desk-test-key-0001", **more: Any) -> str:
    """File a petition through the public API; its case number."""
    answer = client.post("/api/v1/petitions", json={**PETITION, **more}, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.get_json()
    return str(answer.get_json()["case_number"])


def sign_in(client: FlaskClient, username: str = "wang", password: str = PASSWORD) -> Any:
    """Sign in at the desk."""
    return client.post("/desk/sign-in", data={"username": username, "password": password})


def csrf(page: str) -> str:
    """The form token in a page."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found, "no form token in the page"
    return found.group(1)
