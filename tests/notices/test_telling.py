"""Who is told, by which way, and when."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk_api.services.base.notice_ways import DEMO
from kiosk_api.services.cases.background import note_deadlines
from kiosk_api.services.cases.rebuild import rebuild
from kiosk_api.services.staff.callbacks import act_on_callback
from tests.factories import START, UNIT
from tests.notices.telling import HOME, PHONE, Office, in_the_morning


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_who_gave_a_phone_gets_a_text_that_says_nothing_of_the_matter(office: Office) -> None:
    number = office.file()["case_number"]
    office.tell()
    [(to, message)] = office.sms.sent
    assert to == PHONE
    assert "清河县信访局" in message.text
    assert number[-4:].replace("-", "") in message.text
    assert f"{HOME}/status" in message.text
    assert not re.search("钱多米|打桩|施工|桥东", message.text)
    assert office.states(number) == {"registered": "told"}


def test_a_bound_messenger_comes_before_the_phone_in_its_own_language(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number, language="en")
    office.tell()
    assert office.sms.sent == []
    [(to, message)] = office.wechat.sent
    assert to == "oInvented-0001"
    assert "your petition is registered" in message.text
    assert message.template == "registered"
    assert message.fields["what"] == "your petition is registered"


def test_who_filed_in_a_messenger_was_told_there_a_moment_ago(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number, proof="filed")
    office.tell()
    assert office.sms.sent == office.wechat.sent == []
    assert office.states(number) == {"registered": "needless"}


def test_without_any_way_the_desk_is_told_why(office: Office) -> None:
    body = {"name": "钱多米", "phone": "02558881234", "address": "江畔区桥东街道望江社区3幢201室"}
    number = office.file(petitioner=body)["case_number"]
    office.tell()
    [(notice, attempts)] = office.notices(number)
    assert (notice.state, notice.reason, attempts) == ("untold", "no_way", [])


def test_with_every_channel_off_nothing_waits_for_better_days(tmp_path: Path) -> None:
    office = Office(tmp_path, sms=False, wechat=False)
    number = office.file()["case_number"]
    office.tell()
    [(notice, _)] = office.notices(number)
    assert (notice.state, notice.reason) == ("untold", "channels_off")


def test_what_can_wait_is_sent_in_the_morning(office: Office) -> None:
    number = office.file()["case_number"]
    office.tell()
    office.at(START.replace(hour=22))
    office.act(number, "office", "forward", unit=UNIT)
    office.tell()
    assert len(office.sms.sent) == 1
    office.at(in_the_morning())
    office.tell()
    assert len(office.sms.sent) == 2


def test_what_the_law_owes_comes_also_to_who_wants_nothing_else(office: Office) -> None:
    given = office.file()
    number = given["case_number"]
    office.tell()
    body = {"lookup_token": given["lookup_token"], "notices": "owed"}
    answer = office.app.test_client().post("/api/v1/cases/notices", json=body)
    assert answer.get_json()["notices"]["only_owed"] is True
    office.act(number, "office", "forward", unit=UNIT)
    office.tell()
    assert len(office.sms.sent) == 1
    office.act(number, "unit", "accept", procedure="investigation")
    office.tell()
    assert len(office.sms.sent) == 2
    assert office.states(number) == {"registered": "told", "forwarded": "needless", "accepted": "told"}


def test_a_case_kept_confidential_gets_the_careful_words(office: Office) -> None:
    office.file(confidential=True)
    office.tell()
    [(_, message)] = office.sms.sent
    assert not re.search("信访|清河|http", message.text + message.link + "".join(message.fields.values()))


def test_what_the_sweep_notes_is_told_once_and_rebuilding_tells_nothing_again(office: Office) -> None:
    number = office.file()["case_number"]
    office.tell()
    office.later(days=16)
    note_deadlines(office.ctx, 1_000)
    office.tell()
    assert office.states(number) == {"registered": "told", "overdue": "told"}
    assert "过了期限" in office.sms.sent[-1][1].text
    list(rebuild(office.ctx))
    note_deadlines(office.ctx, 1_000)
    office.tell()
    assert len(office.sms.sent) == 2


def test_nobody_is_told_of_a_date_that_no_longer_matters(office: Office) -> None:
    number = office.file()["case_number"]
    office.tell()
    office.at(START.replace(hour=23) + timedelta(days=16))
    note_deadlines(office.ctx, 1_000)
    office.act(number, "office", "forward", unit=UNIT)
    office.at(START.replace(hour=9) + timedelta(days=17))
    office.tell()
    assert office.states(number) == {"registered": "told", "overdue": "needless", "forwarded": "told"}


def test_nothing_is_sent_to_the_numbers_of_invented_people(office: Office) -> None:
    number = office.file()["case_number"]
    with office.ctx.store.write() as records:
        records.beat(DEMO, START)
    office.tell()
    assert office.sms.sent == []
    assert office.states(number) == {"registered": "untold"}


def test_a_request_to_be_called_back_is_confirmed_and_a_missed_call_told(office: Office) -> None:
    client = office.app.test_client()
    client.post("/api/v1/callbacks", json={"phone": "13912345678"}, headers={"Idempotency-Key": "telling-callback-1"})
    office.tell()
    assert "回电" in office.sms.sent[-1][1].text
    with office.ctx.store.read() as records:
        [line] = records.callbacks.page(closed=False, limit=10, offset=0)
    for _ in range(3):
        act_on_callback(office.ctx, office.officer("office"), line.id, "not_reached", "")
    office.tell()
    assert len(office.sms.sent) == 2
    assert "没有打通" in office.sms.sent[-1][1].text
