"""找窗口: open or not, the plan and the way, on halls with nothing, little and much in them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk_api.gateways.windows_file import load_floors, load_windows
from tests.factories import fresh_app, register
from tests.stack import ROOT

EXAMPLE = ROOT / "handbook" / "operators" / "example-hall.toml"
NOON = datetime(2026, 3, 2, 12, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


@pytest.fixture
def hall(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, KIOSK_WINDOWS_FILE=str(EXAMPLE))


def page(app: Flask, path: str = "/windows", view: str = "standard.zh") -> str:
    client = app.test_client()
    client.set_cookie("view", view)
    answer: TestResponse = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def card(text: str, key: str) -> str:
    return text.split(f'id="window-{key}"')[1].split("</li>")[0]


def test_each_window_says_whether_it_is_open_by_the_clock_of_the_office(hall: Flask) -> None:
    assert "现在开着，12:00休息" in card(page(hall), "court")
    hall.extensions["kiosk"].clock.advance(NOON - hall.extensions["kiosk"].clock.now())
    assert "现在没开，今天13:30开" in card(page(hall), "court")
    assert "现在开着，17:30关门" in card(page(hall), "petition_office")
    assert "Closed now, opens tomorrow at 9:00" in card(page(hall, view="standard.en"), "lawyer")
    assert "Mon–Fri 9:00–12:00, 13:30–17:30 (closed on public holidays)" in card(
        page(hall, view="standard.en"), "court"
    )


def test_a_window_without_days_and_times_claims_nothing(tmp_path: Path) -> None:
    text = page(fresh_app(tmp_path))
    assert "现在开着" not in text and "现在没开" not in text and 'id="plan-unset"' in text


def test_the_answer_of_the_api_says_the_same(hall: Flask) -> None:
    windows = {one["key"]: one for one in hall.test_client().get("/api/v1/windows").get_json()["windows"]}
    assert windows["court"]["opening"] == {
        "state": "open", "until": "2026-03-02T12:00:00+08:00", "opens": "2026-03-02T13:30:00+08:00", "words": "现在开着，12:00休息",
    }  # fmt: skip
    assert windows["lawyer"]["opening"]["words"] == "现在没开，明天9:00开"


def test_a_proposal_and_a_receipt_say_whether_their_window_is_open_and_paper_only_its_hours(
    hall: Flask, tmp_path: Path
) -> None:
    case, client = register(hall), hall.test_client()
    matter, token = {"text": "工地欠了我们三个月工资"}, {"lookup_token": case["lookup_token"]}
    proposed = client.post("/api/v1/route", json=matter).get_json()
    assert proposed["opening"] == {"state": "open", "words": "现在开着，12:00休息"}
    assert client.post("/api/v1/receipts", json=token).get_json()["opening"]["state"] == "open"
    client.set_cookie("view", "standard.en")
    assert client.post("/api/v1/receipts", json=token).get_json()["opening"]["words"].startswith("Open now")
    for paper in ({}, {"paper": "a4"}):
        sheet = client.post("/receipt", data=token | paper).get_data(as_text=True)
        assert "周一至周五" in sheet and "现在开着" not in sheet
    (tmp_path / "other").mkdir()
    unset = fresh_app(tmp_path / "other").test_client()
    assert unset.post("/api/v1/route", json=matter).get_json()["opening"] is None


def test_the_way_leads_to_each_window_and_to_the_lift_for_another_floor(hall: Flask) -> None:
    text = page(hall)
    assert len(re.findall('class="way" data-to="court"', text)) == 1
    assert len(re.findall('class="way" data-to="lawyer"', text)) == 2
    assert "在二楼，先坐电梯或走楼梯。" in page(hall, "/windows/lawyer")
    assert "先坐电梯" not in page(hall, "/windows/court")


def test_one_window_has_its_own_page_and_paper(hall: Flask) -> None:
    assert re.search('class="way chosen" data-to="court"', page(hall, "/windows/court"))
    paper = page(hall, "/windows/court/print")
    assert "一楼北侧2号" in paper and "现在开着" not in paper
    assert hall.test_client().get("/windows/nowhere").status_code == 404


def test_three_floors_with_forty_rooms_and_long_names_are_drawn(tmp_path: Path) -> None:
    path, name = tmp_path / "windows.toml", "退役军人事务和优抚安置综合服务窗口"
    floors = "".join(f'[[floor]]\nkey = "{one}"\nlabel = "{one}楼"\nwidth = 200\nheight = 100\n' for one in (1, 2, 3))
    rooms = "".join(
        f'[[window]]\nkey = "room{one}"\nlabel = "{name}{one}"\nshort = "{name}"\npurpose = "办事"\nwhere = "这里"\nhours = "上午"\n'
        f'floor = "{one % 3 + 1}"\nx = {one // 3 % 7 * 28}\ny = {one // 21 * 45}\nw = 20\nh = 20\n'
        for one in range(40)
    )
    path.write_text(
        floors + rooms + '[[window]]\nkey = "away"\nlabel = "别处"\npurpose = "办事"\nwhere = "院内"\nhours = "上午"\n'
    )
    text = page(fresh_app(tmp_path / "var", KIOSK_WINDOWS_FILE=str(path)))
    assert text.count('<svg class="plan"') == 3 and len(re.findall('id="plan-room', text)) == 40
    assert 'width="600"' in text  # 60 px for the smallest window: the plan is moved in its frame
    assert "图上没有的窗口，位置待公布" in text and 'id="plan-away"' not in text
    assert f">{name}<" not in text  # cut into lines, or left to the list


AT = "x = 4\ny = 4\nw = 20\nh = 20\n"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("", '\n[[feature]]\nkind = "helipad"\nfloor = "1"\n' + AT, "helipad"),
        ("", '\n[[feature]]\nkind = "lift"\nfloor = "8"\n' + AT, "no floor 8"),
        ("", '\n[[feature]]\nkind = "lift"\nfloor = "1"\n', "floor, x, y, w and h"),
        ("here = [52, 58]", "here = [52, 580]", "outside floor 1"),
        ("here = [52, 58]", "here = 52", "written"),
        ("[[52, 84], [52, 62]]", "[[52, 84]]", "two points"),
        ("x = 28\ny = 3\nw = 20", "x = 20\ny = 3\nw = 20", "lie over each other"),
        ('label = "法院窗口"', 'label = "法院窗口"\nhours = "上午"', "open or hours, not both"),
        ('open = ["wed 14:00-17:00"]', 'open = ["wed 14-17"]', "video_reception, open"),
        ('label = "法院窗口"', 'label = "法院窗口"\ndoor = [400, 4]', "door of window court"),
    ],
)  # fmt: skip
def test_a_plan_that_would_mislead_is_refused_and_says_where(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "windows.toml"
    assert before in text
    path.write_text(text.replace(before, after, 1) if before else text + after, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(says)):
        (load_windows(path), load_floors(path))


def test_the_example_is_of_the_same_windows_as_the_hall_and_the_hall_itself_is_not_invented() -> None:
    own = load_windows(ROOT / "handbook" / "windows.toml")
    assert [(one.key, one.label, one.short) for one in own] == [
        (one.key, one.label, one.short) for one in load_windows(EXAMPLE)
    ]
    assert not any(one.opens or one.place for one in own)
