"""Each action that owes the petitioner words, taken over the staff API and read by look-up in the next call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.decisions import TOLD
from kiosk_api.domain.labels_told_zh import DECISION_LABELS
from kiosk_api.domain.workflow import RULE_OF, Action
from tests.desk import OPINION, concluded, staff
from tests.factories import PASSWORD, UNIT, UNIT_NAME, register

INSIDE = "只给办公室看"
FIRST = "the number of the earlier case"
NAMES = {UNIT: UNIT_NAME, "u-0012": "青禾县人民法院", "u-0211": "青禾县生态环境局"}
Step = tuple[str, str, dict[str, str]]  # who, action, data
FORWARD: Step = ("office", "forward", {"unit": UNIT})
ACCEPT: Step = ("unit", "accept", {"procedure": "investigation"})
CONCLUDED: tuple[Step, ...] = (("", "concluded", {}),)
TRANSFERRED: Step = ("office", "transfer", {"unit": "u-0012", "reason": "属于诉讼程序内事项"})
CHANGED = {"decision": "changed", "opinion": "原意见依据不足", "new_outcome": "explained", "new_result": "逐户说明",
           "execute_by": "2026-05-01"}  # fmt: skip
ASK: Step = ("citizen", "review", {})

LIVES: dict[str, tuple[tuple[Step, ...], Step]] = {
    "forwarding": ((), FORWARD),
    "assignment": ((), ("office", "assign", {"unit": UNIT, "report_by": "2026-04-20"})),
    "report": ((), ("office", "report_for_decision", {"reported_to": "government", "proposal": INSIDE})),
    "transfer": ((), TRANSFERRED),
    "guidance": ((), ("office", "guide", {
        "organ": "江畔区人民法院立案窗口", "reason": "判决已经生效", "bring": "判决书、身份证"})),
    "repeated": (
        (("office", "decide_repeat", {"first": FIRST, "same": "same"}),), ("office", "decline_repeat", {
        "cause": "being_handled", "same_as": FIRST, "reason": "同一事项正在办理",
        "where_to_go": "凭原来的编号查进度"})),
    "competence": ((FORWARD, ("unit", "object", {"reason": INSIDE})), ("office", "decide_competence", {
        "decided_by": "common_superior", "decider": INSIDE, "unit": "u-0211", "reason": INSIDE})),
    "word": ((TRANSFERRED,), ("office", "give_word", {"word": "法院已经立案"})),
    "acceptance under another procedure": ((FORWARD,), ("unit", "accept", {
        "procedure": "administrative", "organ": "区人民政府行政复议机构", "own_limit": "2026-05-10"})),
    "non-acceptance": ((FORWARD,), ("unit", "decline", {
        "cause": "litigation", "reason": "属于民事纠纷", "where_to_go": "江畔区人民法院"})),
    "extension": ((FORWARD, ACCEPT, ("unit", "request_extension", {"days": "20", "reason": "需要检测"})), (
        "leader", "extend", {"reason": "检测要三周"})),
    "opinion": ((FORWARD, ACCEPT), ("unit", "conclude", OPINION)),
    "opinion with another remedy": (
        (FORWARD, ("unit", "accept", {"procedure": "duty", "organ": "区住建局"})),
        ("unit", "conclude", {**OPINION, "outcome": "not_supported", "remedy": "court",
                              "remedy_at": "江畔区人民法院", "remedy_by": "2026-09-02"}),
    ),
    "suggestion answered": (
        (("office", "correct_route", {"window": "petition_office", "kind": "suggestion"}), FORWARD,
         ("unit", "accept", {})),
        ("unit", "answer_suggestion", {"outcome": "partly", "reason": "先在两条路上试行"}),
    ),
    "outcome of an organ": ((TRANSFERRED,), ("office", "report_outcome", {"result": "法院已经判决"})),
    "settlement": ((FORWARD, ACCEPT), ("unit", "settle", {"agreement": "晚上十点以后不施工", "consent": "both"})),
    "execution": (CONCLUDED, ("unit", "report_execution", {"carried_out": "partly", "how": "夜间已经停工"})),
    "changed on review": ((*CONCLUDED, ASK), ("review", "decide_review", CHANGED)),
    "annulled on review": ((*CONCLUDED, ASK), ("review", "decide_review", {
        "decision": "returned", "opinion": "事实没有查清"})),
    "re-examined": (
        (*CONCLUDED, ASK, ("review", "decide_review", {"decision": "upheld", "opinion": "维持"}), ASK),
        ("reexamine", "decide_reexamination", {"decision": "upheld", "opinion": "原意见有据"}),
    ),
    "supervision": ((FORWARD,), ("office", "supervise", {"cause": "delay", "advice": INSIDE})),
    "supervision answered": ((FORWARD, ("office", "supervise", {"cause": "delay", "advice": INSIDE})), (
        "unit", "answer_supervision", {"feedback": "已经派人到现场"})),
}  # fmt: skip


def token(client: FlaskClient, who: str) -> dict[str, str]:
    answer = client.post("/api/v1/desk/session", json={"username": who, "password": PASSWORD})
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def walk(app: Flask, client: FlaskClient, case: dict[str, Any], steps: tuple[Step, ...]) -> None:
    number, who = case["case_number"], {"lookup_token": case["lookup_token"], "phone_tail": "5678"}
    for place, (officer, action, data) in enumerate(steps):
        if action == "concluded":
            concluded(app, number)
        elif officer == "citizen":
            key = {"Idempotency-Key": f"citizen-key-{place}"}
            assert client.post(f"/api/v1/cases/{action}", json=who, headers=key).status_code == 200
        else:
            staff(app, officer, number, action, **data)


@pytest.mark.parametrize("life", LIVES)
def test_a_decision_is_read_whole_in_the_next_call(app: Flask, client: FlaskClient, life: str) -> None:
    before, (officer, action, data) = LIVES[life]
    if life == "repeated":
        first = register(app, "earlier-case-key")["case_number"]
        walk(app, client, {"case_number": first, "lookup_token": ""}, (FORWARD, ACCEPT))
        app.extensions["kiosk"].clock.advance(timedelta(minutes=1))
        before = tuple((who, step, {**given, "first": first}) for who, step, given in before)
        data = {**data, "same_as": first}
    case = register(app)
    walk(app, client, case, before)
    address = f"/api/v1/desk/cases/{case['case_number']}/actions"
    done = client.post(address, json={"action": action, "data": data}, headers=token(client, officer))
    assert done.status_code == 200, done.get_json()
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]}).get_json()
    one, told = found["decisions"][-1], TOLD[Action(action)]
    assert told is not None and one["kind"] == told.kind
    for field in RULE_OF[Action(action)].fields:
        if field.name == told.outcome:
            assert (one["outcome"], one["outcome_label"]) == (data[field.name], dict(field.choices)[data[field.name]])
        elif field.name in told.parts and field.name in data:
            said = one["text"].get(field.name) or one[field.name]
            expected = NAMES[data[field.name]] if field.kind == "unit" else data[field.name]
            assert said == dict(field.choices).get(expected, expected)
    assert INSIDE not in str(found)
    page = client.post("/receipt", data={"lookup_token": case["lookup_token"], "paper": "told"}).get_data(as_text=True)
    assert all(text in page for text in one["text"].values() if not text.startswith("20"))


def test_every_action_that_owes_words_has_a_life_here() -> None:
    owing = {action for action, told in TOLD.items() if told}
    assert owing == {Action(step[1]) for _, step in LIVES.values()}
    assert set(DECISION_LABELS) == {told.kind for told in TOLD.values() if told}


def test_an_annulled_opinion_is_told_with_who_handles_it_anew_and_by_when(app: Flask, client: FlaskClient) -> None:
    case = register(app)
    walk(app, client, case, (*LIVES["annulled on review"][0], LIVES["annulled on review"][1]))
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]}).get_json()
    assert [one["standing"] for one in found["decisions"] if one["kind"] in ("opinion", "review")] == [
        "annulled", "in_force",
    ]  # fmt: skip
    assert found["decisions"][-1]["by"]["day"] == "2026-05-01"
    assert (found["holder"]["unit"], found["next"]["who"]) == (UNIT_NAME, UNIT_NAME)
    assert found["opinion"] is None
