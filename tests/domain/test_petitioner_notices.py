"""What is told at home: which events and clocks, what waits for the morning, and what a message may say."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from kiosk_api.domain.decisions import TOLD
from kiosk_api.domain.labels_notices_zh import ATTEMPT_STATE_LABELS, NOTICE_KIND_LABELS, NOTICE_STATE_LABELS
from kiosk_api.domain.notice_attempts import State
from kiosk_api.domain.notice_records import NoticeState
from kiosk_api.domain.notice_texts import LANGUAGES, WHAT, notice_text
from kiosk_api.domain.petitioner_notices import (
    NOTICES,
    OF_DECISION,
    OF_STAGE,
    ONCE,
    NoticeKind,
    Said,
    not_in_quiet_hours,
    notices_of,
)
from kiosk_api.domain.policy import RATING_ASKED_AFTER
from kiosk_api.domain.segments import segments
from kiosk_api.domain.statute import ARTICLES, PERIODS
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Event, Role
from tests.factories import START


def events(*actions: A) -> list[Event]:
    return [Event(one, START + timedelta(days=day), Role.PETITION_OFFICE) for day, one in enumerate(actions)]


def kinds(*actions: A) -> list[NoticeKind]:
    history = events(*actions)
    return [one.kind for one in notices_of(history, len(history) - 1)]


def test_every_kind_of_decision_that_is_owed_is_also_told_at_home() -> None:
    assert OF_DECISION.keys() == {told.kind for told in TOLD.values() if told}


def test_every_kind_has_an_entry_and_its_words_at_the_desk() -> None:
    assert NOTICES.keys() == set(NoticeKind)
    assert NOTICE_KIND_LABELS.keys() == {one.value for one in NoticeKind}
    assert NOTICE_STATE_LABELS.keys() == {one.value for one in NoticeState}
    assert ATTEMPT_STATE_LABELS.keys() == {one.value for one in State}


def test_what_is_owed_by_law_names_its_article() -> None:
    owed = {one.kind: one.article for one in NOTICES.values() if one.is_statutory}
    assert owed.keys() == {
        NoticeKind.ACCEPTED, NoticeKind.DECLINED, NoticeKind.EXTENDED, NoticeKind.DOCUMENT_READY, NoticeKind.OPINION,
        NoticeKind.REPLY, NoticeKind.SETTLED, NoticeKind.REVIEWED, NoticeKind.REEXAMINED,
    }  # fmt: skip
    assert set(owed.values()) <= ARTICLES.keys()


def test_clocks_that_the_petitioner_hears_of_are_statutory_ones() -> None:
    assert {clock for clock, _ in OF_STAGE} <= PERIODS.keys()
    assert "objection" not in {clock for clock, _ in OF_STAGE}, "a right of the unit, not of the petitioner"


def test_each_event_tells_what_it_decides_and_nothing_else() -> None:
    assert kinds(A.REGISTER) == [NoticeKind.REGISTERED]
    assert kinds(A.REGISTER, A.FORWARD) == [NoticeKind.FORWARDED]
    assert kinds(A.REGISTER, A.FORWARD, A.ACCEPT) == [NoticeKind.ACCEPTED]
    assert kinds(A.REGISTER, A.FORWARD, A.ACCEPT, A.EXTEND) == [NoticeKind.EXTENDED]
    for quiet in (A.NOTE, A.URGE, A.RATE, A.DELIVER, A.NAME_ACCUSED, A.RECALL, A.CLOSE):
        assert kinds(A.REGISTER, quiet) == []


def test_a_word_after_an_urge_answers_it_until_something_has_been_told() -> None:
    assert kinds(A.REGISTER, A.ACCEPT, A.URGE, A.NOTE, A.GIVE_WORD) == [NoticeKind.URGE_ANSWERED]
    assert kinds(A.REGISTER, A.ACCEPT, A.URGE, A.GIVE_WORD, A.GIVE_WORD) == [NoticeKind.WORD]
    assert kinds(A.REGISTER, A.ACCEPT, A.GIVE_WORD) == [NoticeKind.WORD]


def test_a_result_asks_for_a_rating_days_later_and_once_in_a_case() -> None:
    history = events(A.REGISTER, A.ACCEPT, A.CONCLUDE)
    told = notices_of(history, 2)
    assert [one.kind for one in told] == [NoticeKind.OPINION, NoticeKind.RATING]
    assert told[1].not_before == history[2].at + RATING_ASKED_AFTER
    again = events(A.REGISTER, A.ACCEPT, A.CONCLUDE, A.CONCLUDE)
    assert {one.occasion for place in (2, 3) for one in notices_of(again, place) if one.kind is NoticeKind.RATING} == {
        ONCE
    }


@pytest.mark.parametrize(
    ("hour", "minute", "day", "until"),
    [(20, 59, 0, None), (21, 0, 1, 8), (23, 59, 1, 8), (0, 0, 0, 8), (7, 59, 0, 8), (8, 0, 0, None)],
)
def test_what_can_wait_waits_for_the_morning(hour: int, minute: int, day: int, until: int | None) -> None:
    now = START.replace(hour=hour, minute=minute)
    wanted = now if until is None else (now + timedelta(days=day)).replace(hour=until, minute=0)
    assert not_in_quiet_hours(NoticeKind.OPINION, now) == wanted
    assert not_in_quiet_hours(NoticeKind.REGISTERED, now) == now, "the answer to a step just taken does not wait"


def every_text() -> list[str]:
    return [
        notice_text(said, language, "清河县信访局", tail, link, careful=careful)
        for said in Said
        for language in LANGUAGES
        for tail in ("7K12", "")
        for link in ("https://xf.example.cn/status", "")
        for careful in (False, True)
    ]


def test_every_said_thing_has_its_words_in_both_languages() -> None:
    assert {language: table.keys() for language, table in WHAT.items()} == {one: set(Said) for one in LANGUAGES}


def test_no_text_says_what_it_is_about() -> None:
    telling = re.compile(
        "受理|支持|检举|控告|征地|工资|复查|复核|处理意见|延期|督办|accept|declin|opinion|review|support|accus"
    )
    for text in every_text():
        assert not telling.search(text), text
        assert not re.search("转账|汇款|付款|点击领取|pay ", text), text


def test_a_confidential_case_gets_neither_office_nor_number_nor_link() -> None:
    for said in Said:
        text = notice_text(said, "zh", "清河县信访局", "7K12", "https://xf.example.cn/status", careful=True)
        assert not re.search("信访|7K12|http|检举", text), text


def test_a_text_costs_no_more_than_two_parts() -> None:
    for said in Said:
        for link in ("https://xf.example.cn/status", ""):
            text = notice_text(said, "zh", "清河县信访局", "7K12", link, careful=False)
            assert segments(text) <= 2, text


def test_no_text_has_two_marks_in_a_row() -> None:
    for text in every_text():
        assert not re.search(r"[。，.]{2}|\s[。，]|  ", text), text
