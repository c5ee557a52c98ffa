"""The display choice of a visitor: standard, elder or high contrast, Chinese or English.

Kept in a session cookie of two words, nothing personal; it ends with 结束并清除.
Texts are in Chinese in templates and modules and are looked up in `texts/en/` by that
sentence; a missing one stays Chinese (a test checks that none is missing).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, g, has_request_context, redirect, request
from werkzeug.wrappers import Response

from kiosk_api.web.cookies import came_by_tls, name_of

MODES = ("standard", "elder", "contrast")
LANGUAGES = {"zh": "zh-CN", "en": "en"}
COOKIE = "view"
# A path of ours: browsers drop tabs and line ends from an address and take \\ for /.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")
_NUMBER = re.compile(r"\d+")
_PLACE = re.compile(r"\{(\d+)\}")
_COUNTED = re.compile(r"\{(\w+):([^{|}]+)\|([^{|}]+)\}")  # {days:day|days}: the word for one, the word for more

bp = Blueprint("view", __name__)


@dataclass(frozen=True)
class View:
    """`mode` is one of MODES, `language` zh or en."""

    mode: str = "standard"
    language: str = "zh"

    @property
    def lang(self) -> str:
        """The value of the html element's lang attribute."""
        return LANGUAGES[self.language]


def current_view() -> View:
    """The view in this request's cookie; anything unknown counts as the standard."""
    if not has_request_context():
        return View()
    if "view" not in g:
        mode, _, language = request.cookies.get(name_of(COOKIE, whole_site=True), "").partition(".")
        g.view = View(mode if mode in MODES else "standard", language if language in LANGUAGES else "zh")
    found: View = g.view
    return found


@cache
def english() -> dict[str, str]:
    """Chinese sentence → English sentence."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / "texts" / "en").glob("*.json")):
        found.update(json.loads(path.read_text(encoding="utf-8")))
    return found


def say(text: str, **values: Any) -> str:
    """`text` in the language of the request, its {names} filled in."""
    found = _in_english(text) if current_view().language == "en" else text
    return _counted(found, values).format(**values) if values else found


def _counted(text: str, values: Mapping[str, Any]) -> str:
    return _COUNTED.sub(lambda one: one[2] if str(values.get(one[1])) == "1" else one[3], text)


def _in_english(text: str) -> str:
    """Translate a sentence; numbers in it are replaced by {1}, {2} … for the look-up."""
    if text in english():
        return english()[text]
    numbers = _NUMBER.findall(text)
    places = iter(range(1, len(numbers) + 1))
    found = english().get(_NUMBER.sub(lambda _: f"{{{next(places)}}}", text))
    if not found:
        return text
    found = _counted(found, {str(place): number for place, number in enumerate(numbers, 1)})
    return _PLACE.sub(lambda place: numbers[int(place[1]) - 1], found)


@bp.app_context_processor
def _words() -> dict[str, Any]:
    view = current_view()
    return {"view": view, "_": say}


@bp.post("/view")
def choose() -> Response:
    """Set mode and language, then redirect to the page (a local path) of the choice."""
    view = current_view()
    mode, language = request.form.get("mode", view.mode), request.form.get("language", view.language)
    back = request.form.get("back", "/")
    answer = redirect(back if _LOCAL.fullmatch(back) else "/", code=303)
    if mode in MODES and language in LANGUAGES:
        name = name_of(COOKIE, whole_site=True)
        answer.set_cookie(name, f"{mode}.{language}", httponly=True, samesite="Strict", secure=came_by_tls())
    return answer
