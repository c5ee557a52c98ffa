"""An accusation that was in other hands: the discipline organ is told, may read it, and sees who read it there."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.notices import FROM_ACCUSED, FROM_OTHERS
from kiosk_api.gateways.notify import HANDLERS, tell_discipline
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer, OutboxMessage
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.petitions.classify_again import classify_again
from kiosk_api.services.staff import act_on_case, staff_cases
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.notices import NoticeShown, mark_seen, told_cases, unseen_notices
from tests.factories import PASSWORD, fresh_app, petition

STREET, STREET_NAME, OTHER, ORGAN = "s-01", "青禾县城关街道办事处", "u-0209", "u-0015"


@pytest.fixture
def app(tmp_path: Any) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def ctx(app: Flask) -> Context:
    found: Context = app.extensions["kiosk"]
    return found


@pytest.fixture
def clerk(ctx: Context) -> Officer:
    return add_officer(ctx, "clerk", "responsible_unit", "某甲", STREET, PASSWORD)


@pytest.fixture
def inspector(ctx: Context) -> Officer:
    return add_officer(ctx, "inspector", "responsible_unit", "某乙", ORGAN, PASSWORD)


def office(ctx: Context) -> Officer:
    with ctx.store.read() as records:
        known = records.officer_by_name("office")
    assert known
    return known[0]


def recalled(app: Flask, reader: Officer | None = None, unit: str = STREET) -> str:
    """A case about the street, forwarded to a unit, read there, and then found to be an accusation."""
    ctx: Context = app.extensions["kiosk"]
    answer = app.test_client().post(
        "/api/v1/petitions", json=petition(about_unit=STREET_NAME), headers={"Idempotency-Key": "wall-telling-0001"}
    )
    number = str(answer.get_json()["case_number"])
    act_on_case.act(ctx, office(ctx), number, "forward", {"unit": unit})
    if reader:
        staff_cases.view_case(ctx, reader, number)
    act_on_case.act(ctx, office(ctx), number, "correct_route", {"window": "discipline", "kind": "accusation"})
    deliver(ctx, {**HANDLERS, "read_later": classify_again})
    return number


def sees(ctx: Context, who: Officer, number: str) -> bool:
    with suppress(DomainError):
        staff_cases.view_case(ctx, who, number)
        return True
    return False


def told(ctx: Context, who: Officer) -> list[NoticeShown]:
    return unseen_notices(ctx, who)


def test_discipline_is_told_and_sees_who_read_it(app: Flask, ctx: Context, clerk: Officer, inspector: Officer) -> None:
    number = recalled(app, clerk)
    (one,) = told(ctx, inspector)
    assert (one.notice.case_number, one.notice.kind) == (number, FROM_ACCUSED)
    assert [(read.unit_name, read.name) for read in one.read_by] == [(STREET_NAME, "某甲")]
    assert told(ctx, clerk) == [] and told(ctx, office(ctx)) == []


def test_what_other_units_had_is_told_as_that(app: Flask, ctx: Context, inspector: Officer) -> None:
    recalled(app, unit=OTHER)
    (one,) = told(ctx, inspector)
    assert (one.notice.kind, one.read_by) == (FROM_OTHERS, [])


def test_discipline_reads_the_case_and_does_not_act(
    app: Flask, ctx: Context, clerk: Officer, inspector: Officer
) -> None:
    number = recalled(app, clerk)
    assert not any(one.allowed for one in staff_cases.view_case(ctx, inspector, number).actions)
    with pytest.raises(DomainError, match="forbidden"):
        act_on_case.act(ctx, inspector, number, "note", {"text": "看过"})
    other = add_officer(ctx, "other", "responsible_unit", "某丙", OTHER, PASSWORD)
    assert not sees(ctx, clerk, number) and not sees(ctx, other, number)
    assert staff_cases.list_cases(ctx, inspector, staff_cases.Wanted("all")).items == []


def test_whoever_of_discipline_is_accused_is_told_nothing(app: Flask, ctx: Context, inspector: Officer) -> None:
    number = recalled(app)
    act_on_case.act(ctx, office(ctx), number, "name_accused", {"unit": ORGAN, "officer": "inspector"})
    (before,) = told(ctx, add_officer(ctx, "second", "unit_leader", "某丁", ORGAN, PASSWORD))
    assert told(ctx, inspector) == [] and not sees(ctx, inspector, number)
    mark_seen(ctx, inspector, before.notice.id)
    with ctx.store.read() as records:
        second = records.officer_by_name("second")
    assert second and told(ctx, second[0]) == [before]


def test_the_same_message_twice_is_one_notice(app: Flask, ctx: Context, inspector: Officer) -> None:
    recalled(app)
    (one,) = told(ctx, inspector)
    payload = {"from": STREET, "tell": ORGAN}
    again = OutboxMessage(one.notice.id, "accusation_recalled", one.notice.case_id, payload, 2)
    tell_discipline(ctx, again)
    assert told(ctx, inspector) == [one]
    tell_discipline(ctx, OutboxMessage("x", "accusation_recalled", one.notice.case_id, {**payload, "tell": None}, 1))
    assert told(ctx, inspector) == [one]


def test_only_discipline_marks_it_as_seen_and_still_sees_the_case(
    app: Flask, ctx: Context, clerk: Officer, inspector: Officer
) -> None:
    number = recalled(app)
    (one,) = told(ctx, inspector)
    mark_seen(ctx, clerk, one.notice.id)
    assert told(ctx, inspector) == [one]
    mark_seen(ctx, inspector, one.notice.id)
    assert told(ctx, inspector) == [] and sees(ctx, inspector, number)


def desk(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.post("/desk/sign-in", data={"username": name, "password": PASSWORD})
    return client


@pytest.mark.usefixtures("inspector")
def test_the_notice_stands_on_the_list_until_it_is_seen(app: Flask, clerk: Officer) -> None:
    number = recalled(app, clerk)
    page = desk(app, "clerk").get("/desk").get_data(as_text=True)
    assert number not in page and "收回" not in page
    client = desk(app, "inspector")
    page = client.get("/desk").get_data(as_text=True)
    assert "曾经转给被检举的单位，现已收回" in page and number in page and f"{STREET_NAME}，某甲" in page
    csrf, address = page.split('name="csrf" value="')[1][:64], page.split('action="/desk/notices/')[1].split('"')[0]
    assert client.post(f"/desk/notices/{address}", data={"csrf": csrf}).status_code == 303
    page = client.get("/desk").get_data(as_text=True)
    assert "已记下看过" in page and 'id="notice-1"' not in page
    kept = page.split('id="told"')[1]
    assert number in kept and client.get(f"/desk/cases/{number}").status_code == 200


def test_the_list_of_what_the_organ_was_told_is_for_its_own_people(
    app: Flask, ctx: Context, clerk: Officer, inspector: Officer
) -> None:
    number = recalled(app, clerk)
    assert [one.case_number for one in told_cases(ctx, inspector)] == [number]
    assert told_cases(ctx, clerk) == told_cases(ctx, office(ctx)) == []
    act_on_case.act(ctx, office(ctx), number, "name_accused", {"unit": ORGAN, "officer": "inspector"})
    assert told_cases(ctx, inspector) == [], "the accused sees nothing of it"


def test_the_note_of_the_recall_leads_supervisors_to_who_read_it(app: Flask, ctx: Context, clerk: Officer) -> None:
    add_officer(ctx, "head", "supervisor", "某戊", None, PASSWORD)
    number = recalled(app, clerk)
    assert "收回以前谁看过" in desk(app, "head").get(f"/desk/cases/{number}").get_data(as_text=True)
    assert "收回以前谁看过" not in desk(app, "office").get(f"/desk/cases/{number}").get_data(as_text=True)
