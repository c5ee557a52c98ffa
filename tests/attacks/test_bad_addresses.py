"""Invalid bytes or values that are too long in path, query or form are refused, with the place named."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD, fresh_app

LONG = "x" * 5_000
LONGER = "x" * 9_000  # than any value in a query
FORM = "application/x-www-form-urlencoded"


@dataclass
class Desk:
    """An officer signed in, on the pages and for calls."""

    client: FlaskClient
    headers: dict[str, str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    app = fresh_app(tmp_path_factory.mktemp("desk"), officers=True, KIOSK_RATE_LIMITS="off")
    client, who = app.test_client(), {"username": "office", "password": PASSWORD}
    assert client.post("/desk/sign-in", data=who).status_code == 303
    token = client.post("/api/v1/desk/session", json=who).get_json()["token"]
    return Desk(client, {"Authorization": f"Bearer {token}"})


def assert_refused(answer: TestResponse, field: str, fault: str) -> None:
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [(one["field"], one["code"]) for one in answer.get_json()["errors"]] == [(field, fault)]


@pytest.mark.parametrize(("value", "fault"), [
    ("%00", "not_text"), ("a%00b", "not_text"), ("%ff", "not_text"), ("%ed%a0%80", "not_text"),
    ("%e4%b8", "not_text"), (LONG, "too_long"),
])  # fmt: skip
@pytest.mark.parametrize(("path", "field"), [
    ("/api/v1/desk/cases/{}", "number"), ("/api/v1/desk/cases/{}/pictures/x", "number"),
    ("/api/v1/desk/cases/x/pictures/{}", "picture_id"), ("/api/v1/handbook/{}", "slug"),
    ("/api/v1/attachments/{}", "picture_id"),
])  # fmt: skip
def test_a_bad_path_is_refused_with_its_field(desk: Desk, path: str, field: str, value: str, fault: str) -> None:
    answer = desk.client.get(path.format(value), headers=desk.headers)
    assert_refused(answer, field, fault)


@pytest.mark.parametrize(("value", "fault"), [
    ("%00", "not_text"), ("%ff", "not_text"), ("%ed%a0%80", "not_text"), ("%E4%B8", "not_text"),
    (LONGER, "too_long"),
])  # fmt: skip
@pytest.mark.parametrize(("path", "field"), [
    ("/api/v1/receipts/verify?code={}", "code"), ("/api/v1/desk/cases?q=a&q={}", "q"),
    ("/api/v1/handbook?nobody_reads_this={}", "nobody_reads_this"),
    ("/api/v1/handbook?{}=1", "query"), ("/api/v1/handbook?{}", "query"),
])  # fmt: skip
def test_a_bad_query_is_refused_with_its_field(desk: Desk, path: str, field: str, value: str, fault: str) -> None:
    answer = desk.client.get(path.format(value), headers=desk.headers)
    assert_refused(answer, field, fault)


@pytest.mark.parametrize("value", ["%00", "a%00b", "%ff", "%ed%a0%80", "%e4%b8"])
@pytest.mark.parametrize("path", ["/api/v1/petitions", "/internal/v1/drafts/save"])
def test_a_bad_form_is_refused_with_its_field(desk: Desk, path: str, value: str) -> None:
    """Also on pages without forms: the check comes first."""
    for field, sent in (("facts", f"mode=x&facts={value}&x=1"), ("form", f"{value}=1")):
        answer = desk.client.post(path, data=sent, content_type=FORM)
        assert_refused(answer, field, "not_text")


@pytest.mark.parametrize("path", [
    "/handbook/{}", "/en/handbook/{}", "/desk/cases/{}", "/verify?code={}", "/desk?page={}", "/?x={}",
])  # fmt: skip
def test_a_bad_address_of_a_page_is_answered_with_a_page_for_people(desk: Desk, path: str) -> None:
    for value in ("%00", "%ff", LONGER):
        answer = desk.client.get(path.format(value))
        assert (answer.status_code, answer.mimetype) == (422, "text/html"), value[:9]
        page = answer.get_data(as_text=True)
        assert "没有办成" in page and ("回到首页" in page or "返回列表" in page)
        assert ("不完整" if value == LONGER else "没有传完整") in page


@pytest.mark.parametrize(("path", "name"), [
    ("/desk/sign-in", "username"), ("/receipt", "lookup_token"), ("/form", "facts"),
    ("/desk/handover", "code"), ("/view", "back"),
])  # fmt: skip
def test_a_bad_form_of_a_page_is_refused(desk: Desk, path: str, name: str) -> None:
    for value in ("%00", "%ff"):
        answer = desk.client.post(path, data=f"{name}={value}", content_type=FORM)
        assert answer.status_code == 422, value
        if answer.mimetype == "text/html":
            assert "没有传完整" in answer.get_data(as_text=True)
        else:
            assert answer.get_json()["errors"][0]["field"] == name
    answer = desk.client.post(path, data={name: LONG})  # each page has its own limit
    assert answer.status_code < 500


def test_valid_values_that_look_bad_are_accepted(desk: Desk) -> None:
    """A typed per cent sign, Chinese, and the sign for an unreadable character in a text."""
    for typed in ("100%", "%ff", "%00", "半夜打桩", "a\ufffdb", "a&b=c+d"):
        page = desk.client.post("/form", data={"facts": typed})
        assert page.status_code == 200
        found = desk.client.get("/api/v1/desk/cases", query_string={"q": typed}, headers=desk.headers)
        assert found.status_code == (422 if "\ufffd" in typed else 200), typed
