"""The check that keeps scripts, style sheets and templates working in browsers of 2019 and 2020."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.js.node import node_path
from tests.serving import STATIC

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "kiosk_api/web/static/js/core/one.js"
STYLE = "kiosk_api/web/static/css/one.css"
OURS = ("baseline/", "es-x/")

# Each was found newer than Safari 13.0 or Chromium 86 in the published compatibility data.
NEWER_SCRIPTS = [
    "Promise.any([])", "Object.hasOwn(one, 'two')",
    "structuredClone(one)", "crypto.randomUUID()", "new ResizeObserver(one)", "new BroadcastChannel('one')",
    "one.at(-1)", "one.replaceAll('a', 'b')", "one.findLast(two)", "one.toSorted()", "one.showPicker()",
    "one.toggleAttribute('a'); one.togglePopover()", "navigator.locks.request('a', one)", "new Intl.Segmenter('zh')",
    "new WeakRef(one)", "one?.two", "one ?? two", "one.two ??= 3", "one.two ||= 3", "1_000", "10n",
    "class One { two = 3; }", "class One { #two; }", "/(?<!a)b/.test(one)", "addEventListener('a', one, { signal })",
    "one.addEventListener('a', two, { signal })", "window.structuredClone(one)", "const { randomUUID } = crypto",
]  # fmt: skip
OLDER_SCRIPTS = [
    "AbortSignal.any([AbortSignal.timeout(5)])", "one.replaceChildren()", "one.showModal()",  # core/older.js fills them
    "if (crypto.randomUUID) crypto.randomUUID()", "(window.requestIdleCallback || setTimeout)(one)",
    "one.checkVisibility && one.checkVisibility()", "const Reader = window.BarcodeDetector",
    "one.focus({ preventScroll: true })", "one.matchAll(two)", "import('./one.js')", "one.flatMap(two)",
]  # fmt: skip
NEWER_STYLES = [
    "a:is(b, c) { color: red; }", "a:has(b), c { color: red; }", "a:not(.b, .c) { color: red; }",
    "a:focus-visible { color: red; }", "a { inset: 0; }", "a { aspect-ratio: 1; }", "a { height: 100dvh; }",
    "a { color: color-mix(in srgb, red, blue); }", "a { b & { color: red; } }", "a { overflow: clip; }",
    "a { display: flex; gap: 1rem; }", "a { translate: 1px; }", "@layer one { a { color: red; } }",
    "@container (width > 1px) { a { color: red; } }", "@media (width >= 1px) { a { color: red; } }",
]  # fmt: skip
OLDER_STYLES = [
    "a { height: 100vh; height: 100dvh; }", "@supports (inset: 0) { a { inset: 0; } }", "a { display: grid; gap: 1rem; }",
    ".row { display: flex; gap: 1rem; }", "a { accent-color: red; }", "a:has(b) { color: red; }",
    "a { width: min(1px, 2vw); }", "a:not(.b):not(.c) { color: red; }",
]  # fmt: skip


def said(texts: list[tuple[str, str]]) -> list[list[str]]:
    """The names of our rules that refuse each (file name, text)."""
    done = subprocess.run(
        [node_path(), str(ROOT / "tests/ci/lint_texts.mjs")],
        input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return [[one for one in found if one.startswith(OURS)] for found in json.loads(done.stdout)]


def wrapped(text: str) -> str:
    return f"export function use(one, two, signal) {{\n{text};\n}}\n"


def refused(name: str, texts: list[str]) -> list[str]:
    given = [(name, wrapped(text) if name == SCRIPT else text) for text in texts]
    return [text for text, found in zip(texts, said(given), strict=True) if found]


def test_what_is_newer_is_refused_in_scripts() -> None:
    assert refused(SCRIPT, NEWER_SCRIPTS) == NEWER_SCRIPTS


def test_what_is_filled_in_or_asked_for_first_is_accepted_in_scripts() -> None:
    assert refused(SCRIPT, OLDER_SCRIPTS) == []


def test_what_is_newer_is_refused_in_style_sheets() -> None:
    assert refused(STYLE, NEWER_STYLES) == NEWER_STYLES


def test_an_older_value_before_it_or_a_question_makes_a_newer_one_acceptable() -> None:
    assert refused(STYLE, OLDER_STYLES) == []


def test_all_scripts_and_style_sheets_work_in_the_oldest_browsers() -> None:
    paths = [*sorted((STATIC / "js").rglob("*.js")), *sorted((STATIC / "css").glob("*.css"))]
    assert len(paths) > 80
    names = [str(path.relative_to(ROOT)) for path in paths]
    texts = [(name, path.read_text(encoding="utf-8")) for name, path in zip(names, paths, strict=True)]
    assert {name: found for name, found in zip(names, said(texts), strict=True) if found} == {}


def test_each_exception_gives_its_reason() -> None:
    for path in [*(STATIC / "js").rglob("*.js"), *(STATIC / "css").glob("*.css")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "eslint-disable" in line:
                assert re.search(r"eslint-disable-next-line [\w/-]+ -- \w+", line), f"{path.name}: {line}"


@pytest.mark.parametrize(("template", "newer"), [
    ("<p inert>", ["inert"]), ("<p popover>", ["popover"]), ("<search></search>", ["search"]),
    ('<details name="one">', ["name"]), ('<dialog id="one">{# <p inert> #}<input name="one" required>', []),
    ("<p {% if one %}hidden{% endif %}>", []),
])  # fmt: skip
def test_newer_elements_and_attributes_are_refused_in_templates(template: str, newer: list[str]) -> None:
    code = f"""import {{ newerParts }} from "{ROOT}/.ci/baseline/templates.js";
        console.log(JSON.stringify(newerParts({json.dumps(template)}).map(([name]) => name)));"""
    done = subprocess.run([node_path(), "--input-type=module", "-e", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == newer


def test_all_templates_work_in_the_oldest_browsers_and_lint_looks_at_them() -> None:
    done = subprocess.run(
        [node_path(), str(ROOT / ".ci/baseline/check_templates.js")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert ".ci/baseline/check_templates.js" in (ROOT / "Makefile").read_text(encoding="utf-8").split("\nlint:")[1]
