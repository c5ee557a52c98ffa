"""The bot's client against the API it was written for, over real HTTP."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.lost_receipt import told
from bot.dialogue.ports import ApiDown, Refused
from bot.kiosk_client import KioskClient
from tests.factories import fresh_app, petition
from tests.serving import served


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KioskClient]:
    app = fresh_app(tmp_path)
    monkeypatch.setenv("BOT_KEY", app.extensions["kiosk"].bot_key)
    with served(app) as address:
        yield KioskClient(address).speaking_for("s" * 20)


def test_fields_are_checked_by_the_rules_of_the_api(client: KioskClient) -> None:
    good = client.check("phone", "139 1234 5678")
    assert good["ok"] and good["value"] == "+8613912345678" and good["masked"].endswith("5678")
    bad = client.check("phone", "12")
    assert not bad["ok"] and "11位" in bad["detail"]


def test_drafts_are_kept_found_and_discarded(client: KioskClient) -> None:
    code = client.save_draft("s" * 20, {"facts": "半截"})
    assert client.load_draft(resume_code=code) == {"facts": "半截"}
    client.discard_draft("s" * 20)
    assert client.load_draft(session_id="s" * 20) is None


def test_a_petition_is_registered_looked_up_and_urged(client: KioskClient) -> None:
    made = client.register(petition(), secrets.token_hex(8))
    assert made["case_number"] and made["lookup_token"] and made["route"]["reason"]
    who = {"case_number": made["case_number"], "phone_tail": "5678"}
    assert client.lookup(who)["status_label"] == "已登记"
    assert not client.urge(who, "urge-key-1")["can"]["urge"]["allowed"]
    with pytest.raises(Refused) as early:
        client.rate({**who, "petition_office": "satisfied", "responsible_unit": "satisfied"}, "k" * 9)
    assert early.value.code == "not_allowed_now" and early.value.detail


def test_refusals_carry_code_sentence_and_fields(client: KioskClient) -> None:
    with pytest.raises(Refused) as caught:
        client.register(petition(request=""), "some-key-1")
    assert caught.value.code == "invalid_petition"
    assert caught.value.errors[0]["field"] == "request"


def test_guidance_has_the_shapes_the_bot_reads(client: KioskClient) -> None:
    assert client.ask("信访事项多久能办完")["outcome"] in ("answer", "choices", "refer")
    assert client.route("法院判了赢了但是对方不给钱，执行了一年没执行到")["window"] == "court"
    assert {"label", "purpose", "where"} <= set(client.windows()[0])


def test_guesses_of_one_conversation_do_not_use_up_anothers_tries(client: KioskClient) -> None:
    made = client.register(petition(), secrets.token_hex(8))
    from kiosk_api.domain.case_number import make
    from tests.factories import START

    for n in range(20):
        with pytest.raises(Refused):
            client.lookup({"case_number": make(START.date(), n), "phone_tail": "0000"})
    with pytest.raises(ApiDown):
        client.lookup({"case_number": make(START.date(), 99), "phone_tail": "0000"})
    other = client.speaking_for("t" * 20)
    who = {"case_number": made["case_number"], "phone_tail": "5678"}
    assert other.lookup(who)["case_number"] == made["case_number"]


def test_an_unreachable_api_is_reported_as_down() -> None:
    with pytest.raises(ApiDown):
        KioskClient("http://127.0.0.1:9").check("phone", "1")


def test_a_lost_receipt_is_answered_from_the_handbook_with_place_and_phone(client: KioskClient) -> None:
    answer, where = told(client)
    assert [one["url"] for one in answer["citations"]] == ["/handbook/lost-receipt"]
    assert "带身份证" in answer["text"] and "作废" in answer["text"]
    assert where["text"] == "信访窗口：待公布。接待时间：待公布。咨询电话：待公布。办公时间：待公布。"
