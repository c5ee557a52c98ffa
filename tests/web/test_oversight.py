"""督办和建议: what waits for an answer and how advice was adopted, for the petition office only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from kiosk_api.domain.advice import open_advice
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.oversight import beside
from kiosk_api.domain.workflow import Action, Event, Role, WorkflowError
from kiosk_api.services.staff.oversight import oversight
from kiosk_api.services.staff.sign_in import sign_in
from tests.desk import bearer, staff
from tests.factories import PASSWORD, START, UNIT, UNIT_NAME, register


@pytest.fixture
def number(app: Flask) -> str:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "office", number, "supervise", cause="delay", advice="请抓紧")
    staff(app, "office", number, "advise", addressee=UNIT, advice_kind="improve", advice="请改进")
    return number


def test_what_waits_is_listed_with_its_date_and_leaves_the_list_when_answered(
    app: Flask, client: FlaskClient, number: str
) -> None:
    app.extensions["kiosk"].clock.advance(timedelta(days=16))
    found = client.get("/api/v1/desk/oversight", headers=bearer(client)).get_json()
    (one,) = found["supervisions"]
    assert (one["case_number"], one["unit"], one["what"], one["overdue"]) == (number, UNIT_NAME, "拖延办理", True)
    (other,) = found["advice"]
    assert (other["unit"], other["what"], other["overdue"]) == (UNIT_NAME, "改进工作", False)
    assert found["adoption"] == [
        {"unit": UNIT_NAME, "kind": "改进工作", "adopted": 0, "partly": 0, "not_adopted": 0, "waiting": 1}
    ]
    elsewhere = client.get("/api/v1/desk/oversight?unit=u-0001", headers=bearer(client)).get_json()
    assert (elsewhere["supervisions"], elsewhere["advice"], elsewhere["adoption"]) == ([], [], [])
    staff(app, "unit", number, "answer_supervision", feedback="办了")
    staff(app, "unit", number, "answer_advice", adopted="partly", feedback="改了一半")
    after = client.get("/api/v1/desk/oversight", headers=bearer(client)).get_json()
    assert (after["supervisions"], after["advice"]) == ([], [])
    assert (after["adoption"][0]["partly"], after["adoption"][0]["waiting"]) == (1, 0)


def test_one_answer_closes_the_advice_that_it_names(app: Flask, client: FlaskClient, number: str) -> None:
    staff(app, "office", number, "advise", addressee=UNIT, advice_kind="policy", advice="请把办理期限写进规定")
    client.post("/desk/sign-in", data={"username": "unit", "password": PASSWORD})
    page = client.get(f"/desk/cases/{number}").get_data(as_text=True)
    assert "第1条（3月2日，" in page and "完善政策）：请把办理期限写进规定" in page
    with pytest.raises(WorkflowError) as refused:
        staff(app, "unit", number, "answer_advice", adopted="adopted", feedback="改了")
    assert [one.field for one in refused.value.errors] == ["which"]
    staff(app, "unit", number, "answer_advice", which="2", adopted="not_adopted", feedback="上级已有规定")
    found = client.get("/api/v1/desk/oversight", headers=bearer(client)).get_json()
    assert [one["what"] for one in found["advice"]] == ["改进工作"]
    assert [(one["kind"], one["not_adopted"], one["waiting"]) for one in found["adoption"]] == [
        ("改进工作", 0, 1), ("完善政策", 1, 0),
    ]  # fmt: skip
    shown = client.get(f"/desk/cases/{number}").get_data(as_text=True)
    assert "反馈哪一条建议" not in shown, "with one left there is nothing to choose"
    staff(app, "unit", number, "answer_advice", adopted="adopted", feedback="改了")
    assert client.get("/api/v1/desk/oversight", headers=bearer(client)).get_json()["advice"] == []


def test_an_answer_of_an_earlier_release_answered_everything_that_was_open() -> None:
    advice = {"addressee": UNIT, "advice_kind": "improve", "advice": "请改进", "answer_by": "2026-04-01"}
    events = [Event(Action.ADVISE, START, Role.PETITION_OFFICE, advice)] * 2
    events.append(Event(Action.ANSWER_ADVICE, START, Role.RESPONSIBLE_UNIT, {"adopted": "adopted", "feedback": "改了"}))
    assert [one.answered_at for one in beside(events).advice] == [START, START]
    clocks = deadlines(events, WorkCalendar(frozenset(), frozenset(), frozenset({2026})), START)
    assert [(one.key, one.state) for one in clocks] == [("advice", "met")] * 2
    assert open_advice(events) == {}


def test_the_page_shows_it_to_the_office_and_a_unit_has_none(client: FlaskClient, number: str) -> None:
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    page = client.get("/desk/oversight").get_data(as_text=True)
    assert all(words in page for words in (number, UNIT_NAME, "拖延办理", "改进工作", "督办和建议"))
    client.post("/desk/sign-in", data={"username": "unit", "password": PASSWORD})
    answer = client.get("/desk/oversight")
    assert answer.status_code == 403 and number not in answer.get_data(as_text=True)


def test_who_has_stepped_aside_sees_neither_the_case_nor_its_count(app: Flask, number: str) -> None:
    ctx = app.extensions["kiosk"]
    _, officer = sign_in(ctx, "office", PASSWORD, "test")
    staff(app, "office", number, "step_aside", interest="亲属")
    found = oversight(ctx, officer)
    assert (found.supervisions, found.advice, found.adoption) == ([], [], [])


@pytest.mark.parametrize("unit", ["", UNIT])
def test_each_list_is_read_off_an_index(app: Flask, number: str, unit: str) -> None:
    ctx = app.extensions["kiosk"]
    _, officer = sign_in(ctx, "office", PASSWORD, "test")
    seen = []
    note = lambda _c, _k, statement, parameters, *_: seen.append((statement, parameters))  # noqa: E731
    event.listen(ctx.store._engine, "before_cursor_execute", note)
    oversight(ctx, officer, unit)
    event.remove(ctx.store._engine, "before_cursor_execute", note)
    waiting = [one for one in seen if "ORDER BY" in one[0] and "due_on" in one[0]]
    assert len(waiting) == 2
    for statement, parameters in waiting:
        with ctx.store._engine.connect() as connection:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
        steps = [str(row[-1]) for row in rows]
        first = "unit_id" if unit else ("closed_at" if "supervisions" in statement else "answered_at")
        assert f"_{first} (" in steps[0], steps
        assert not [step for step in steps if "TEMP B-TREE" in step], steps
