"""Lists every fixed sentence of the citizens' pages with the file name of its recording.

`python -m kiosk_api.cli list-sentences` prints them for a bureau that records a human voice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from kiosk_api.app import create_app
from kiosk_api.config import Settings
from kiosk_api.domain.spoken import normalised, recording_name, sentences, without_numbers

_PAGES = ("/", "/talk", "/form", "/status", "/handbook", "/windows")
_TEXTS = Path(__file__).parent / "web" / "texts" / "en"  # its keys are the Chinese sentences
# the same as in static/js/core/sentences.js
_READ = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "summary", "legend", "label"}
_SILENT = {"noscript", "button", "input", "select", "textarea", "dialog", "script"}
_VOID = {"input", "br", "img", "hr", "meta", "link"}


class _Blocks(HTMLParser):
    """The texts of innermost readable blocks within <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, list[str], bool]] = []  # tag, its text, holds another block
        self._in_main = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_main = self._in_main or tag == "main"
        if tag in _SILENT and tag not in _VOID:
            self._silent += 1
        if tag in _READ and self._in_main:
            self._open = [(name, text, True) for name, text, _ in self._open]
            self._open.append((tag, [], False))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._in_main = False
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        if self._open and self._open[-1][0] == tag:
            _, text, is_outer = self._open.pop()
            if not is_outer:
                self.found.append("".join(text))

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent:
            self._open[-1][1].append(data)


def blocks(html: str) -> list[str]:
    """The readable texts of a page, in order."""
    parser = _Blocks()
    parser.feed(html)
    return [text for one in parser.found if (text := normalised(one))]


def list_sentences(settings: Settings) -> Iterator[tuple[str, str]]:
    """(file name without ending, sentence), each once; the store must have been migrated."""
    app = create_app(settings)
    client = app.test_client()
    shelf = app.extensions["kiosk"].handbook.index().sections
    texts = [
        text
        for path in (*_PAGES, *(f"/handbook/{one.slug}" for one in shelf))
        for text in blocks(client.get(path).get_data(as_text=True))
    ]
    texts += [one.short_answer for one in shelf]
    for path in sorted(_TEXTS.glob("*.json")):
        texts += [text for text in json.loads(path.read_text(encoding="utf-8")) if "{" not in text]
    seen = set()
    for sentence in (one for text in texts for one in sentences(text)):
        spoken = without_numbers(sentence)
        if spoken not in seen:
            seen.add(spoken)
            yield recording_name(spoken), spoken
