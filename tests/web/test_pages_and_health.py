"""Pages answer, every answer has strict headers, readiness reports the state of each part."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

PAGES = ("/", "/talk", "/m", "/form", "/status", "/r", "/handbook", "/windows", "/desk/sign-in")


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_with_a_strict_policy_and_are_never_cached(client: FlaskClient, path: str) -> None:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'self'" in policy
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_page_is_a_friendly_page_and_an_unknown_call_a_problem(
    client: FlaskClient,
) -> None:
    assert "首页" in client.get("/nowhere").get_data(as_text=True)
    assert client.get("/api/v1/nowhere").mimetype == "application/problem+json"


def test_readiness_lists_parts_and_missing_configuration(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    body = client.get("/readyz").get_json()
    assert body["parts"]["store"] == "ok" and body["parts"]["worker"] == "degraded"
    assert {"office phone not set", "office hours not set"} <= set(body["missing"])
    assert b"python_info" in client.get("/metrics").data


def test_the_published_contract_lists_the_calls(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    assert {"/api/v1/petitions", "/api/v1/cases/lookup", "/api/v1/chat"} <= set(paths)


def test_channels_without_their_secrets_are_off(client: FlaskClient) -> None:
    assert client.post("/channels/twilio", data={"Body": "hi"}).status_code == 404
    assert client.post("/channels/wechat", data="<xml></xml>").status_code == 404
    assert client.get("/channels/wechat?signature=x&timestamp=1&nonce=1&echostr=1").status_code == 404
