"""Documents over the staff API, on the desk's page, and in the petitioner's hands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.base.readiness import readiness
from tests.desk import OPINION, staff
from tests.documents.steps import BODY, approved, made, words
from tests.factories import PASSWORD, UNIT, fresh_app, register


@pytest.fixture
def receipt(app: Flask) -> dict[str, Any]:
    found = register(app)
    number = str(found["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)
    return found


def bearer(client: FlaskClient, who: str) -> dict[str, str]:
    sent = {"username": who, "password": PASSWORD}
    return {"Authorization": f"Bearer {client.post('/api/v1/desk/session', json=sent).get_json()['token']}"}


def test_over_the_staff_api_it_is_made_approved_and_handed_over(app: Flask, receipt: dict[str, Any]) -> None:
    client = app.test_client()
    base, clerk, head = (
        f"/api/v1/desk/cases/{receipt['case_number']}/documents",
        bearer(client, "unit"),
        bearer(client, "leader"),
    )
    listing = client.get(base, headers=clerk).get_json()
    assert [(one["kind"], one["body"]) for one in listing["to_make"]] == [("acceptance", False), ("opinion", True)]
    event = listing["to_make"][1]["event"]
    assert (
        client.post(base, json={"event": event, "body": "…"}, headers=clerk).get_json()["errors"][0]["field"] == "body"
    )
    answer = client.post(base, json={"event": event, "body": BODY}, headers=clerk)
    assert answer.status_code == 201
    (one,) = answer.get_json()["items"]
    draft = client.get(f"{base}/{one['id']}", headers=clerk)
    assert (draft.mimetype, "草稿" in words(draft.data)) == ("application/pdf", True)
    assert client.get(f"{base}/{one['id']}/sheet", headers=clerk).status_code == 409
    decision = {"decision": "approve"}
    assert client.post(f"{base}/{one['id']}/decision", json=decision, headers=clerk).status_code == 403
    assert client.post(f"{base}/{one['id']}/decision", json={"decision": "return"}, headers=head).status_code == 422
    found = client.post(f"{base}/{one['id']}/decision", json=decision, headers=head).get_json()
    assert found["items"][0]["number"] == "青信访处字〔2026〕第1号"
    sent = {"method": "on_the_spot", "received_on": "2026-03-02"}
    found = client.post(f"{base}/{one['id']}/deliveries", json=sent, headers=clerk).get_json()
    assert found["items"][0]["deliveries"][0]["received_on"] == "2026-03-02"
    assert client.get(f"{base}/{one['id']}/sheet", headers=clerk).mimetype == "application/pdf"
    assert client.get(f"{base}/nothing", headers=clerk).get_json()["code"] == "document_not_found"


def test_the_petitioner_gets_the_file_with_token_and_phone_together(app: Flask, receipt: dict[str, Any]) -> None:
    client, number = app.test_client(), receipt["case_number"]
    draft = made(app, "unit", number, "acceptance")
    one = approved(app, "unit", "leader", number, "opinion")
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": receipt["lookup_token"]}).get_json()
    shown = [decision["document"] for decision in found["decisions"] if "document" in decision]
    assert shown == [{"id": one.id, "title": "信访事项处理意见书", "number": one.number, "day": "2026-03-02"}]
    asked = {"lookup_token": receipt["lookup_token"], "phone_tail": "5678", "document": one.id}
    answer = client.post("/api/v1/cases/document", json=asked)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert "钱多米" in words(answer.data)
    assert client.post("/document", data=asked).data == answer.data
    for wrong in ({"phone_tail": "0000"}, {"phone_tail": ""}, {"document": draft.id}, {"document": "x"}):
        refused = client.post("/api/v1/cases/document", json={**asked, **wrong})
        assert refused.status_code in (404, 422), wrong
        assert b"%PDF" not in refused.data


def test_another_case_gives_no_document_of_this_one(app: Flask, receipt: dict[str, Any]) -> None:
    one = approved(app, "unit", "leader", receipt["case_number"], "opinion")
    other = register(app, "another-case")
    asked = {"lookup_token": other["lookup_token"], "phone_tail": "5678", "document": one.id}
    assert app.test_client().post("/api/v1/cases/document", json=asked).get_json()["code"] == "document_not_found"
    client = app.test_client()
    path = f"/api/v1/desk/cases/{other['case_number']}/documents/{one.id}"
    assert client.get(path, headers=bearer(client, "office")).status_code == 404
    assert client.get(path, headers=bearer(client, "unit")).get_json()["code"] == "case_not_found"


class Desk:
    """An officer at the desk's pages."""

    def __init__(self, app: Flask, who: str, number: str) -> None:
        self.client, self.page = app.test_client(), f"/desk/cases/{number}"
        self.client.post("/desk/sign-in", data={"username": who, "password": PASSWORD})

    def get(self) -> str:
        return self.client.get(self.page).get_data(as_text=True)

    def post(self, path: str, **form: str) -> Any:
        token = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.get())
        assert token
        return self.client.post(self.page + path, data={"csrf": token.group(1), **form})


def test_on_the_desks_page_from_making_to_receipt(app: Flask, receipt: dict[str, Any]) -> None:
    clerk, head = (Desk(app, who, receipt["case_number"]) for who in ("unit", "leader"))
    assert "做信访事项处理意见书" in clerk.get()
    refused = clerk.post("/documents", event="3", f_body="…")
    assert refused.status_code == 422
    assert 'id="make-3-body-error"' in refused.get_data(as_text=True)
    assert clerk.post("/documents", event="3", f_body=BODY).status_code == 303
    page = head.get()
    assert "批准并编号" in page
    assert "批准并编号" not in clerk.get()
    one = re.search(r"/documents/([0-9a-f]{32})/decision", page)
    assert one
    back = head.post(f"/documents/{one.group(1)}/decision", decision="return", f_reason="")
    assert (back.status_code, "退回要写明理由" in back.get_data(as_text=True)) == (422, True)
    assert head.post(f"/documents/{one.group(1)}/decision", decision="approve").status_code == 303
    assert head.post(f"/documents/{one.group(1)}/decision", decision="approve").status_code == 409
    assert "青信访处字〔2026〕第1号" in clerk.get()
    assert clerk.client.get(f"{clerk.page}/documents/{one.group(1)}").mimetype == "application/pdf"
    wrong = clerk.post(f"/documents/{one.group(1)}/deliveries", f_method="refused", f_received_on="2026-03-02")
    assert "拒收或者没有送到的，请写明" in wrong.get_data(as_text=True)
    sent = clerk.post(f"/documents/{one.group(1)}/deliveries", f_method="post", f_note="邮件号 0001")
    assert sent.status_code == 303
    assert "还没有结果" in clerk.get()
    assert clerk.client.get(f"{clerk.page}/documents/{one.group(1)}/sheet").mimetype == "application/pdf"


def test_nothing_personal_is_logged(app: Flask, receipt: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    staff(app, "unit", receipt["case_number"], "note", text="x")
    one = approved(app, "unit", "leader", receipt["case_number"], "opinion")
    asked = {"lookup_token": receipt["lookup_token"], "phone_tail": "5678", "document": one.id}
    app.test_client().post("/api/v1/cases/document", json=asked)
    said = "".join(capfd.readouterr())
    for word in ("钱多米", "5678", "夜间施工", receipt["lookup_token"], BODY):
        assert word not in said


def test_readiness_says_that_the_prefix_is_a_placeholder(tmp_path: Any, app: Flask) -> None:
    bare = fresh_app(tmp_path / "bare").extensions["kiosk"]
    assert any("KIOSK_DOCUMENT_PREFIX" in one for one in readiness(bare).missing)
    assert not any("KIOSK_DOCUMENT_PREFIX" in one for one in readiness(app.extensions["kiosk"]).missing)
