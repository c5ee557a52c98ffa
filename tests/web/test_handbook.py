"""The handbook over HTTP: answers, follow-ups, several at once, gaps, a new edition, paper."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk_api.gateways.handbook_files import HandbookError, HandbookFiles, load_out_of_scope
from kiosk_api.services.handbook.handbook import Gap, gaps
from tests.factories import FakeNearness, fresh_app

CITIZENS = Path(__file__).resolve().parents[2] / "handbook" / "citizens"


def ask(client: FlaskClient, question: str, before: str | None = None) -> dict:
    answer = client.post("/api/v1/handbook/ask", json={"question": question, "before": before})
    assert answer.status_code == 200, answer.json
    return answer.json


def test_an_answer_is_the_sections_own_sentence_with_its_articles(client: FlaskClient) -> None:
    found = ask(client, "对处理意见不服，怎么申请复查")
    section = client.get("/api/v1/handbook/review").json
    assert found["outcome"] == "answer"
    assert found["answer"] == section["short_answer"]
    assert found["citations"][0]["url"] == "/handbook/review"
    assert "第三十五条" in found["citations"][0]["article"]


def test_other_laws_are_cited_by_name(client: FlaskClient) -> None:
    found = ask(client, "判了对方不履行，怎么申请执行")
    assert "《民事诉讼法》第235条、第236条" in found["citations"][0]["article"]


def test_choices_carry_the_articles_of_each(client: FlaskClient) -> None:
    found = ask(client, "期限")
    assert found["outcome"] == "choices"
    assert [one["url"] for one in found["citations"]] == [f"/handbook/{one['slug']}" for one in found["choices"]]


def test_a_follow_up_is_answered_with_the_previous_question(client: FlaskClient) -> None:
    found = ask(client, "那复核呢？", before="怎么申请复查")
    urls = {one["url"] for one in found["citations"]}
    assert "/handbook/reexamination" in urls


def test_two_questions_are_answered_each(client: FlaskClient) -> None:
    found = ask(client, "很多人一起来，要选几个代表？可以请人代办吗？")
    assert [part["outcome"] for part in found["parts"]] == ["answer", "answer"]
    assert found["answer"].startswith("1. ") and "\n2. " in found["answer"]
    assert {one["url"] for one in found["citations"]} == {"/handbook/representatives", "/handbook/proxy"}


def test_ones_own_case_is_asked_for_by_number(client: FlaskClient) -> None:
    found = ask(client, "我的什么时候到期")
    assert found["outcome"] == "refer" and found["own_case"] and "查进度" in found["refer"]


def test_an_out_of_scope_topic_says_whom_to_ask(client: FlaskClient) -> None:
    found = ask(client, "打官司要交多少诉讼费")
    assert found["outcome"] == "refer"
    assert "法院窗口" in found["refer"] and "12348" in found["refer"]


@pytest.mark.parametrize(
    "question",
    [
        "？？？",
        "😀😀",
        "asdf qwer",
        "x" * 10_000,
        "信" * 10_000,
        "zen me fang xin",
        "𠮷𠮷",
        "，" * 500,
    ],
)
def test_odd_questions_get_a_helpful_answer(client: FlaskClient, question: str) -> None:
    found = ask(client, question)
    assert found["outcome"] in {"refer", "choices"}


def test_an_empty_question_says_what_to_do(client: FlaskClient) -> None:
    answer = client.post("/api/v1/handbook/ask", json={"question": "  "})
    assert answer.status_code == 422 or answer.status_code == 400
    assert "请输入" in answer.json["errors"][0]["detail"]


def test_sentence_vectors_find_what_keywords_do_not(tmp_path: Path) -> None:
    index = HandbookFiles(CITIZENS).index()
    place = next(at for at, one in enumerate(index.phrases) if one.text == "怕被报复")
    near = {place: 0.95, place + 1: 0.9}
    app = fresh_app(tmp_path, nearness=FakeNearness(near))
    found = ask(app.test_client(), "他放话说让我走着瞧")
    assert found["citations"][0]["url"] == "/handbook/retaliation"


def test_only_the_topics_of_unanswered_questions_are_counted(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    client = app.test_client()
    for _ in range(3):
        ask(client, "打官司要交多少诉讼费，我叫周铁柱")
    ctx = app.extensions["kiosk"]
    ctx.tally.flush()
    assert Gap("beyond:court-costs", "（手册外）诉讼费、律师费", "refer", 3) in gaps(ctx)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert "周铁柱".encode() not in stored


def test_a_changed_file_is_served_without_a_restart_and_a_broken_one_is_not(tmp_path: Path) -> None:
    shutil.copytree(CITIZENS.parent, tmp_path / "handbook")
    copy = tmp_path / "handbook" / "citizens"
    shelf = HandbookFiles(copy, check_every_s=0.0)
    page = copy / "self-service" / "05-urge.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("title: 怎么催办", "title: 催办的办法"), encoding="utf-8")
    os.utime(page, (1, 1))
    assert any(one.title == "催办的办法" for one in shelf.index().sections)
    page.write_text("没有开头", encoding="utf-8")
    assert any(one.title == "催办的办法" for one in shelf.index().sections)
    page.write_text(text, encoding="utf-8")
    assert any(one.title == "怎么催办" for one in shelf.index().sections)


def test_a_heading_of_the_list_of_topics_has_three_parts(tmp_path: Path) -> None:
    path = tmp_path / "not-answered.md"
    path.write_text("## only-two | 两样\n- 问\n", encoding="utf-8")
    with pytest.raises(HandbookError, match="three parts"):
        load_out_of_scope(path)


@pytest.mark.parametrize("paper", ["80mm", "a4"])
def test_a_section_and_a_booklet_have_a_print_layout(client: FlaskClient, paper: str) -> None:
    one = client.get(f"/handbook/print/{paper}/urge")
    assert one.status_code == 200 and "怎么催办" in one.text and "<svg" in one.text
    whole = client.get(f"/handbook/print/{paper}/regulation")
    assert whole.text.count("<article>") == 38
    assert client.get(f"/handbook/print/{paper}/nothing").status_code == 404


def test_an_unknown_paper_size_is_refused(client: FlaskClient) -> None:
    assert client.get("/handbook/print/a5/urge").status_code == 404


def test_every_section_has_an_english_edition(client: FlaskClient) -> None:
    contents = client.get("/en/handbook")
    assert contents.text.count('href="/en/handbook/') == 117
    assert "Asking for a review" in client.get("/en/handbook/review").text
    assert client.get("/en/handbook/nothing").status_code == 404


def test_pictures_are_served_and_nothing_beside_them(client: FlaskClient) -> None:
    found = client.get("/handbook/pictures/home.png")
    assert found.status_code == 200 and found.mimetype == "image/png"
    assert "/handbook/pictures/home.png" in client.get("/handbook/kiosk-how-to").text
    assert client.get("/handbook/pictures/../booklets.toml").status_code == 404
    assert client.get("/handbook/pictures/none.png").status_code == 404
