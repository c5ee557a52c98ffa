"""The English sentences that a page's own scripts can show; the page brings these and no others.

A script shows two kinds of sentences. Those written in it are found in the modules that the page's entries import, at
once or later. Those of an answer's data (the name of a window, a step, a reason) are translated by a call such as
`t(one.label)`; a page with such a call anywhere in its modules gets every sentence of the server. What only templates
say is translated before the page is sent, and so is what the server refuses (web/errors.py).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kiosk_api.web.view import english

_WEB = Path(__file__).parent
_SCRIPTS = _WEB / "static" / "js"
_ENTRY = re.compile(r"js/(pages/\w+\.js)")
_IMPORTED = re.compile(r'(?:from|import)\s*(?:\(\s*)?"(\.[^"]+\.js)"')
_WRITTEN = re.compile(r"\"((?:[^\"\\\n]|\\.){0,300})\"|'((?:[^'\\\n]|\\.){0,300})'")  # no sentence is longer
_OF_ANSWERS = re.compile(r"(?<![\w.])t\((?![\"'])")
_LOOKED_UP = re.compile(r"""_\(\s*(["'])(.*?)(?<!\\)\1""", re.S)
# Rooms that refuse, ask or speak to officers: what they say is no data that a script translates.
_REFUSING = (
    "services/attachments", "services/chat", "services/handbook", "services/staff", "services/terminal", "server", "web",
    "services/base/guesses.py", "services/base/limits.py",
    "domain/attachments.py", "domain/identity_numbers.py", "domain/proxy.py", "domain/typed.py",
)  # fmt: skip
_LOOKS_UP = _SCRIPTS / "core" / "i18n.js"  # it defines t(), and because() is called by modules that call t() as well


def words_of(tags: str) -> dict[str, str]:
    """Chinese sentence → English sentence for the page with these script elements."""
    return _words(tuple(sorted(set(_ENTRY.findall(tags)))))


@cache
def _words(entries: tuple[str, ...]) -> dict[str, str]:
    modules = modules_of(entries)
    texts = [path.read_text(encoding="utf-8") for path in modules]
    wanted = {one for text in texts for one in _written(text)}
    if any(_OF_ANSWERS.search(text) for path, text in zip(modules, texts, strict=True) if path != _LOOKS_UP):
        wanted |= _of_the_server()
    return {chinese: said for chinese, said in english().items() if chinese in wanted}


def modules_of(entries: tuple[str, ...]) -> list[Path]:
    """The modules that these of `static/js` import, at once or later, and they themselves."""
    found: dict[Path, None] = {}
    waiting = [_SCRIPTS / one for one in entries]
    while waiting:
        path = waiting.pop().resolve()
        if path not in found and path.parent.name != "vendor":
            found[path] = None
            waiting += [path.parent / one for one in _IMPORTED.findall(path.read_text(encoding="utf-8"))]
    return list(found)


@cache
def _of_the_server() -> set[str]:
    """All sentences but those written only in scripts, templates, or where something is refused."""
    ours = _WEB.parent
    refusing = [
        path for one in _REFUSING for path in ([ours / one] if one.endswith(".py") else (ours / one).rglob("*.py"))
    ]
    telling = [path for room in ("domain", "services") for path in (ours / room).rglob("*.py") if path not in refusing]
    templates = [*(_WEB / "templates" / "kiosk").rglob("*.html"), _WEB / "templates" / "error.html"]
    told = _written_in(telling)
    others = _written_in([*refusing, *_SCRIPTS.rglob("*.js"), *templates])
    others |= {one for path in templates for _, one in _LOOKED_UP.findall(path.read_text(encoding="utf-8"))}
    return {one for one in english() if one in told or one not in others}


def _written_in(paths: list[Path]) -> set[str]:
    return {one for path in paths for one in _written(path.read_text(encoding="utf-8"))}


def _written(text: str) -> set[str]:
    return {one or other for one, other in _WRITTEN.findall(text)}
