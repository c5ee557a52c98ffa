"""The trained model as it is served: independent exams, odd input, and the bot's use of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk_api.gateways.understanding import PAUSE_S
from tests.stack import ROOT, Stack
from tests.understanding.exam import rows

EXAM = ROOT / "tests" / "understanding"
MOST_FALSE_ALARMS, LEAST_NAMED = 0.05, 0.97
FURTHER_WARNED, FURTHER_FALSE = 0.93, 0.10
LEAST_WINDOWS, LEAST_FIELDS = 0.75, 0.75
ODD = ("", " ", "\x00\x01\x02", "😀" * 50, "a" * 100_000, "工资" * 50_000, "Hello, where can I complain?",
       "سلام", "ཁྱེད་རང་", "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
       "%PDF-1.7 \xff\xfe", "<script>alert(1)</script>", "SELECT * FROM cases", "/restart", "12345")  # fmt: skip


@pytest.fixture(scope="module")
def reader(stack: Stack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.rasa_url, timeout=10, trust_env=False) as client:
        yield client


def route(stack: Stack, text: str) -> dict[str, Any]:
    """As the model reads it: once it took too long, keywords replace it for PAUSE_S."""
    for _ in range(5):
        answer = stack.client.post("/api/v1/route", json={"text": text})
        assert answer.status_code == 200, answer.text
        said = dict(answer.json())
        if said["model"].startswith("matters-"):
            return said
        time.sleep(PAUSE_S + 0.5)
    raise AssertionError("five times the model did not answer in time")


def alarms_in(stack: Stack, name: str) -> tuple[list[tuple[str, bool, bool]], list[bool]]:
    """(kind, named at once, named or warned of) of each danger, and whether each look-alike raised an alarm."""
    real, calm = [], []
    for row in rows(name):
        said = route(stack, row["text"])
        if row["danger"] == "none":
            calm.append(said["emergency"])
        else:
            warned = said["emergency"] or "110" in said["reason"]
            real.append((row["danger"], said["emergency"], warned))
    return real, calm


def test_no_emergency_is_missed_and_few_look_alikes_alarm(stack: Stack) -> None:
    real, calm = alarms_in(stack, "emergencies.csv")
    assert len(real) >= 60 <= len(calm)
    assert [kind for kind, _, warned in real if not warned] == []
    assert sum(named for _, named, _ in real) >= LEAST_NAMED * len(real)
    assert sum(calm) <= MOST_FALSE_ALARMS * len(calm)


@pytest.mark.parametrize("name", ["emergencies_second.csv", "emergencies_third.csv"])
def test_emergencies_of_the_further_exams(stack: Stack, name: str) -> None:
    """Written after the sentences learnt from; figures are in handbook/developers."""
    real, calm = alarms_in(stack, name)
    assert sum(warned for _, _, warned in real) >= FURTHER_WARNED * len(real)
    assert sum(calm) <= FURTHER_FALSE * len(calm)


def test_windows_and_fields_of_the_independent_exam(stack: Stack) -> None:
    exam = rows("matters.csv")
    found = [(row, route(stack, row["text"])) for row in exam]
    windows = sum(said["window"] in (row["window"], row["also"]) for row, said in found)
    fields = sum(said["domain"] == row["domain"] for row, said in found)
    assert windows / len(exam) >= LEAST_WINDOWS
    assert fields / len(exam) >= LEAST_FIELDS


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_input_is_read_or_refused_kindly(stack: Stack, reader: httpx.Client, text: str) -> None:
    read = reader.post("/webhooks/matter/read", json={"text": text})
    assert read.status_code == 200
    assert abs(sum(read.json()["window"].values()) - 1) < 0.02
    said = stack.client.post("/api/v1/route", json={"text": text})
    assert said.status_code in (200, 413, 422)
    if said.status_code != 200:
        assert "请" in said.json()["detail"]
    chat = stack.client.post("/api/v1/chat", json={"text": text})
    assert chat.status_code in (200, 413, 422)
    words = chat.json().get("detail") or chat.json()["replies"][0]["text"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in words)


def test_something_that_is_no_text_is_refused(reader: httpx.Client) -> None:
    assert reader.post("/webhooks/matter/read", json={"text": 7}).status_code == 422


def test_the_bot_keeps_words_and_punctuation(stack: Stack) -> None:
    """Understanding reads a normalised text; the record gets what was typed."""
    session = "mark-for-mark-session-1"
    stack.chat("我要反映问题", session)
    facts = "工地上的錢，一直沒給！！！ 老闆说“下个月”……又下个月😡"
    stack.chat(facts, session)
    stack.chat("把錢要回來，谢谢！", session)
    for text in ("跳过", "跳过", "王麗華", "13912345678"):
        stack.chat(text, session)
    said = stack.chat("柳林镇东王庄村5组", session)
    if said["expects"] == "clarify":
        said = stack.chat("说不清", session)
    shown = "\n".join(one["text"] for one in said["replies"])
    assert facts in shown
    assert "把錢要回來，谢谢！" in shown
    assert "王麗華" in shown


def test_an_exam_is_there() -> None:
    assert {path.name for path in Path(EXAM).glob("*.csv")} >= {"matters.csv", "intents.csv", "emergencies.csv"}
