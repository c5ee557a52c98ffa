"""Colours and sizes of the pages, read from the style sheets: enough contrast in each view, and no colour but by its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "kiosk_api" / "web" / "static" / "css"
SHEETS = [path for path in sorted(CSS.glob("*.css")) if not path.name.startswith(("paper", "tokens", "older"))]
SCRIPTS = sorted(CSS.parent.rglob("js/**/*.js"))
TEXT, PARTS = 4.5, 3.0  # WCAG 1.4.3 for text, 1.4.11 for edges and rings

# Text and what lies under it, as the parts use them.
ON = {
    "paper": ("ink", "muted", "brand", "brand-dark", "stop", "good", "care"),
    "ground": ("ink", "muted", "brand", "stop", "good", "care"),
    "tint": ("ink", "muted", "brand"),
    "off": ("ink", "muted"),
    "stop-tint": ("ink", "stop", "muted", "brand"),
    "good-tint": ("ink", "good", "muted"),
    "care-tint": ("ink", "care", "muted", "brand"),
    "brand": ("on-brand",),
    "brand-dark": ("on-brand",),
    "stop": ("on-stop", "paper"),
    "good": ("paper",),
    "ink": ("paper",),
    "bar": ("on-bar",),
}
# Edges of fields, bars, marks and the ring of focus, beside what they lie on.
BESIDE = {
    "paper": ("edge", "brand", "focus", "good", "stop", "care"),
    "ground": ("edge", "brand", "focus", "good", "stop", "care"),
    "bar": ("bar-focus", "on-bar"),
    "off": ("brand", "care", "stop"),
    "tint": ("focus",),
}


def block(sheet: str, selector: str) -> dict[str, str]:
    """Tokens that the first rule with this selector sets."""
    body = sheet.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))


def tokens() -> dict[str, dict[str, str]]:
    sheet = re.sub(r"/\*.*?\*/", "", (CSS / "tokens.css").read_text(encoding="utf-8"), flags=re.S)
    standard = block("\n" + sheet, "\nhtml")
    elder = standard | block(sheet, "html[data-mode=elder]")
    return {"standard": standard, "elder": elder, "contrast": standard | block(sheet, "html[data-mode=contrast]")}


def brightness(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2)."""
    digits = colour.strip().removeprefix("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    light = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", ["standard", "elder", "contrast"])
def test_text_can_be_read_and_edges_be_seen_in_each_view(mode: str) -> None:
    named = tokens()[mode]
    pairs = [(words, under, TEXT) for under, all_words in ON.items() for words in all_words]
    pairs += [(edge, under, PARTS) for under, edges in BESIDE.items() for edge in edges]
    weak = {
        f"{one} on {under}": round(contrast(named[one], named[under]), 2)
        for one, under, least in pairs
        if contrast(named[one], named[under]) < least
    }
    assert weak == {}


def test_high_contrast_is_seven_to_one() -> None:
    named = tokens()["contrast"]
    pairs = [(words, under) for under, all_words in ON.items() for words in all_words]
    assert [pair for pair in pairs if contrast(named[pair[0]], named[pair[1]]) < 7] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_names_each_colour_and_no_token_that_is_missing(path: Path) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    known = set(re.findall(r"--([\w-]+):", "".join(one.read_text(encoding="utf-8") for one in CSS.glob("*.css"))))
    scripts = "".join(one.read_text(encoding="utf-8") for one in SCRIPTS)
    set_by_scripts = set(re.findall(r'setProperty\("--([\w-]+)"', scripts))
    used = set(re.findall(r"var\(--([\w-]+)", sheet))
    assert used - known - set_by_scripts == set()
    colours = re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8})\b", sheet)
    assert set(colours) <= {"#fff", "#000"}, (
        "black and white are for codes; every other colour has a name in tokens.css"
    )
