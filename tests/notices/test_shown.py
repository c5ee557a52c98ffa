"""What is shown of notices: to the petitioner what was really sent, to the desk what was not, to the accused nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.messenger_words import word
from kiosk_api.gateways.console_sender import ConsoleSender
from kiosk_api.services.base.readiness import readiness
from kiosk_api.services.base.sending import NotSent, Refused
from kiosk_api.services.channels.hear import hear
from kiosk_api.services.notices.delivery import deliver_one
from kiosk_api.services.notices.planning import plan
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.petitioner_notices import told_otherwise, untold
from tests.channels.messengers import WHO, message
from tests.factories import PASSWORD, UNIT
from tests.notices.telling import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def looked_up(office: Office, given: dict[str, Any]) -> dict[str, Any]:
    body = {"lookup_token": given["lookup_token"]}
    return dict(office.app.test_client().post("/api/v1/cases/lookup", json=body).get_json()["notices"])


def signed_in(office: Office, who: str = "office") -> FlaskClient:
    client = office.app.test_client()
    client.post("/desk/sign-in", data={"username": who, "password": PASSWORD})
    return client


def test_the_petitioner_reads_only_what_was_really_sent(office: Office) -> None:
    given = office.file()
    assert looked_up(office, given) == {"ways": ["sms"], "way_labels": ["短信"], "only_owed": False, "sent": []}
    office.sms.fails = [NotSent("busy")]
    office.tell()
    assert looked_up(office, given)["sent"] == []
    office.later(minutes=5)
    office.tell()
    at = office.ctx.clock.now().isoformat()
    [sent] = looked_up(office, given)["sent"]
    assert (sent["at"], sent["channel"], sent["label"]) == (at, "sms", "已发短信")


def test_the_petitioner_reads_that_there_is_no_way(tmp_path: Path) -> None:
    office = Office(tmp_path, sms=False, wechat=False)
    given = office.file()
    office.tell()
    assert looked_up(office, given) == {"ways": [], "way_labels": [], "only_owed": False, "sent": []}


def test_what_a_laptop_prints_is_never_called_sent(office: Office) -> None:
    given = office.file()
    office.ctx = replace(office.ctx, senders={"sms": ConsoleSender()})
    office.app.extensions["kiosk"] = office.ctx
    assert looked_up(office, given)["way_labels"] == ["短信（演示，不会真的发出）"]


def test_the_desk_does_not_say_that_what_a_laptop_prints_was_sent(office: Office) -> None:
    number = office.file()["case_number"]
    shown = ConsoleSender()
    office.ctx = replace(office.ctx, senders={"sms": shown})
    office.app.extensions["kiosk"] = office.ctx
    plan(office.ctx)
    assert deliver_one(office.ctx, shown.name, shown)
    page = signed_in(office).get(f"/desk/cases/{number}").get_data(as_text=True)
    section = page[page.index('id="told-h"') :]
    assert "短信（演示）：没有真的发出" in section
    assert "已发出" not in section and "已通知" not in section


def test_the_choice_needs_the_receipt_and_one_of_two_words(office: Office) -> None:
    given, client = office.file(), office.app.test_client()
    for body, field in (
        ({"lookup_token": given["lookup_token"], "notices": "none"}, "notices"),
        ({"notices": "owed"}, "lookup_token"),
    ):
        answer = client.post("/api/v1/cases/notices", json=body)
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["field"] == field
    unknown = client.post("/api/v1/cases/notices", json={"lookup_token": "x" * 32, "notices": "owed"})
    assert unknown.status_code == 404
    for wanted, only_owed in (("owed", True), ("owed", True), ("all", False)):
        body = {"lookup_token": given["lookup_token"], "notices": wanted}
        assert client.post("/api/v1/cases/notices", json=body).get_json()["notices"]["only_owed"] is only_owed


def test_a_person_at_a_messenger_chooses_there(office: Office) -> None:
    given = office.file()
    desk = office.app.extensions["channel_desk"]
    assert word("only_owed", "zh") not in hear(office.ctx, desk, message("退订", 1), 60).texts, "not told of any case"
    office.bind(given["case_number"], WHO)
    assert hear(office.ctx, desk, message("退订", 2), 60).texts == (word("only_owed", "zh"),)
    assert looked_up(office, given)["only_owed"] is True
    assert hear(office.ctx, desk, message("恢复", 3), 60).texts == (word("all_again", "zh"),)
    assert looked_up(office, given)["only_owed"] is False


def test_staff_see_each_notice_with_its_ways(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number)
    office.wechat.fails = [Refused("has_left")]
    office.tell()
    page = signed_in(office).get(f"/desk/cases/{number}").get_data(as_text=True)
    section = page[page.index('id="told-h"') :]
    for words in ("已登记", "已通知", "微信：平台不收", "短信：已发出"):
        assert words in section


def test_the_desk_lists_whom_nobody_could_tell_and_an_officer_tells_them(tmp_path: Path) -> None:
    office = Office(tmp_path, sms=False, wechat=False)
    number = office.file()["case_number"]
    office.act(number, "office", "forward", unit=UNIT)
    office.act(number, "unit", "accept", procedure="investigation")
    office.tell()
    client = signed_in(office)
    page = client.get("/desk/untold").get_data(as_text=True)
    assert number in page
    assert "没有开通短信、微信" in page
    assert "条例第23条" in page
    assert page.count("<form") == 3, "what the law owes, the search and the way out; the rest stands on another list"
    [notice] = re.findall(r'name="notice" value="([^"]+)"', page)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf
    client.post("/desk/untold/told", data={"notice": notice, "csrf": csrf[1]})
    assert number not in client.get("/desk/untold").get_data(as_text=True)
    assert number in client.get("/desk/untold?view=others").get_data(as_text=True)
    assert office.states(number)["accepted"] == "otherwise"
    with pytest.raises(DomainError, match="not_allowed_now"):
        told_otherwise(office.ctx, office.officer("office"), notice)


def test_nobody_outside_the_hall_sees_the_list(office: Office) -> None:
    for who in ("unit", "leader", "review"):
        with pytest.raises(DomainError, match="forbidden"):
            untold(office.ctx, office.officer(who), others=False, page=1)
    assert "没通知到的" not in signed_in(office, "unit").get("/desk").get_data(as_text=True)


def test_an_officer_with_an_interest_learns_nothing_by_the_list(tmp_path: Path) -> None:
    office = Office(tmp_path, sms=False, wechat=False)
    number = office.file(confidential=True)["case_number"]
    office.act(number, "office", "forward", unit=UNIT)
    office.act(number, "unit", "accept", procedure="investigation")
    office.tell()
    add_officer(office.ctx, "accused", "petition_office", "某丁", None, PASSWORD)
    mine = untold(office.ctx, office.officer("accused"), others=False, page=1)
    assert [one.case_number for one in mine.items] == [number]
    office.act(number, "lead", "name_accused", unit=UNIT, officer="accused", reason="在材料里")
    assert untold(office.ctx, office.officer("accused"), others=False, page=1).items == []
    with pytest.raises(DomainError, match="not_allowed_now"):
        told_otherwise(office.ctx, office.officer("accused"), mine.items[0].id)


def test_readiness_says_which_way_is_off_and_which_fails(office: Office) -> None:
    office.wechat.on = False
    parts = readiness(office.ctx).parts
    assert (parts["wechat"], parts["sms"]) == ("off", "ok")
    office.file()
    office.sms.fails = [NotSent("busy")]
    office.tell()
    assert readiness(office.ctx).parts["sms"] == "degraded"
    office.later(minutes=5)
    office.tell()
    assert readiness(office.ctx).parts["sms"] == "ok"
