"""Whom a case accuses is recorded from the tree; from then on they see nothing of it, and it leaves their hands."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import Status
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.rebuild import rebuild
from kiosk_api.services.organisation.units import search_units
from kiosk_api.services.staff import act_on_case, staff_cases
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.addressees import addressees
from tests.factories import PASSWORD, fresh_app, petition

STREET, STREET_NAME, COMMUNITY, OTHER = "s-01", "青禾县城关街道办事处", "c-011", "u-0209"


@pytest.fixture
def app(tmp_path: Any) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def ctx(app: Flask) -> Context:
    found: Context = app.extensions["kiosk"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def officer(ctx: Context, name: str, role: str = "responsible_unit", unit: str | None = None) -> Officer:
    with ctx.store.read() as records:
        known = records.officer_by_name(name)
    return known[0] if known else add_officer(ctx, name, role, "某某", unit, PASSWORD)


def office(ctx: Context) -> Officer:
    return officer(ctx, "office")


def registered(client: FlaskClient, **changes: Any) -> str:
    headers = {"Idempotency-Key": "wall-naming-0001"}
    return str(client.post("/api/v1/petitions", json=petition(**changes), headers=headers).get_json()["case_number"])


def act(ctx: Context, who: Officer, number: str, action: str, **data: str) -> staff_cases.StaffView:
    return act_on_case.act(ctx, who, number, action, data)


def sees(ctx: Context, who: Officer, number: str) -> bool:
    with suppress(DomainError):
        staff_cases.view_case(ctx, who, number)
        return True
    return False


def refused(ctx: Context, who: Officer, number: str, action: str, **data: str) -> list[tuple[str, str]]:
    with pytest.raises(DomainError) as caught:
        act(ctx, who, number, action, **data)
    return [(one.field, one.code) for one in caught.value.errors]


def test_a_unit_that_the_citizen_names_beyond_doubt_is_named_at_once(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit=f"{STREET_NAME}的王主任", confidential=True)
    shown = act(ctx, office(ctx), number, "note", text="看过").accused
    assert shown is not None and shown.is_kept_out
    assert [(one.unit, one.unit_name, one.by_petitioner) for one in shown.named] == [(STREET, STREET_NAME, True)]
    for unit in (STREET, COMMUNITY):
        assert refused(ctx, office(ctx), number, "forward", unit=unit) == [("unit", "accused_unit")]
    assert act(ctx, office(ctx), number, "forward", unit=OTHER).status is Status.FORWARDED


def test_words_that_leave_doubt_are_proposed_to_the_officer(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit="城关街道解放路社区的书记", confidential=True)
    shown = act(ctx, office(ctx), number, "note", text="看过").accused
    assert shown is not None and shown.named == []
    assert COMMUNITY in [one.id for one in shown.proposed]
    named = act(ctx, office(ctx), number, "name_accused", unit=COMMUNITY).accused
    assert named is not None and [one.unit for one in named.named] == [COMMUNITY] and not named.proposed


def test_units_proposed_for_a_case_leave_out_the_accused_and_those_below(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit=STREET_NAME, confidential=True)
    whole, fit = search_units(ctx, "城关"), addressees(ctx, office(ctx), "城关", number)
    assert STREET in [one.id for one in whole] and fit == []
    assert [one.id for one in addressees(ctx, office(ctx), "人社局", number)] == [OTHER]
    with pytest.raises(DomainError, match="case_not_found"):
        addressees(ctx, officer(ctx, "clerk", unit=STREET), "人社局", number)


def test_an_ordinary_matter_about_a_unit_may_go_to_that_unit(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit=STREET_NAME)
    clerk = officer(ctx, "clerk", unit=STREET)
    act(ctx, office(ctx), number, "forward", unit=STREET)
    assert sees(ctx, clerk, number)


def test_corrected_to_an_accusation_it_is_taken_back_at_once(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit=STREET_NAME)
    clerk = officer(ctx, "clerk", unit=STREET)
    act(ctx, office(ctx), number, "forward", unit=STREET)
    after = act(ctx, office(ctx), number, "correct_route", window="discipline", kind="accusation")
    assert (after.status, after.responsible_unit) == (Status.REGISTERED, None)
    assert [one.event for one in after.timeline[-3:]] == ["correct_route", "recall", "note"]
    assert "青禾县纪委监委" in after.timeline[-1].data["text"] and STREET_NAME in after.timeline[-1].data["text"]
    assert not sees(ctx, clerk, number)
    assert staff_cases.list_cases(ctx, clerk, staff_cases.Wanted("all")).items == []
    with ctx.store.write() as records:
        messages = records.claim_messages(ctx.clock.now(), 60, 50)
    told = next(one for one in messages if one.topic == "accusation_recalled")
    assert told.payload == {"from": STREET, "tell": "u-0015"}


def test_an_accusation_of_others_is_taken_back_too_and_goes_to_discipline(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit="青禾县教育局")
    act(ctx, office(ctx), number, "forward", unit=OTHER)
    after = act(ctx, office(ctx), number, "correct_route", window="discipline", kind="accusation")
    assert after.status is Status.REGISTERED
    assert act(ctx, office(ctx), number, "transfer", unit="u-0015", reason="按管理权限转送").responsible_unit


def test_naming_the_unit_that_has_it_takes_it_back(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, confidential=True)
    clerk = officer(ctx, "clerk", unit=COMMUNITY)
    act(ctx, office(ctx), number, "forward", unit=COMMUNITY)
    assert sees(ctx, clerk, number)
    after = act(ctx, office(ctx), number, "name_accused", unit=STREET)
    assert after.status is Status.REGISTERED and not sees(ctx, clerk, number)


def test_a_person_who_is_accused_sees_nothing_though_their_colleagues_do(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, confidential=True)
    person = officer(ctx, "person", "petition_office", None)
    assert sees(ctx, person, number)
    assert refused(ctx, office(ctx), number, "name_accused", unit=OTHER, officer="nobody") == [
        ("officer", "unknown_officer")
    ]
    after = act(ctx, office(ctx), number, "name_accused", unit=OTHER, officer="person")
    assert after.accused is not None and after.accused.named[0].officer == "person"
    assert not sees(ctx, person, number) and sees(ctx, office(ctx), number)
    assert refused(ctx, office(ctx), number, "forward", unit=OTHER) == [("unit", "accused_unit")]


def test_a_wrong_naming_is_put_right_with_its_reason(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit=STREET_NAME, confidential=True)
    assert ("reason", "required") in refused(ctx, office(ctx), number, "clear_accused", unit=STREET)
    assert refused(ctx, office(ctx), number, "clear_accused", unit=COMMUNITY, reason="记错了") == [
        ("unit", "not_named")
    ]
    act(ctx, office(ctx), number, "clear_accused", unit=STREET, reason="说的是另一个街道")
    assert act(ctx, office(ctx), number, "forward", unit=STREET).status is Status.FORWARDED


def test_only_the_petition_office_names(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, confidential=True)
    clerk = officer(ctx, "clerk", unit=OTHER)
    act(ctx, office(ctx), number, "forward", unit=OTHER)
    with pytest.raises(DomainError, match="forbidden"):
        act(ctx, clerk, number, "name_accused", unit=STREET)
    assert staff_cases.view_case(ctx, clerk, number).accused is None


def test_whoever_steps_aside_sees_nothing_more(ctx: Context, client: FlaskClient) -> None:
    number = registered(client)
    second = officer(ctx, "second", "petition_office", None)
    act(ctx, second, number, "step_aside", interest="当事人是我的亲属")
    assert not sees(ctx, second, number) and sees(ctx, office(ctx), number)
    assert staff_cases.list_cases(ctx, second, staff_cases.Wanted("all")).counts["all"] == 0


def test_rows_of_the_wall_can_be_made_anew(ctx: Context, client: FlaskClient) -> None:
    number = registered(client, about_unit=STREET_NAME, confidential=True)
    act(ctx, office(ctx), number, "name_accused", unit=OTHER)
    act(ctx, officer(ctx, "second", "petition_office", None), number, "step_aside", interest="亲属")
    with ctx.store.write() as records:
        case = records.cases.by_number(number)
        assert case is not None
        before = records.walls.of_case(case.id)
        records._connection.execute(text("DELETE FROM accused"))  # type: ignore[attr-defined]
        records._connection.execute(text("DELETE FROM interests"))  # type: ignore[attr-defined]
    assert len(before.accused) == 2 and len(before.interests) == 1
    assert [one.changed for one in rebuild(ctx)] == [1]
    with ctx.store.read() as records:
        assert records.walls.of_case(case.id) == before


def test_the_page_names_with_one_button(app: Flask, client: FlaskClient) -> None:
    number = registered(client, about_unit="城关街道解放路社区的书记", confidential=True)
    desk = app.test_client()
    desk.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    page = desk.get(f"/desk/cases/{number}").get_data(as_text=True)
    assert f'name="f_unit" value="{COMMUNITY}"' in page and "还没有记" in page
    csrf = page.split('name="csrf" value="')[1][:64]
    sent = {"csrf": csrf, "action": "name_accused", "f_unit": COMMUNITY}
    assert desk.post(f"/desk/cases/{number}/actions", data=sent).status_code == 303
    after = desk.get(f"/desk/cases/{number}").get_data(as_text=True)
    assert "都查不到这件事" in after and "工作人员记的" in after
