"""A number alone chooses what was offered last, never where it may be an answer; no choice is ever cut."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.domain.messengers import Option, chosen, number_in
from kiosk_api.domain.policy import CHOICES_OPEN
from kiosk_api.services.channels.answer import PICK, Answer, answer_of, restored, stored
from kiosk_api.services.channels.hear import hear
from kiosk_api.services.channels.incoming import Kind
from kiosk_api.services.channels.plain_text import SMS, WECHAT, Measure, parts, utf8, utf16
from kiosk_api.services.chat.chat import Reply, Turn
from tests.channels.messengers import message, parts_of
from tests.factories import fresh_app

PATIENT = 120.0
MENU = (Option("我要反映问题", "我要反映问题", 1), Option("查进度", "查进度", 2), Option("找人工", "找人工", 3))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("1.", 1), ("１", 1), ("一", 1), ("第一个", 1), ("选1", 1), ("我选2。", 2), ("回复3", 3), ("第 2 项", 2),
        ("2号", 2), ("两", 2), ("十", 10), ("十二", 12), ("二十一", 21), ("（3）", 3), ("①", 1), ("12", 12),
        ("", 0), ("1个月", 0), ("13812345678", 0), ("我家1亩地", 0), ("一二", 0), ("100", 0), ("1 2 3 4 5", 0), ("第", 0),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(text: str, number: int) -> None:
    assert number_in(text) == number


def test_a_number_or_the_words_choose_and_nothing_else_does() -> None:
    assert [chosen(one, MENU, "") for one in ("2", "查进度。", "第三个", "4", "我要查进度的事")] == [
        "查进度", "查进度", "找人工", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("expects", ["phone", "phone_tail", "id_number", "amount", "happened", "case_number"])
def test_where_a_number_may_be_the_answer_it_chooses_nothing(expects: str) -> None:
    assert chosen("2", MENU, expects) is None and chosen("找人工", MENU, expects) == "找人工"
    turn = Turn("s" * 20, False, expects, [Reply("多少钱？", [{"label": "跳过", "value": "跳过"}])])
    (said,) = parts(answer_of(turn, ""), SMS)
    assert said == "多少钱？\n（也可以回复：跳过）"


def test_choices_go_on_behind_the_lines_of_a_card() -> None:
    rows = [{"number": n, "label": "电话", "text": "…", "change": f"改{n}"} for n in (1, 2)]
    card = {"title": "请核对：", "rows": rows, "closing": "都对吗？"}
    options = [{"label": "确认提交", "value": "确认提交"}, {"label": "取消", "value": "取消"}]
    answer = answer_of(Turn("s" * 20, False, "confirm", [Reply("…", options, card=card)]), "")
    assert [one.number for one in answer.picks] == [1, 2, 3, 4]
    assert [chosen(str(n), answer.picks, "confirm") for n in (1, 2, 3, 4)] == ["改1", "改2", "确认提交", "取消"]
    assert restored(stored(answer)) == answer


def test_the_last_answers_choices_count_and_a_messengers_own_word_leaves_them_open(tmp_path: Path) -> None:
    ctx, desk = parts_of(fresh_app(tmp_path))
    assistant: Any = ctx.assistant
    options = [{"label": one.label, "value": one.value} for one in MENU]
    assistant.messages = [{"custom": {"text": "您想办什么？", "options": options}}]
    (said,) = parts(hear(ctx, desk, message("你好", 1), PATIENT), WECHAT)
    assert said == f"您想办什么？\n{PICK}\n1 我要反映问题\n2 查进度\n3 找人工"
    hear(ctx, desk, message("", 2, kind=Kind.OTHER), PATIENT)
    assistant.messages = [{"custom": {"text": "请说电话", "expects": "phone"}}]
    hear(ctx, desk, message("２", 3), PATIENT)
    hear(ctx, desk, message("1", 4), PATIENT)
    assert [text for _, text in assistant.received] == ["你好", "查进度", "1"]


def test_a_number_weeks_later_picks_nothing_from_an_old_menu(tmp_path: Path) -> None:
    ctx, desk = parts_of(fresh_app(tmp_path))
    assistant: Any = ctx.assistant
    options = [{"label": one.label, "value": one.value} for one in MENU]
    assistant.messages = [{"custom": {"text": "您想办什么？", "options": options}}]
    hear(ctx, desk, message("你好", 1), PATIENT)
    ctx.clock.advance(CHOICES_OPEN - timedelta(seconds=1))  # type: ignore[attr-defined]
    hear(ctx, desk, message("2", 2), PATIENT)
    ctx.clock.advance(CHOICES_OPEN)  # type: ignore[attr-defined]
    hear(ctx, desk, message("", 3, kind=Kind.OTHER), PATIENT)  # a word of the messenger's own makes them no younger
    hear(ctx, desk, message("1", 4), PATIENT)
    hear(ctx, desk, message("1", 5), PATIENT)  # offered anew by the last answer
    assert [text for _, text in assistant.received] == ["你好", "查进度", "1", "我要反映问题"]


def test_a_menu_shows_the_choices_apart() -> None:
    answer = Answer(("您想办什么？",), MENU)
    assert parts(answer, WECHAT, menu_apart=True) == ["您想办什么？"]


LABELS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).map(
    lambda text: text.strip() or "无"
)


@given(
    text=st.text(st.characters(blacklist_categories=("Cs",)), max_size=4_000),
    labels=st.lists(LABELS, max_size=12),
    measure=st.sampled_from([SMS, WECHAT, Measure(utf16, 67, 12), Measure(utf8, 300, 6)]),
)
def test_no_message_is_too_long_no_sign_is_broken_and_no_choice_is_cut(
    text: str, labels: list[str], measure: Measure
) -> None:
    options = tuple(Option(label, label, number) for number, label in enumerate(labels, 1))
    found = parts(Answer((text,) if text else (), options), measure)
    assert all(measure.size(one) <= measure.longest for one in found)
    lines = [line for one in found for line in one.split("\n")]
    for one in options:
        line = f"{one.number} {one.label}"
        fits = measure.size(line) <= measure.longest
        assert line in lines if fits else any(given.startswith(f"{one.number} ") for given in lines)
    if len(found) <= measure.most and not any("太长" in one for one in found):
        assert "".join("".join(found).split()).startswith("".join(text.split()))
