"""The citizens' booklets: cited articles exist, periods are those of the law, and every file loads."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk_api.domain.handbook import phrases_of
from kiosk_api.gateways.handbook_files import (
    HandbookError,
    load_english,
    load_out_of_scope,
    load_sections,
    parse_section,
    render_html,
)
from kiosk_api.gateways.windows_file import load_windows
from kiosk_api.services.handbook.rules import BUTTONS, faults

HANDBOOK = Path(__file__).resolve().parents[2] / "handbook"
SECTIONS = load_sections(HANDBOOK / "citizens")
OUT_OF_SCOPE = load_out_of_scope(HANDBOOK / "citizens" / "not-answered.md")
ENGLISH = load_english(HANDBOOK / "citizens-en", HANDBOOK / "citizens", SECTIONS)
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
WINDOWS = load_windows(HANDBOOK / "windows.toml")


def test_four_booklets_hold_enough_sections() -> None:
    assert len({section.booklet for section in SECTIONS}) == 4
    assert len(SECTIONS) >= 85


def test_the_published_edition_has_no_fault() -> None:
    assert faults(SECTIONS, OUT_OF_SCOPE, TODAY, ENGLISH) == []


def pressable(root: Path) -> set[str]:
    """Whole texts of the pages' sources: of an element, of a call for a translation, of a bot's option."""
    found: set[str] = set()
    for folder, shape in (
        (
            "kiosk_api/web/templates/kiosk",
            r'_\("([^"]+)"\)|<button[^>]*>([^<{]+)</button>|"([^"]+)" if [\w. =]+"zh" else "([^"]+)"',
        ),
        ("kiosk_api/web/static/js", r'\bt\("([^"]+)"'),
        ("bot/dialogue", r'"([^"\n]+)"'),
    ):
        for path in (root / folder).rglob("*"):
            if path.suffix in {".html", ".js", ".py"}:
                for match in re.finditer(shape, path.read_text(encoding="utf-8")):
                    found |= set(filter(None, match.groups()))
    return found


def test_every_button_named_in_prose_exists_on_a_page_with_exactly_this_label() -> None:
    assert sorted(BUTTONS - pressable(HANDBOOK.parent)) == []


def test_no_button_is_listed_that_no_section_names() -> None:
    prose = "".join(f"{one.short_answer}\n{one.body_markdown}" for one in SECTIONS)
    assert [name for name in sorted(BUTTONS) if f"“{name}”" not in prose] == []


GOOD = SECTIONS[0]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"articles": ("51",)}, "第51条不在条款表里"),
        ({"articles": ()}, "没有写依据的条款"),
        ({"laws": (("民事诉讼法", "999"),)}, "《民事诉讼法》没有第999条"),
        ({"laws": (("想象法", "1"),)}, "《想象法》不在引用的法律名单里"),
        ({"body_markdown": "要在40日内提出。"}, "“40日内”与所引条款的期限对不上"),
        ({"body_markdown": "要在六个月内提出。"}, "“六个月”与所引条款的期限对不上"),
        ({"body_markdown": "第35条写着。"}, "正文提到第35条，但没有写在依据里"),
        ({"body_markdown": "请打0251234567。"}, "不是全国统一的号码"),
        ({"body_markdown": "点“变魔术”。"}, "页面上没有“变魔术”这个按钮"),
        ({"short_answer": "好。"}, "简短回答要在10到120个字之间"),
        ({"short_answer": "不会。检举揭发的材料不得转给被反映的人。"}, "会答反"),
        ({"aliases": ("一种",)}, "至少写3种"),
        ({"review_by": "2026-11-01", "checked_on": "2026-10-01"}, "该重新核对了"),
        ({"checked_on": "明天"}, "核对日期要写成"),
        ({"checked_on": "2026-11-24", "review_by": "2027-11-23"}, "核对日期在将来"),
        ({"checked_on": "2026-11-23", "review_by": "2026-11-23"}, "下次核对日期要晚于核对日期"),
        ({"slug": "Bad Slug"}, "网址代号“Bad Slug”"),
    ],
)
def test_the_fault_of_an_edition_is_reported(changed: dict[str, Any], fault: str) -> None:
    found = faults([replace(GOOD, **changed)], [], date(2026, 11, 23))
    assert any(fault in one for one in found), found


def test_an_example_question_belongs_to_one_place_only() -> None:
    twin = replace(GOOD, slug="twin", file="twin.md")
    assert any("出现在两处" in one for one in faults([GOOD, twin], [], date(2026, 11, 23)))


def test_the_old_regulation_is_marked_superseded_where_people_quote_it() -> None:
    old = next(section for section in SECTIONS if section.slug == "old-rule")
    assert old.body_markdown.count("已被取代") >= 4


def test_the_section_that_explains_an_article_names_its_periods() -> None:
    statute = pytest.importorskip("kiosk_api.domain.statute")
    explains = {
        "route": "registered-when",
        "notice": "notice",
        "objection": "objection",
        "conclude": "time-limit",
        "extension": "time-limit",
        "ask_review": "review",
        "review": "review",
        "ask_reexamination": "reexamination",
        "reexamination": "reexamination",
    }
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


def test_every_window_and_support_room_is_listed() -> None:
    assert {window.key for window in WINDOWS} == {
        "court",
        "procuratorate",
        "public_security",
        "discipline",
        "labour_arbitration",
        "administrative_reconsideration",
        "petition_office",
        "lawyer",
        "counselling",
        "mediation",
        "video_reception",
    }


def test_a_window_with_placeholders_is_marked_not_configured(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_text(
        '[[window]]\nkey="court"\nlabel="法院窗口"\npurpose="…"\nwhere="一楼东侧"\nhours="工作日"\n'
        '[[window]]\nkey="lawyer"\nlabel="律师"\npurpose="…"\nwhere="【请本单位填写：位置】"\nhours="每天"\n',
        encoding="utf-8",
    )
    assert [window.configured for window in load_windows(path)] == [True, False]


def test_rendering_escapes_everything_and_knows_four_shapes() -> None:
    page = render_html("## 标题\n\n一句**重要**的话<script>alert(1)</script>\n\n- 甲\n- 乙\n\n1. 先\n2. 后")
    assert page == (
        "<h3>标题</h3>\n<p>一句<strong>重要</strong>的话&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        "<ul><li>甲</li><li>乙</li></ul>\n<ol><li>先</li><li>后</li></ol>"
    )


def test_two_pictures_on_a_line_are_rendered_side_by_side() -> None:
    one, other = "![大“字”](pictures/home-elder.png)", "![高对比](pictures/home-contrast.png)"
    img = '<img src="/handbook/pictures/home-{}.png" alt="{}" loading="lazy">'
    first, second = img.format("elder", "大“字”"), img.format("contrast", "高对比")
    assert render_html(one) == f'<p class="picture">{first}</p>'
    assert render_html(f"{one} {other}") == f'<p class="picture pair">{first}{second}</p>'
    assert "<img" not in render_html("![外面](http://example.org/a.png)")


def test_every_section_renders_without_leftover_marks() -> None:
    for section in SECTIONS:
        page = render_html(section.body_markdown)
        assert "<p>" in page or "<ul>" in page or "<ol>" in page
        assert "**" not in page, section.slug


def test_sections_have_many_example_questions_and_an_unknown_heading_is_refused(tmp_path: Path) -> None:
    assert all(len(section.example_questions) >= 40 for section in SECTIONS)
    shutil.copytree(HANDBOOK / "citizens", tmp_path / "citizens")
    stray = tmp_path / "citizens" / "ways-of-asking" / "regulation.md"
    stray.write_text("## nowhere\n- 问\n", encoding="utf-8")
    with pytest.raises(HandbookError, match="nowhere"):
        load_sections(tmp_path / "citizens")


def test_a_file_without_front_matter_is_refused_by_name() -> None:
    with pytest.raises(HandbookError, match="x.md"):
        parse_section("# 没有开头", {}, "x.md")


@pytest.mark.parametrize("name", ["handbook_asked.csv", "handbook_asked_second.csv", "handbook_refused.csv"])
def test_no_exam_question_is_an_example_question(name: str) -> None:
    path = HANDBOOK.parent / "tests" / "understanding" / name
    with path.open(encoding="utf-8", newline="") as lines:
        exam = {re.sub(r"\W", "", row["question"]) for row in csv.DictReader(lines)}
    known = {re.sub(r"\W", "", phrase.text) for phrase in phrases_of(SECTIONS, OUT_OF_SCOPE)}
    assert not exam & known


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"short_answer": "No."}, "英文简短回答最多"),
        ({"short_answer": "x" * 1_000}, "英文简短回答最多"),
        ({"body_markdown": "Ask within 41 working days."}, "“41 working days”与所引条款的期限对不上"),
    ],
)
def test_the_fault_of_an_english_section_is_reported(changed: dict[str, Any], fault: str) -> None:
    english = [replace(next(one for one in ENGLISH if one.slug == GOOD.slug), **changed)]
    found = faults([GOOD], [], date(2026, 11, 23), english)
    assert any(fault in one for one in found), found
