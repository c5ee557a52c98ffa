"""What a list says of a matter, of whom it says nothing, and how a case is found (decision 0034)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, quote, quote_plus, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from kiosk_api.domain.first_words import FIRST_WORDS, first_words, may_be_listed
from kiosk_api.domain.petition import Petition
from kiosk_api.services.staff.accounts import add_officer
from tests.desk import concluded, staff
from tests.factories import PASSWORD, UNIT, fresh_app, petition, register
from tests.web.desk_helpers import csrf

ASKED = "要求工地停止夜间施工"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


def filed(app: Flask, key: str, **more: object) -> str:
    answer = app.test_client().post(
        "/api/v1/petitions", json=petition(**more), headers={"Idempotency-Key": f"words-{key}-0001"}
    )
    assert answer.status_code == 201, answer.get_json()
    return str(answer.get_json()["case_number"])


def desk(app: Flask, who: str = "office") -> FlaskClient:
    client = app.test_client()
    client.post("/desk/sign-in", data={"username": who, "password": PASSWORD})
    return client


def searched(client: FlaskClient, typed: str, **more: str) -> TestResponse:
    token = csrf(client.get("/desk?view=all").text)
    return client.post("/desk/search", data={"csrf": token, "view": "all", "q": typed, **more})


def test_a_list_begins_each_line_with_what_is_asked_for_and_names_nobody(app: Flask) -> None:
    filed(app, "one", request=f"{ASKED}，联系钱多米，13912345678")
    page = desk(app).get("/desk?view=all").text
    assert ASKED in page
    assert "钱多米" not in page and "13912345678" not in page and "望江社区" not in page


@pytest.mark.parametrize(("request_", "facts", "shown"), [
    ("", "楼道灯坏了", "楼道灯坏了"),
    ("第一行\n第二行", "", "第一行 第二行"),
    ("字" * 41, "", "字" * 40 + "…"),
    ("字" * 38 + "13912345678的电话", "", "字" * 38 + "…"),
    ("我叫李小四，请查", "", "【略】"),
])  # fmt: skip
def test_first_words_are_one_line_and_are_not_cut_inside_what_was_taken_out(
    request_: str, facts: str, shown: str
) -> None:
    words = first_words(Petition("李小四", "13912345678", "桥东街道1号", request_, facts))
    assert shown in words and "李小四" not in words and "139" not in words
    assert len(words) <= FIRST_WORDS + 1 and words.count("【") == words.count("】")


def test_secret_matters_show_no_words(app: Flask) -> None:
    filed(app, "secret", request=ASKED, confidential=True)
    filed(app, "doubtful", request="举报村干部侵占补偿款")
    for view in ("all", "mine", "new"):
        page = desk(app).get(f"/desk?view={view}").text
        assert ASKED not in page and "侵占" not in page
        assert "打开才看得到内容" in page
    assert [may_be_listed(*one) for one in (("appeal", False, False), ("accusation", False, False),
            ("appeal", True, False), ("appeal", False, True))] == [True, False, False, False]  # fmt: skip


def test_who_must_say_why_reads_no_words_in_a_list(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True, KIOSK_READING_REASONS="petition_office")
    filed(app, "one", request=ASKED)
    assert ASKED not in desk(app).get("/desk?view=all").text
    assert ASKED in desk(app, "lead").get("/desk?view=all").text


def test_a_list_says_who_has_a_case_in_its_unit(app: Flask) -> None:
    number = filed(app, "one")
    staff(app, "office", number, "forward", unit=UNIT)
    add_officer(app.extensions["kiosk"], "second", "responsible_unit", "经办壬", UNIT, PASSWORD)
    client = desk(app, "second")
    assert "经办壬</span></td>" not in client.get("/desk").text
    token = csrf(client.get(f"/desk/cases/{number}").text)
    client.post(f"/desk/cases/{number}/person", data={"csrf": token})
    assert "经办壬</span></td>" in client.get("/desk").text


def test_a_petition_that_does_not_open_leaves_its_line(app: Flask) -> None:
    number = filed(app, "one", request=ASKED)
    with app.extensions["kiosk"].store._engine.begin() as connection:
        connection.execute(text("UPDATE cases SET petition = :broken"), {"broken": b"\0"})
    page = desk(app).get("/desk?view=all")
    assert page.status_code == 200 and number in page.text and ASKED not in page.text


def test_a_case_is_found_by_any_spelling_of_its_number_and_of_its_unit(app: Flask) -> None:
    number, other = filed(app, "one"), filed(app, "two", request="希望在学校门口加装红绿灯")
    staff(app, "office", number, "forward", unit=UNIT)
    client = desk(app)
    plain = number.replace("-", "")
    for words in (
        number,
        number.lower(),
        plain,
        plain[-6:],
        f" {number[-7:]} ",
        plain[2:],
        "住建局",
        "zjj",
        "城乡建设局",
    ):
        page = client.get("/desk", query_string={"view": "all", "q": words}).text
        assert number in page, words
        assert other not in page, words
    nothing = searched(client, "没有的单位").text
    assert "没有找到" in nothing and number not in nothing and "编号填几位就行" in nothing


def test_filters_stay_with_the_search_and_say_what_was_sought(app: Flask) -> None:
    number = filed(app, "one")
    staff(app, "office", number, "forward", unit=UNIT)
    client = desk(app)
    found = client.get("/desk?view=all&q=住建局&status=forwarded&kind=appeal&channel=network").text
    assert number in found and "状态：已转送" in found and 'value="forwarded" selected' in found
    assert 'name="status" value="forwarded"' in found  # the search in the bar keeps it
    assert number not in client.get("/desk?view=all&q=住建局&status=accepted").text


@pytest.mark.parametrize("typed", ["13912345678", "139 1234 5678", "11010519491231002X"])
def test_the_figures_of_a_person_leave_the_address(app: Flask, typed: str) -> None:
    client = desk(app)
    for answer in (client.get("/desk", query_string={"view": "all", "q": typed}), searched(client, typed)):
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/desk/?view=all"
    assert "不能按电话、身份证号找人" in client.get("/desk?view=all").text


@pytest.mark.parametrize("typed", ["李小四", "lixiaosi", "李小四 13912345678", "桥东街道1号", "XF 李小四"])
def test_what_may_be_a_name_is_answered_without_an_address_that_holds_it(app: Flask, typed: str) -> None:
    filed(app, "one")
    client = desk(app)
    answer = searched(client, typed, status="registered")
    assert answer.status_code == 200 and "没有找到" in answer.text and f"找的是“{typed}”" in answer.text
    inside = [one.split('"')[0] for one in answer.text.split('href="')[1:]]
    assert "/desk/?view=due&amp;status=registered" in inside
    assert not [one for one in inside if quote(typed) in one or typed in one or quote_plus(typed) in one]
    assert 'type="hidden" name="q"' not in answer.text
    by_hand = client.get("/desk", query_string={"view": "all", "q": typed})
    assert (by_hand.status_code, by_hand.headers["Location"]) == (303, "/desk/?view=all")


@pytest.mark.parametrize("typed", ["XF2026", "0302", "u-0212", "住建局", "zjj", "a1b2", " xf "])
def test_a_number_or_a_unit_goes_on_to_a_list_that_can_be_kept_and_turned(app: Flask, typed: str) -> None:
    client = desk(app)
    answer = searched(client, typed, kind="appeal")
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["Location"]).query) == {"view": ["all"], "q": [typed], "kind": ["appeal"]}
    assert client.get(answer.headers["Location"]).status_code == 200


def test_a_search_from_elsewhere_finds_nothing_and_wrong_fields_are_named(app: Flask) -> None:
    client = desk(app)
    refused = client.post("/desk/search", data={"csrf": "x", "view": "all", "q": "住建局"})
    assert (refused.status_code, refused.headers["Location"]) == (303, "/desk/")
    for typed, wrong in (("长" * 101, {}), ("\0", {}), ("", {"kind": "other"}), ("", {"page": "0"})):
        assert searched(client, typed, **wrong).status_code == 422, (typed, wrong)


def test_a_case_says_first_what_this_officer_has_to_do(app: Flask) -> None:
    number = str(register(app)["case_number"])

    def now(who: str) -> str:
        return desk(app, who).get(f"/desk/cases/{number}").text.split('id="now"')[1].split('id="petition"')[0]

    before = now("office")
    assert "尚未转送" in before and "还剩15天" in before and "条例第22条" in before
    assert (
        before.index("转送有权处理的单位") < before.index("报请本级党委、政府决定") < before.index("备注、联系和其他")
    )
    assert before.count("data-usual") == 1
    staff(app, "office", number, "forward", unit=UNIT)
    assert "现在不等您办，等青禾县" in now("office") and "data-usual" not in now("office")
    assert "受理并书面告知" in now("unit") and "data-usual" in now("unit")


def test_a_case_under_review_is_with_the_reviewer(app: Flask) -> None:
    made = register(app)
    number = str(made["case_number"])
    concluded(app, number)
    asked = app.test_client().post(
        "/api/v1/cases/review",
        json={"lookup_token": made["lookup_token"], "phone_tail": "5678", "reason": "没有查清"},
        headers={"Idempotency-Key": "words-review-0001"},
    )
    assert asked.status_code == 200, asked.get_json()
    client = desk(app)
    page = client.get(f"/desk/cases/{number}").text.split('id="now"')[1].split('id="petition"')[0]
    assert "等复查机关" in page and "等青禾县" not in page
    assert "复查机关" in client.get("/desk/?view=all").text


def test_a_case_says_above_all_what_it_is_about(app: Flask) -> None:
    made = register(app)
    page = desk(app).get(f"/desk/cases/{made['case_number']}").text
    assert page.index('id="matter"') < page.index('id="now"')
