"""Each kind of document says what the Regulations ask for; its picture is kept for people to look at."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask

from kiosk_api.services.staff import case_documents, deliver_documents
from tests.desk import OPINION, staff
from tests.documents.steps import BODY, approved, officer, pictures, words
from tests.factories import UNIT, UNIT_NAME, register

PICTURES = Path(__file__).resolve().parents[2] / "var/documents"


def kept(file: bytes, name: str) -> str:
    """The text; the pages are left in PICTURES."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for place, page in enumerate(pictures(file), 1):
        page.save(PICTURES / f"{name}-{place}.png")
        assert page.size == (827, 1170)  # A4
        assert len(set(page.convert("L").resize((40, 56)).tobytes())) > 3  # something is printed
    return words(file)


def told(app: Flask, who: str, leader: str, number: str, kind: str) -> str:
    """The text of the approved document of a kind."""
    one = approved(app, who, leader, number, kind)
    text = kept(case_documents.document_file(app.extensions["kiosk"], officer(app, who), number, one.id), kind)
    assert one.number and one.number in text
    assert "草稿" not in text
    assert number in text
    assert "（加盖印章）2026年" in text
    return text


def accepted(app: Flask) -> str:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    return number


def test_forwarding_says_who_has_it_and_when_they_write(app: Flask) -> None:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    text = told(app, "office", "lead", number, "forwarding")
    assert text.startswith("江畔区信访局信访事项转送告知书青信访转字〔2026〕第1号钱多米：")
    for part in (UNIT_NAME, "15日内", "第二十二条", "第二十三条", "请督促施工单位停止夜间施工"):
        assert part in text


def test_acceptance_says_the_route_and_the_last_day(app: Flask) -> None:
    text = told(app, "unit", "leader", accepted(app), "acceptance")
    assert text.startswith(f"{UNIT_NAME}信访事项受理告知书青信访受字〔2026〕第1号")
    for part in ("第三十一条", "第六项", "60日", "2026年5月1日", "不超过30日"):
        assert part in text


def test_non_acceptance_says_why_and_where_to_go(app: Flask) -> None:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "decline", cause="litigation", reason="已经起诉到法院", where_to_go="江畔区人民法院")
    text = told(app, "unit", "leader", number, "non_acceptance")
    for part in ("不予受理告知书", "不受字〔2026〕第1号", "已经起诉到法院", "江畔区人民法院", "第四十四条"):
        assert part in text


def test_an_extension_says_why_and_the_new_day(app: Flask) -> None:
    number = accepted(app)
    staff(app, "unit", number, "request_extension", days="20", reason="要等噪声鉴定")
    staff(app, "leader", number, "extend")
    text = told(app, "unit", "leader", number, "extension")
    for part in ("延长20日", "要等噪声鉴定", "2026年5月21日", "第三十四条"):
        assert part in text


def test_an_opinion_has_its_four_parts_the_review_body_and_the_thirty_days(app: Flask) -> None:
    number = accepted(app)
    staff(app, "unit", number, "conclude", **OPINION)
    text = told(app, "unit", "leader", number, "opinion")
    order = ["一、投诉请求停止夜间施工", "二、事实和理由经查", "三、处理意见支持。已责令停止", "四、法律法规依据噪声"]
    assert sorted(order, key=text.index) == order
    assert "自收到之日起30日内，向青禾县人民政府请求复查（《信访工作条例》第三十五条）" in text
    assert "送达回证" in text


def test_the_unit_above_is_named_where_nobody_typed_another(app: Flask) -> None:
    number, ctx = accepted(app), app.extensions["kiosk"]
    staff(app, "unit", number, "conclude", **OPINION)
    clerk = officer(app, "unit")
    one = next(each for each in case_documents.documents_view(ctx, clerk, number).to_make if each.kind == "opinion")
    assert (one.body, one.above) == (True, BODY)
    (made,) = case_documents.make(ctx, clerk, number, one.event, "").items
    assert f"向{BODY}请求复查" in words(case_documents.document_file(ctx, clerk, number, made.id))


def test_an_opinion_under_another_route_names_its_own_remedy(app: Flask) -> None:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="administrative", organ="江畔区司法局")
    remedy = {"remedy": "reconsideration", "remedy_at": "青禾县人民政府", "remedy_by": "2026-04-30"}
    staff(app, "unit", number, "conclude", **OPINION, **remedy)
    text = told(app, "unit", "leader", number, "opinion")
    assert "申请行政复议。向青禾县人民政府提出，最晚2026年4月30日" in text
    assert "请求复查" not in text


def test_a_reply_to_a_suggestion_has_no_review(app: Flask) -> None:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "correct_route", window="petition_office", kind="suggestion")
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept")
    staff(app, "unit", number, "answer_suggestion", outcome="partly", reason="先在学校门口试")
    text = told(app, "unit", "leader", number, "reply")
    for part in ("信访事项答复书", "第二十九条", "部分采纳", "先在学校门口试"):
        assert part in text
    assert "复查" not in text


def test_a_settlement_is_signed_by_both(app: Flask) -> None:
    number = accepted(app)
    staff(app, "unit", number, "settle", agreement="工地晚上十点以后停工", consent="both")
    text = told(app, "unit", "leader", number, "settlement")
    for part in (
        "调解、和解协议书",
        "工地晚上十点以后停工",
        "双方当事人同意",
        "第三十三条",
        "信访人（签名）",
        "另一方（签名）",
    ):
        assert part in text


def test_review_and_re_examination(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    receipt = register(app)
    number = str(receipt["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)
    today = ctx.clock.now().date().isoformat()
    staff(app, "unit", number, "deliver", document="opinion", method="on_the_spot", received_on=today)
    ask = {"lookup_token": receipt["lookup_token"], "phone_tail": "5678", "reason": "半夜还在打桩"}
    client = app.test_client()
    assert client.post("/api/v1/cases/review", json=ask, headers={"Idempotency-Key": "review-one"}).status_code == 200
    changed = {"decision": "changed", "opinion": "原意见没有查夜间", "new_outcome": "supported",
               "new_result": "夜间一律停工"}  # fmt: skip
    staff(app, "district", number, "decide_review", **changed)
    one = approved(app, "district", "district2", number, "review")
    text = kept(case_documents.document_file(ctx, officer(app, "district"), number, one.id), "review")
    for part in ("青禾县人民政府信访事项复查意见书", "复查字〔2026〕第1号", "半夜还在打桩", "原处理意见已责令停止",
                 "复查结论变更", "夜间一律停工", "30日内", "第三十六条"):  # fmt: skip
        assert part in text
    said = {"method": "on_the_spot", "received_on": today}
    deliver_documents.deliver(ctx, officer(app, "district"), number, one.id, said)
    ctx.clock.advance(timedelta(days=2))
    assert client.post("/api/v1/cases/review", json=ask, headers={"Idempotency-Key": "review-two"}).status_code == 200
    staff(app, "city", number, "decide_reexamination", decision="upheld", opinion="复查意见正确")
    one = approved(app, "city", "city2", number, "reexamination")
    text = kept(case_documents.document_file(ctx, officer(app, "city"), number, one.id), "reexamination")
    for part in ("禾阳市人民政府信访事项复核意见书", "复核结论维持", "不再受理", "第三十六条"):
        assert part in text


def test_the_delivery_sheet_has_the_last_day_once_the_document_is_received(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], accepted(app)
    staff(app, "unit", number, "conclude", **OPINION)
    one, clerk = approved(app, "unit", "leader", number, "opinion"), officer(app, "unit")
    text = kept(deliver_documents.delivery_sheet(ctx, clerk, number, one.id), "sheet-before")
    assert "最后一天：" in text
    ctx.clock.advance(timedelta(days=3))
    deliver_documents.deliver(ctx, clerk, number, one.id, {"method": "on_the_spot", "received_on": "2026-03-04"})
    text = kept(deliver_documents.delivery_sheet(ctx, clerk, number, one.id), "sheet-after")
    for part in (
        "送达回证",
        "钱多米",
        str(one.number),
        "2026年3月4日",
        "向青禾县人民政府请求复查，最后一天是2026年4月3日",
    ):
        assert part in text


def test_a_draft_says_so_and_a_sign_without_a_glyph_is_left_to_be_written(app: Flask) -> None:
    number = accepted(app)
    staff(app, "unit", number, "conclude", **{**OPINION, "finding": "已通知𰻝面馆"})
    one, ctx = approved(app, "unit", "leader", number, "opinion"), app.extensions["kiosk"]
    text = words(case_documents.document_file(ctx, officer(app, "unit"), number, one.id))
    assert "已通知〓面馆" in text
    assert "请经办人手写补上" in text
    staff(app, "unit", number, "note", text="再出一份")
    place = next(each for each in case_documents.documents_view(ctx, officer(app, "unit"), number).to_make).event
    draft = case_documents.make(ctx, officer(app, "unit"), number, place, "").items[0]
    text = kept(case_documents.document_file(ctx, officer(app, "unit"), number, draft.id), "draft")
    assert "草稿" in text
    assert "（批准后编号）" in text


def test_a_long_opinion_goes_over_several_pages(app: Flask) -> None:
    number = accepted(app)
    staff(app, "unit", number, "conclude", **{**OPINION, "facts_and_reasons": "半夜打桩。" * 400})
    one = approved(app, "unit", "leader", number, "opinion")
    file = case_documents.document_file(app.extensions["kiosk"], officer(app, "unit"), number, one.id)
    assert words(file).count("桩") == 400
    assert f"第{len(pictures(file))}页，共{len(pictures(file))}页" in kept(file, "long")
