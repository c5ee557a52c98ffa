"""One application for a module of attacks, with an officer signed in and a case registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import START, fresh_app, petition

SESSION = "s" * 43
OFFICER_CALLS = {"Authorization": f"Bearer {SESSION}"}


@dataclass
class Target:
    """What an attacker has in front of them."""

    app: Flask
    client: FlaskClient
    case_number: str
    lookup_token: str
    bundle_token: str

    def sign_in_again(self) -> None:
        """The desk session that OFFICER_CALLS carry, whatever was done to it before."""
        ctx = self.app.extensions["kiosk"]
        mark = ctx.marks.mark("officer.session", SESSION)
        with ctx.store.write() as records:
            found = records.officer_by_name("office")
            assert found is not None
            records.close_session(mark)
            records.open_session(mark, found[0].id, START, START + timedelta(days=400))


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    app = fresh_app(tmp_path_factory.mktemp("attacked"), officers=True, KIOSK_RATE_LIMITS="off")
    client = app.test_client()
    case = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "first-case"})
    bundle = client.post("/api/v1/attachments/bundles")
    target = Target(app, client, case.get_json()["case_number"], case.get_json()["lookup_token"],
                    bundle.get_json()["bundle_token"])  # fmt: skip
    target.sign_in_again()
    return target
