"""Icons: one open set in one file, by our names; each in use, and no page draws one of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "kiosk_api" / "web"
STATIC = WEB / "static"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = [path for path in sorted((STATIC / "js").rglob("*.js")) if "pinyin" not in path.name]
# A plan of a floor is drawn from the bureau's figures; codes are pictures of the server.
DRAWINGS = {"_plan.html"}
PICTURES = sorted((STATIC / "pictures").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"


def listed() -> set[str]:
    return set(json.loads((ROOT / ".ci" / "icons" / "names.json").read_text(encoding="utf-8")))


def drawn() -> set[str]:
    sprite = ElementTree.parse(STATIC / "icons.svg").getroot()  # noqa: S314 - a file of ours
    assert {one.tag for one in sprite} == {f"{SVG}symbol"}
    assert all(one.get("viewBox") == "0 0 24 24" and len(one) for one in sprite)
    return {str(one.get("id")) for one in sprite}


def named() -> dict[str, str]:
    """Icons by the name that a template or script gives at once, with the file."""
    found: dict[str, str] = {}
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for words in re.findall(r"(?<![\w.])(?:icon|tile|button|tool)\(([^()]*(?:\([^()]*\)[^()]*)*)\)", text):
            found |= {one: path.name for one in re.findall(r'"([a-z-]+)"', words) if one in listed()}
        found |= {one: path.name for one in re.findall(r'(?<![\w.])icon\("([\w-]+)"', text)}
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        found |= {one: path.name for one in re.findall(r'(?<![\w.])(?:icon|button)\(\s*"([\w-]+)"', text)}
    return found


def test_the_file_of_icons_holds_what_the_list_names() -> None:
    assert drawn() == listed()


def test_every_icon_that_a_page_names_exists() -> None:
    assert {name: file for name, file in named().items() if name not in drawn()} == {}


def test_no_icon_is_brought_that_no_page_shows() -> None:
    shown = [
        *(WEB / "templates").rglob("*.html"),
        *SCRIPTS,
        *WEB.rglob("*.py"),
        ROOT / "kiosk_api" / "domain" / "windows.py",
    ]
    quoted = {one for path in shown for one in re.findall(r"[\"'#]([a-z_-]+)[\"']", path.read_text(encoding="utf-8"))}
    assert listed() - quoted == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_draws_an_icon_of_its_own(path: Path) -> None:
    own = re.findall(r"<svg(?![^>]*class=\"icon\")[^>]*>", path.read_text(encoding="utf-8"))
    assert own == [] or path.name in DRAWINGS


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_and_carries_nothing_but_shapes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) <= 4096
    names = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(text).iter() if isinstance(one.tag, str)}  # noqa: S314 - a file of ours
    assert names <= {"svg", "path", "rect", "circle", "ellipse"}
    assert "currentColor" not in text  # unknown inside an img element


def test_every_picture_is_shown_on_a_page() -> None:
    shown = {
        one for path in TEMPLATES for one in re.findall(r'svg_picture\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert shown == {path.stem for path in PICTURES}
