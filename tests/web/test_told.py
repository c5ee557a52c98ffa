"""Every decision that is owed to the citizen is readable by look-up as soon as it is made (Art. 23, 32-36)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.policy import RECEIPT_WORDS_FOR
from kiosk_api.gateways.notify import count_event
from kiosk_api.gateways.receipt_picture import _lines
from kiosk_api.gateways.worker_figures import REGISTRY
from kiosk_api.services.cases.receipts import build_receipt
from tests.desk import OPINION, concluded, staff
from tests.factories import UNIT, UNIT_NAME, petition, register


@pytest.fixture
def case(app: Flask) -> dict[str, Any]:
    return register(app)


def seen(client: FlaskClient, case: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]})
    return dict(answer.get_json())


def last(client: FlaskClient, case: dict[str, Any]) -> dict[str, Any]:
    return dict(seen(client, case)["decisions"][-1])


def in_force(found: dict[str, Any]) -> list[str]:
    return [one["kind"] for one in found["decisions"] if one["in_force"]]


def test_a_fresh_case_is_with_the_petition_office_and_has_a_next_date(client: FlaskClient, case: dict) -> None:
    found = seen(client, case)
    assert found["holder"]["unit"] and found["decisions"] == []
    assert found["next"] == {
        "clock": "route", "what": "转送、交办或报告", "by": "2026-03-17", "who": found["holder"]["unit"],
    }  # fmt: skip
    assert found["overdue"] is None


def test_acceptance_is_told_with_route_and_next_date(app: Flask, client: FlaskClient, case: dict) -> None:
    staff(app, "office", case["case_number"], "forward", unit=UNIT)
    told = last(client, case)
    assert (told["kind"], told["text"]["unit"], told["by"]["day"]) == ("forwarding", UNIT_NAME, "2026-03-17")
    staff(app, "unit", case["case_number"], "accept", procedure="investigation")
    told = last(client, case)
    assert (told["kind"], told["outcome"], told["by"]["day"]) == ("acceptance", "investigation", "2026-05-01")
    assert "第六项" in told["outcome_label"] and told["in_force"]
    assert seen(client, case)["holder"]["unit"] == UNIT_NAME


def test_non_acceptance_is_told_with_reason_and_where_to_go(app: Flask, client: FlaskClient, case: dict) -> None:
    staff(app, "office", case["case_number"], "forward", unit=UNIT)
    staff(app, "unit", case["case_number"], "decline", reason="属于民事纠纷", where_to_go="江畔区人民法院立案窗口")
    told = last(client, case)
    assert (told["kind"], told["reason"], told["where_to_go"]) == (
        "non_acceptance", "属于民事纠纷", "江畔区人民法院立案窗口",
    )  # fmt: skip
    assert in_force(seen(client, case)) == ["non_acceptance"]


def test_an_extension_is_told_with_reason_and_new_date_and_without_its_approver(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    staff(app, "office", case["case_number"], "forward", unit=UNIT)
    staff(app, "unit", case["case_number"], "accept", procedure="investigation")
    staff(app, "unit", case["case_number"], "request_extension", days="20", reason="需要检测")
    staff(app, "leader", case["case_number"], "extend")
    told = last(client, case)
    assert (told["kind"], told["reason"], told["by"]["day"]) == ("extension", "需要检测", "2026-05-21")
    assert "负责人戊" not in str(seen(client, case))


def test_an_opinion_is_told_in_its_four_parts(app: Flask, client: FlaskClient, case: dict) -> None:
    concluded(app, case["case_number"])
    told = last(client, case)
    assert told["text"] == {name: OPINION[name] for name in told["text"]}
    assert [one["name"] for one in told["parts"]] == ["request", "facts_and_reasons", "finding", "legal_basis"]
    assert (told["outcome"], told["outcome_label"]) == ("supported", "支持")


@pytest.mark.parametrize(("decision", "holds"), [("upheld", "opinion"), ("changed", "review"), ("returned", "review")])
def test_a_changed_result_replaces_what_is_in_force(
    app: Flask, client: FlaskClient, case: dict, decision: str, holds: str
) -> None:
    concluded(app, case["case_number"])
    who = {"lookup_token": case["lookup_token"], "phone_tail": "5678"}
    client.post("/api/v1/cases/review", json=who, headers={"Idempotency-Key": "review-key-1"})
    staff(app, "review", case["case_number"], "decide_review", decision=decision, opinion="已重新核查",
          **({"new_outcome": "explained", "new_result": "改为逐户说明"} if decision == "changed" else {}))  # fmt: skip
    found = seen(client, case)
    assert in_force(found) == [holds]
    assert found["decisions"][-1]["text"]["opinion"] == "已重新核查"
    assert (found["opinion"] is not None) == (decision == "upheld")


def test_a_transfer_is_told_with_organ_and_reason(app: Flask, client: FlaskClient, case: dict) -> None:
    staff(app, "office", case["case_number"], "transfer", unit="u-0012", reason="属于诉讼程序内事项")
    told = last(client, case)
    assert (told["text"]["unit"], told["reason"]) == ("青禾县人民法院", "属于诉讼程序内事项")


def test_a_settlement_is_told_with_its_text(app: Flask, client: FlaskClient, case: dict) -> None:
    staff(app, "office", case["case_number"], "forward", unit=UNIT)
    staff(app, "unit", case["case_number"], "accept", procedure="investigation")
    staff(app, "unit", case["case_number"], "settle", agreement="晚上十点以后不再施工", consent="both")
    assert last(client, case)["text"] == {"agreement": "晚上十点以后不再施工"}


def test_supervision_is_told_and_what_the_office_wrote_to_the_unit_is_not(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    staff(app, "office", case["case_number"], "supervise", cause="delay", advice="请张某三日内回复")
    staff(app, "office", case["case_number"], "note", text="内部备注一句")
    staff(app, "office", case["case_number"], "contact", contact_kind="call", note="电话里谈到的话")
    assert last(client, case)["outcome_label"] == "拖延办理"
    assert not any(inside in str(seen(client, case)) for inside in ("张某", "内部备注", "联系", "电话里谈到"))


def test_a_clock_that_ran_out_is_said_with_the_first_day_late(app: Flask, client: FlaskClient, case: dict) -> None:
    app.extensions["kiosk"].clock.advance(timedelta(days=20))
    found = seen(client, case)
    assert found["overdue"] == {"since": "2026-03-18", "clock": "route", "label": "转送、交办或报告"}
    assert found["next"]["by"] == "2026-03-17"


def test_the_petitions_own_words_are_for_the_receipt_in_its_first_days_only(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    assert seen(client, case)["own_words"] == {"facts": petition()["facts"], "request": petition()["request"]}
    pair = {"case_number": case["case_number"], "phone_tail": "5678"}
    assert client.post("/api/v1/cases/lookup", json=pair).get_json()["own_words"] is None
    urged = client.post("/api/v1/cases/urge", json={"lookup_token": case["lookup_token"]},
                        headers={"Idempotency-Key": "urge-key-1"}).get_json()  # fmt: skip
    assert urged["own_words"] is None  # the answer of a step is stored
    app.extensions["kiosk"].clock.advance(RECEIPT_WORDS_FOR + timedelta(minutes=1))
    assert seen(client, case)["own_words"] is None


def test_all_decisions_are_printed_whole_and_on_the_receipt_in_short(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    concluded(app, case["case_number"])
    sheet = client.post("/receipt", data={"lookup_token": case["lookup_token"], "paper": "told"}).get_data(as_text=True)
    assert all(OPINION[name] in sheet for name in ("request", "facts_and_reasons", "finding", "legal_basis"))
    assert "钱多米" not in sheet and petition()["facts"] not in sheet
    roll = client.post("/receipt", data={"lookup_token": case["lookup_token"]}).get_data(as_text=True)
    assert "处理意见书：支持" in roll and OPINION["finding"] not in roll


def test_the_terminals_printer_prints_the_decisions_in_short(app: Flask, case: dict) -> None:
    concluded(app, case["case_number"])
    lines = [text for _, text in _lines(build_receipt(app.extensions["kiosk"], case["lookup_token"]))]
    assert "2026年3月2日 处理意见书：支持。" in lines


def confirm(client: FlaskClient, case: dict[str, Any], key: str = "received-key-1", **more: Any) -> Any:
    body = {"lookup_token": case["lookup_token"], "phone_tail": "5678", **more}
    return client.post("/api/v1/cases/received", json=body, headers={"Idempotency-Key": key})


def opinion_not_delivered(app: Flask, case: dict[str, Any]) -> None:
    number = case["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)


def test_the_thirty_days_begin_when_the_citizen_confirms_to_have_read_the_opinion(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    opinion_not_delivered(app, case)
    app.extensions["kiosk"].clock.advance(timedelta(days=20))
    before = seen(client, case)
    assert before["can"]["confirm_receipt"]["allowed"] and before["can"]["request_review"]["allowed"]
    assert "last_day" not in before["decisions"][-1] and before["decisions"][-1]["asks"] == "review"
    after = confirm(client, case).get_json()
    opinion = after["decisions"][-1]
    assert (opinion["received_on"], opinion["last_day"]) == ("2026-03-22", "2026-04-21")
    assert after["can"]["request_review"]["until"] == "2026-04-21"
    assert not after["can"]["confirm_receipt"]["allowed"]
    assert [one["event"] for one in after["timeline"]].count("deliver") == 1  # three papers, one moment


def test_confirming_needs_token_and_tail_and_counts_once(app: Flask, client: FlaskClient, case: dict) -> None:
    opinion_not_delivered(app, case)
    assert confirm(client, case, phone_tail=None).status_code == 422
    assert confirm(client, case, phone_tail="0000").status_code == 404
    first = confirm(client, case, document="opinion")
    assert first.status_code == 200 and confirm(client, case, document="opinion").get_json() == first.get_json()
    assert confirm(client, case, "received-key-2", document="opinion").status_code == 409


def test_nothing_is_confirmed_while_nothing_waits(client: FlaskClient, case: dict) -> None:
    answer = confirm(client, case)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not_allowed_now")


def test_receipt_is_confirmed_of_an_answer_and_not_of_a_notice_on_the_way(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    for who, action, data in (
        ("office", "forward", {"unit": UNIT}), ("unit", "accept", {"procedure": "investigation"}),
    ):  # fmt: skip
        staff(app, who, case["case_number"], action, **data)
        permit = seen(client, case)["can"]["confirm_receipt"]
        assert (permit["allowed"], permit["reason"]) == (False, "现在没有等您确认收到的答复。")
        assert confirm(client, case, document="forwarding").get_json()["code"] == "not_allowed_now"
    staff(app, "unit", case["case_number"], "conclude", **OPINION)
    assert seen(client, case)["can"]["confirm_receipt"]["allowed"]


def test_while_a_review_runs_the_opinion_says_so_and_asks_for_none(app: Flask, client: FlaskClient, case: dict) -> None:
    opinion_not_delivered(app, case)
    body = {"lookup_token": case["lookup_token"], "phone_tail": "5678"}
    client.post("/api/v1/cases/review", json=body, headers={"Idempotency-Key": "review-key-1"})
    found = seen(client, case)
    opinion = found["decisions"][-1]
    assert (opinion["standing_label"], opinion["asks"], opinion["in_force"]) == ("您申请了复查，正在复查", "", True)
    assert [one["key"] for one in found["steps"]][-2:] == ["answered", "review"]
    assert not found["can"]["confirm_receipt"]["allowed"]


def test_a_document_of_another_name_is_refused(app: Flask, client: FlaskClient, case: dict) -> None:
    opinion_not_delivered(app, case)
    assert confirm(client, case, document="review").get_json()["errors"][0]["field"] == "document"


def test_clocks_between_offices_are_shown_neither_on_the_page_nor_on_paper(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    staff(app, "office", case["case_number"], "advise", addressee=UNIT, advice_kind="improve", advice="请改进")
    kept = client.post("/api/v1/receipts", json={"lookup_token": case["lookup_token"]}).get_json()
    for found in (seen(client, case), kept):
        assert "advice" not in {one["key"] for one in found["deadlines"]}
    sheet = client.post("/receipt", data={"lookup_token": case["lookup_token"], "paper": "told"}).get_data(as_text=True)
    assert "（）" not in sheet and "请改进" not in sheet


def test_the_notice_names_the_kind_of_decision_and_nothing_of_its_text(
    app: Flask, client: FlaskClient, case: dict
) -> None:
    concluded(app, case["case_number"])
    ctx = app.extensions["kiosk"]
    with ctx.store.write() as records:
        waiting = records.claim_messages(ctx.clock.now(), 60, 50)
    moved = [one.payload for one in waiting if one.topic == "case_moved"]
    assert {"action": "conclude", "decision": "opinion"} in moved
    assert {"action": "deliver", "decision": ""} in moved
    assert not any(text in str(moved) for text in OPINION.values() if text != "supported")
    for one in waiting:
        count_event(ctx, one)
    assert REGISTRY.get_sample_value("petition_decisions_told_total", {"kind": "opinion"})


@pytest.mark.parametrize(("method", "label", "last_day"), [
    ("on_the_spot", "送达文书", "2026-04-01"), ("refused", "文书送来时您没有收下", "2026-04-01"),
    ("failed", "文书没有送到您手上", None),
])  # fmt: skip
def test_how_a_paper_reached_the_petitioner_is_told_as_it_was(
    app: Flask, client: FlaskClient, case: dict, method: str, label: str, last_day: str | None
) -> None:
    opinion_not_delivered(app, case)
    staff(app, "unit", case["case_number"], "deliver", document="opinion", method=method, received_on="2026-03-02")
    found = seen(client, case)
    assert found["timeline"][-1]["label"] == label
    opinion = found["decisions"][-1]
    assert opinion.get("last_day") == last_day
    assert opinion.get("received_how", "") == ("" if method == "failed" else method)
    assert found["can"]["request_review"]["allowed"]


def test_a_case_that_has_ended_has_nothing_next(client: FlaskClient, case: dict) -> None:
    body = {"lookup_token": case["lookup_token"], "phone_tail": "5678"}
    client.post("/api/v1/cases/withdraw", json=body, headers={"Idempotency-Key": "withdraw-key-1"})
    found = seen(client, case)
    assert (found["next"], found["overdue"], in_force(found)) == (None, None, [])
