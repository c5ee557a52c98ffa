"""Filing for another person, with an officer's help, and handing over: what is stored and shown."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from kiosk_api.gateways.clock import SettableClock
from kiosk_api.gateways.receipt_picture import _lines
from kiosk_api.services.cases.receipts import build_receipt
from tests.desk import bearer, seen_by_staff
from tests.factories import PASSWORD, START, petition
from tests.web.desk_helpers import csrf

PROXY = {
    "name": "孙小禾", "phone": "13812340099", "relation": "child", "consent_how": "by_phone",
    "consent_confirmed": True,
}  # fmt: skip


def file(client: FlaskClient, key: str = "proxy-test-1", **more: Any) -> Any:
    return client.post("/api/v1/petitions", json=petition(**more), headers={"Idempotency-Key": key})


def at_the_desk(app: Flask, username: str = "office") -> FlaskClient:
    desk = app.test_client()
    desk.post("/desk/sign-in", data={"username": username, "password": PASSWORD})
    return desk


def everything_stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and "keys" not in path.parts)


def test_staff_see_who_filed_for_whom_and_how_it_was_agreed(client: FlaskClient) -> None:
    number = file(client, proxy=PROXY).get_json()["case_number"]
    case = seen_by_staff(client, number)
    assert case["petitioner"]["name"] == "钱多米"
    assert case["proxy"] == {
        "name": "孙小禾", "phone": "+8613812340099", "relation": "child",
        "consent_how": "by_phone", "consent_on": START.date().isoformat(),
    }  # fmt: skip


def test_the_desk_page_and_the_receipt_say_that_a_proxy_filed(app: Flask, client: FlaskClient) -> None:
    case = file(client, proxy=PROXY).get_json()
    page = at_the_desk(app).get(f"/desk/cases/{case['case_number']}").get_data(as_text=True)
    assert "代办人" in page and "孙小禾" in page and "子女" in page and "电话同意" in page
    paper = client.post("/receipt", data={"lookup_token": case["lookup_token"]}).get_data(as_text=True)
    assert "由他人代为提交" in paper
    assert "孙小禾" not in paper and "0099" not in paper


def test_a_petition_filed_for_oneself_says_nothing_of_a_proxy(client: FlaskClient) -> None:
    case = file(client).get_json()
    assert seen_by_staff(client, case["case_number"])["proxy"] is None
    paper = client.post("/receipt", data={"lookup_token": case["lookup_token"]}).get_data(as_text=True)
    assert "由他人代为提交" not in paper


def test_every_error_of_a_proxy_comes_with_every_other_error(client: FlaskClient) -> None:
    answer = file(
        client, request="", proxy={"phone": "12", "relation": "friend", "extra": 1}, assisted_by_code="000000"
    )
    assert answer.status_code == 422
    assert {one["field"] for one in answer.get_json()["errors"]} == {
        "request", "proxy", "proxy.name", "proxy.phone", "proxy.relation", "proxy.consent_how",
        "proxy.consent_confirmed", "assisted_by_code",
    }  # fmt: skip


@pytest.mark.parametrize("wrong", ["我儿子", [], 7])
def test_a_proxy_of_another_shape_is_one_error(client: FlaskClient, wrong: Any) -> None:
    answer = file(client, proxy=wrong)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.get_json()["errors"]] == ["proxy"]


def test_withdrawing_takes_the_petitioners_own_phone_and_not_the_proxys(client: FlaskClient) -> None:
    token = file(client, proxy=PROXY).get_json()["lookup_token"]

    def withdraw(tail: str) -> int:
        return client.post(
            "/api/v1/cases/withdraw", json={"lookup_token": token, "phone_tail": tail},
            headers={"Idempotency-Key": f"withdraw-{tail}"},
        ).status_code  # fmt: skip

    assert withdraw("0099") == 404
    assert withdraw("5678") == 200


def test_the_case_records_the_officer_whose_code_was_used(
    client: FlaskClient,
) -> None:
    given = client.post("/api/v1/desk/assist", headers=bearer(client))
    assert given.status_code == 201
    code = given.get_json()["code"]
    assert len(code) == 6 and code.isdigit()
    number = file(client, assisted_by_code=f"{code[:3]} {code[3:]}").get_json()["case_number"]
    assert seen_by_staff(client, number)["assisted_by"] == "窗口甲"


def test_a_code_ends_after_fifteen_minutes_but_a_retry_still_gets_its_answer(app: Flask, client: FlaskClient) -> None:
    code = client.post("/api/v1/desk/assist", headers=bearer(client)).get_json()["code"]
    first = file(client, assisted_by_code=code).get_json()
    clock: SettableClock = app.extensions["kiosk"].clock
    clock.advance(timedelta(minutes=16))
    assert file(client, assisted_by_code=code).get_json()["case_number"] == first["case_number"]
    late = file(client, key="another-key-2", assisted_by_code=code)
    assert late.status_code == 422
    assert late.get_json()["errors"][0]["field"] == "assisted_by_code"


def test_guessing_codes_ends_soon(client: FlaskClient) -> None:
    answers = [file(client, key=f"guess-{n:08d}", assisted_by_code=f"{n:06d}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_pictures_that_have_expired_are_no_guess_at_a_code(client: FlaskClient) -> None:
    code = client.post("/api/v1/desk/assist", headers=bearer(client)).get_json()["code"]
    for n in range(11):
        late = file(client, key=f"expired-{n:04d}", assisted_by_code=code, attachments="x" * 32)
        assert late.get_json()["errors"][0]["field"] == "attachments"
    assert file(client, assisted_by_code=code).status_code == 201


def test_only_an_officer_gets_a_code(client: FlaskClient) -> None:
    assert client.post("/api/v1/desk/assist").status_code == 401
    assert client.post("/desk/assist").status_code == 303


def test_one_officer_takes_a_draft_over_and_continues_it_in_a_form_marked_with_their_help(
    app: Flask, client: FlaskClient
) -> None:
    left = client.post("/api/v1/handover", json={"draft": petition()})
    assert left.status_code == 201
    code = left.get_json()["code"]
    desk = at_the_desk(app)
    token = csrf(desk.get("/desk/handover").get_data(as_text=True))
    data = {"csrf": token, "code": code.lower().replace("-", " ")}
    page = desk.post("/desk/handover", data=data).get_data(as_text=True)
    assert petition()["facts"] in page
    assert petition()["facts"] in desk.post("/desk/handover", data=data).get_data(as_text=True)
    other = at_the_desk(app, "lead")
    others = {**data, "csrf": csrf(other.get("/desk/handover").get_data(as_text=True))}
    assert other.post("/desk/handover", data=others).status_code == 404
    form = desk.post(
        "/desk/handover/form", data={**data, "draft": json.dumps(petition(), ensure_ascii=False)}
    ).get_data(as_text=True)
    assert 'data-idle-seconds="900"' in form and 'data-end="/desk/handover"' in form
    given = json.loads(form.split('id="handed-over">', 1)[1].split("</script>", 1)[0])
    assert given["facts"] == petition()["facts"]
    number = file(client, assisted_by_code=given["assisted_by_code"]).get_json()["case_number"]
    assert seen_by_staff(client, number)["assisted_by"] == "窗口甲"
    assert desk.post("/desk/handover", data=data).status_code == 404  # it is filed


def test_a_draft_that_was_taken_over_ends_after_half_an_hour_all_the_same(app: Flask, client: FlaskClient) -> None:
    code = client.post("/api/v1/handover", json={"draft": petition()}).get_json()["code"]
    desk = at_the_desk(app)
    data = {"csrf": csrf(desk.get("/desk/handover").get_data(as_text=True)), "code": code}
    app.extensions["kiosk"].clock.advance(timedelta(minutes=20))
    assert desk.post("/desk/handover", data=data).status_code == 200
    app.extensions["kiosk"].clock.advance(timedelta(minutes=11))
    assert desk.post("/desk/handover", data=data).status_code == 404


def test_a_draft_that_nobody_takes_over_expires_after_half_an_hour(app: Flask, client: FlaskClient) -> None:
    code = client.post("/api/v1/handover", json={"draft": petition()}).get_json()["code"]
    app.extensions["kiosk"].clock.advance(timedelta(minutes=31))
    desk = at_the_desk(app)
    token = csrf(desk.get("/desk/handover").get_data(as_text=True))
    assert desk.post("/desk/handover", data={"csrf": token, "code": code}).status_code == 404


@pytest.mark.parametrize("draft", [None, "text", {"facts": "长" * 70_000}])
def test_an_invalid_or_too_long_draft_is_refused(client: FlaskClient, draft: Any) -> None:
    assert client.post("/api/v1/handover", json={"draft": draft}).status_code == 422


def test_nothing_of_a_proxy_or_a_draft_is_readable_in_the_store_the_log_or_an_error(
    client: FlaskClient, tmp_path: Path
) -> None:
    with capture_logs() as said:  # before the allow-list removes anything
        refused = _use_everything(client)
    stored = everything_stored(tmp_path)
    assert b"handbook_gaps" in stored  # the check did read the store
    for text in ("孙小禾", "13812340099", "钱多米", petition()["facts"]):
        assert text.encode() not in stored
        assert text not in str(said) + refused
    assert {"assist_opened", "filed_with_help", "handover_left"} <= {one["event"] for one in said}


def _use_everything(client: FlaskClient) -> str:
    """File, hand over and be refused; the text of the refusal."""
    code = client.post("/api/v1/desk/assist", headers=bearer(client)).get_json()["code"]
    file(client, proxy=PROXY, assisted_by_code=code)
    client.post("/api/v1/handover", json={"draft": petition()})
    refused = file(client, key="refused-1", proxy={**PROXY, "relation": "x"})
    return str(refused.get_data(as_text=True))


def test_the_a4_copy_names_the_proxy_and_the_printed_receipt_mentions_one(client: FlaskClient, app: Flask) -> None:
    case = file(client, proxy=PROXY).get_json()
    whole = client.post("/receipt", data={"lookup_token": case["lookup_token"], "paper": "a4"}).get_data(as_text=True)
    assert PROXY["name"] in whole and PROXY["phone"] not in whole and PROXY["phone"][-4:] in whole
    strip = build_receipt(app.extensions["kiosk"], case["lookup_token"])
    assert "提交方式：由他人代为提交" in [text for _, text in _lines(strip)]
