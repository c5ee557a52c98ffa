"""Two languages: every text for citizens has an English translation, and no translation is unused."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
import tomllib
from flask import Flask

from kiosk_api.domain import labels_told_zh, labels_zh, routing_zh
from kiosk_api.domain.matter_lexicon import EMERGENCIES
from kiosk_api.domain.opening_zh import MONTHS, OPENING_TEXTS, WEEKDAYS
from kiosk_api.domain.petition_fields import FIELDS
from kiosk_api.domain.policy import OFFICE_PERIODS
from kiosk_api.domain.routing_questions import ACCUSES
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.windows import WINDOWS
from kiosk_api.web.kiosk.plan import FEATURE_LABELS
from kiosk_api.web.page_words import modules_of, words_of
from kiosk_api.web.view import english, say

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "kiosk_api" / "web"
TEMPLATES = [WEB / "templates" / "error.html", *sorted((WEB / "templates" / "kiosk").glob("*.html"))]
MODULES = [
    path
    for path in sorted((WEB / "static" / "js").rglob("*.js"))
    if path.name not in ("pinyin_names.js", "pinyin_pairs.js")
]  # data and a range of signs, no text
ON_PAPER = {
    "paper.html",
    "receipt.html",
    "receipt_a4.html",
    "told_a4.html",
    "handbook_print.html",
    "poster.html",
    "window_print.html",
}
"""What is printed goes to windows that read Chinese: Chinese only, on purpose."""

CHINESE = re.compile("[\u4e00-\u9fff]")
ASKED = re.compile(r"""(?<![\w.])(?:_|t)\(\s*(["'])(.*?)(?<!\\)\1""", re.S)
_OTHER_LANGUAGE = re.compile(r"<[^>]*\blang=\"zh[^>]*>[^<]*<")


def asked(path: Path) -> set[str]:
    """Sentences that a template or script looks up."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return {sentence for _, sentence in ASKED.findall(text) if CHINESE.search(sentence)}


def labels() -> set[str]:
    """Labels that come from the server and are looked up as they come."""
    found = {
        text
        for name, table in [*vars(labels_zh).items(), *vars(labels_told_zh).items()]
        if name.isupper() and isinstance(table, dict)
        for text in table.values()
    }
    found |= {period.label for period in (*PERIODS.values(), *OFFICE_PERIODS.values())}
    for field in FIELDS.values():
        found |= {field.label, field.chat_label, field.question, field.question_for_other, field.hint, field.missing}
    found.add(labels_told_zh.YOU)
    found.discard("")
    found |= {
        *(text for window in WINDOWS.values() for text in (window.label, window.why)),
        ACCUSES.text,
        *(one.label for one in ACCUSES.choices),
        *routing_zh.DANGERS.values(),
        *(what for what, _ in EMERGENCIES),
        *OPENING_TEXTS.values(),
        *WEEKDAYS,
        *MONTHS,
        *FEATURE_LABELS.values(),
        routing_zh.DANGER,
        routing_zh.DANGER_DOUBT,
        routing_zh.WITH_TERMS,
        routing_zh.WITHOUT_TERMS,
    }
    for one in tomllib.loads((ROOT / "handbook" / "windows.toml").read_text(encoding="utf-8"))["window"]:
        found |= {one["label"], one["short"], one["purpose"], *one["bring"]}
    return found


def literals() -> set[str]:
    """Every Chinese string of the program, whole, however it is looked up."""
    found = set()
    for path in (ROOT / "kiosk_api").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    for path in [*TEMPLATES, *MODULES]:
        text = path.read_text(encoding="utf-8")
        found |= {a or b for a, b in re.findall(r'"([^"\n]*)"|\'([^\'\n]*)\'', text)}
    return found | labels() | {sentence for path in [*TEMPLATES, *MODULES] for sentence in asked(path)}


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: path.name)
def test_every_sentence_asked_for_has_its_english(path: Path) -> None:
    assert asked(path) - english().keys() == set()


def test_every_label_of_the_server_has_its_english() -> None:
    assert labels() - english().keys() == set()


def composed() -> list[re.Pattern[str]]:
    """Patterns of the texts that f-strings and concatenations in the program can produce."""
    found = []
    for path in (ROOT / "kiosk_api").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = node.values
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                parts = [node.left, node.right]
            else:
                continue
            said = [str(one.value) if isinstance(one, ast.Constant) else None for one in parts]
            if any(one and CHINESE.search(one) for one in said):
                found.append(re.compile("".join(".+" if one is None else re.escape(one) for one in said)))
    return found


SAID_TO_CITIZENS = (
    "domain/petition_fields", "domain/petition", "domain/attachments", "domain/workflow",
    "services/cases/citizen_steps", "services/cases/case_view", "services/cases/find_case",
    "services/petitions/route_matter", "services/terminal/speak", "services/chat/chat",
    "services/attachments/later_pictures", "services/chat/leave_number",
)  # fmt: skip
NOT_TO_CITIZENS = ("rule.label", "field.label", "most}日", "day.year")  # the desk's, and parts of sentences


ENTRIES = sorted(path.name for path in (WEB / "static" / "js" / "pages").glob("*.js"))
SHOW_ANSWERS = ("design", "form", "home_talk", "status", "talk", "windows")  # of /api/v1: steps, windows, reasons


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_page_brings_the_english_of_every_sentence_of_its_scripts(entry: str) -> None:
    modules = modules_of((f"pages/{entry}",))
    wanted = {sentence for path in modules for sentence in asked(path)}
    assert wanted - words_of(f"js/pages/{entry}").keys() == set()


@pytest.mark.parametrize("entry", SHOW_ANSWERS)
def test_a_page_that_shows_answers_brings_every_label_of_the_server(entry: str) -> None:
    brought = words_of(f"js/pages/{entry}.js").keys()
    assert labels() - set(FEATURE_LABELS.values()) - brought == set()  # what is on a floor, the server writes itself
    assert with_numbers() - brought == set()


def test_other_pages_bring_few_sentences() -> None:
    light = [one for one in ENTRIES if one.removesuffix(".js") not in SHOW_ANSWERS]
    assert "common.js" in light and all(len(words_of(f"js/pages/{one}")) < 130 for one in light)


def with_numbers() -> set[str]:
    """Sentences with numbers in them that a citizen may read, as the dictionary lists them."""
    found = set()
    for name in SAID_TO_CITIZENS:
        source = (ROOT / "kiosk_api" / f"{name}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.JoinedStr):
                continue
            said = "".join(
                str(one.value) if isinstance(one, ast.Constant) else f"{{{ast.unparse(one.value)}}}"
                for one in node.values
                if isinstance(one, ast.Constant | ast.FormattedValue)
            )
            if not CHINESE.search(said) or any(one in said for one in NOT_TO_CITIZENS) or "{now}" in said:
                continue
            said = re.sub(r"\{_chinese\([^}]*\}", "{}年{}月{}日", said.replace("{unit}", "日"))
            pieces = re.split(r"\{[^}]*\}|\d+", said)
            found.add("".join(f"{{{place}}}{piece}" if place else piece for place, piece in enumerate(pieces)))
    return found


def test_every_sentence_with_numbers_has_its_english() -> None:
    assert with_numbers() - english().keys() == set()


def test_numbers_are_inserted_in_their_places(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "view=standard.en"}):
        assert say("一次最多念600个字。") == "At most 600 characters can be read aloud at a time."
        assert say("没有这一句12。") == "没有这一句12。"


def test_english_counts_one_and_more(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "view=standard.en"}):
        assert say("还有{days}天", days=1) == "1 day left"
        assert say("还有{days}天", days=12) == "12 days left"
        assert say("一次最多念1个字。") == "At most 1 character can be read aloud at a time."
    things = r"\{\w+\} (?:characters|days|items|minutes|photos|representatives|seconds|sections|things|times)\b"
    assert [found for found in english().values() if re.search(things, found)] == []


def test_every_english_sentence_has_a_chinese_one_in_use() -> None:
    patterns = composed()
    assert {text for text in english().keys() - literals() if not any(one.fullmatch(text) for one in patterns)} == set()


def test_no_sentence_is_translated_twice_and_in_two_ways() -> None:
    seen: dict[str, str] = {}
    for path in sorted((WEB / "texts" / "en").glob("*.json")):
        for text, found in json.loads(path.read_text(encoding="utf-8")).items():
            assert seen.setdefault(text, found) == found, text


def test_the_english_names_the_same_values_and_holds_no_chinese() -> None:
    for text, found in english().items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", found)), text
        # an example of what to type to a reader of Chinese stays Chinese
        assert text.startswith("比如") or text == "中/英" or not CHINESE.search(found), found


@pytest.mark.parametrize("path", [one for one in TEMPLATES if one.name not in ON_PAPER], ids=lambda path: path.name)
def test_all_chinese_in_templates_goes_through_the_look_up(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.S)
    assert CHINESE.findall(_OTHER_LANGUAGE.sub("<", text)) == []


@pytest.mark.parametrize("path", [one for one in MODULES], ids=lambda path: path.name)
def test_all_chinese_in_scripts_goes_through_the_look_up(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = ASKED.sub("", text)
    # patterns that recognise the law's wording are no text of ours
    rest = [
        line
        for line in text.split("\n")
        if CHINESE.search(line) and not re.search(r"DIGITS|replace\(/|includes\(\"十|indexOf", line)
    ]
    assert rest == []


def test_nobody_at_a_kiosk_is_told_to_reload_a_page() -> None:
    assert [one for one in sorted(literals()) if "刷新" in one] == []
