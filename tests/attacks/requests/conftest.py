"""One application for a module of attacks, with an officer signed in and a case registered."""

from __future__ import annotations

import pytest

from tests.attacks.requests.target import Target
from tests.factories import fresh_app, petition


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
