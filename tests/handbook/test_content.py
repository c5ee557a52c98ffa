"""The citizens' booklets: what they cite exists, what they promise is the law, and they load."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kiosk_api.gateways.handbook_files import (
    HandbookError,
    load_sections,
    load_windows,
    parse_section,
    render_html,
)

HANDBOOK = Path(__file__).resolve().parents[2] / "handbook"
SECTIONS = load_sections(HANDBOOK / "citizens")
WINDOWS = load_windows(HANDBOOK / "windows.toml")
NATIONAL_NUMBERS = {"110", "119", "120", "12348", "12345", "12333"}


def test_four_booklets_hold_enough_sections() -> None:
    assert len({section.booklet for section in SECTIONS}) == 4
    assert len(SECTIONS) >= 28


def test_every_slug_is_unique_and_plain() -> None:
    slugs = [section.slug for section in SECTIONS]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]+", slug) for slug in slugs)


def test_every_cited_article_exists() -> None:
    for section in SECTIONS:
        assert section.articles, section.slug
        assert all(1 <= int(number) <= 50 for number in section.articles), section.slug


def test_short_answers_are_short() -> None:
    for section in SECTIONS:
        assert 10 <= len(section.short_answer) <= 120, section.slug


def test_every_section_has_several_ways_of_asking() -> None:
    assert all(len(section.aliases) >= 3 for section in SECTIONS)


def test_no_section_is_past_its_review() -> None:
    for section in SECTIONS:
        assert date.fromisoformat(section.checked_on) < date.fromisoformat(section.review_by)
        assert date.fromisoformat(section.review_by) >= date.today(), section.slug


def test_periods_in_prose_are_those_of_the_statute() -> None:
    statute = pytest.importorskip("kiosk_api.domain.statute")
    days = {str(one.amount) for one in statute.PERIODS.values() if one.unit == "days"}
    working = {str(one.amount) for one in statute.PERIODS.values() if one.unit == "working_days"}
    for section in SECTIONS:
        text = f"{section.short_answer}\n{section.body_markdown}"
        dated = re.sub(r"\d+月\d+日", "", text)
        assert set(re.findall(r"(\d+)日", dated)) <= days, section.slug
        assert set(re.findall(r"(\d+)个工作日", text)) <= working, section.slug


def test_periods_of_an_article_stand_in_the_section_that_explains_it() -> None:
    statute = pytest.importorskip("kiosk_api.domain.statute")
    explains = {"route": "registered-when", "notice": "notice", "objection": "objection",
                "conclude": "time-limit", "extension": "time-limit", "ask_review": "review",
                "review": "review", "ask_reexamination": "reexamination",
                "reexamination": "reexamination"}
    by_slug = {section.slug: section for section in SECTIONS}
    for key, slug in explains.items():
        period = statute.PERIODS[key]
        unit = "日" if period.unit == "days" else "个工作日"
        assert f"{period.amount}{unit}" in by_slug[slug].short_answer, key
        assert period.article in by_slug[slug].articles, key


def test_the_most_representatives_is_the_statutory_number() -> None:
    statute = pytest.importorskip("kiosk_api.domain.statute")
    section = next(section for section in SECTIONS if section.slug == "representatives")
    assert f"不超过{statute.MAX_REPRESENTATIVES}人" in section.short_answer


def test_no_invented_telephone_number_stands_in_a_section() -> None:
    for section in SECTIONS:
        text = f"{section.short_answer}{section.body_markdown}"
        numbers = set(re.findall(r"(?<!\d)\d{3,}(?!\d)", re.sub(r"20\d\d年", "", text)))
        assert numbers <= NATIONAL_NUMBERS, (section.slug, numbers)


def test_every_window_and_support_room_is_listed() -> None:
    assert {window["key"] for window in WINDOWS} == {
        "court", "procuratorate", "public_security", "discipline", "labour_arbitration",
        "administrative_reconsideration", "petition_office", "lawyer", "counselling", "mediation",
        "video_reception",
    }


def test_a_window_with_placeholders_is_marked_not_configured(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_text(
        '[[window]]\nkey="court"\nlabel="法院窗口"\npurpose="…"\nwhere="一楼东侧"\nhours="工作日"\n'
        '[[window]]\nkey="lawyer"\nlabel="律师"\npurpose="…"\nwhere="【请本单位填写：位置】"\nhours="每天"\n',
        encoding="utf-8",
    )
    assert [window["configured"] for window in load_windows(path)] == [True, False]


def test_rendering_escapes_everything_and_knows_four_shapes() -> None:
    page = render_html(
        "## 标题\n\n一句**重要**的话<script>alert(1)</script>\n\n- 甲\n- 乙\n\n1. 先\n2. 后"
    )
    assert page == (
        "<h3>标题</h3>\n<p>一句<strong>重要</strong>的话&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        "<ul><li>甲</li><li>乙</li></ul>\n<ol><li>先</li><li>后</li></ol>"
    )


def test_every_section_renders_without_leftover_marks() -> None:
    for section in SECTIONS:
        page = render_html(section.body_markdown)
        assert "<p>" in page or "<ul>" in page or "<ol>" in page
        assert "**" not in page, section.slug


def test_a_file_without_front_matter_is_refused_by_name() -> None:
    with pytest.raises(HandbookError, match="x.md"):
        parse_section("# 没有开头", {}, "x.md")
