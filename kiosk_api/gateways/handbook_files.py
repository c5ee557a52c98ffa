"""Read the citizens' booklets and the list of windows from files, and render them safely.

A section is a Markdown file with a plain front matter (`key: value`; lists parted by `|`). Only
paragraphs, headings, lists and bold are rendered; every character of the text is escaped.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import tomllib

from kiosk_api.domain.retrieval import Section

PLACEHOLDER = "【请本单位填写"
REQUIRED = (
    "title", "slug", "booklet", "articles", "short_answer", "checked_by", "checked_on", "review_by",
)
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_HEADING = re.compile(r"(#{2,4}) +(.+)")
_BULLET = re.compile(r"[-*] +(.+)")
_NUMBERED = re.compile(r"\d{1,2}[.、] *(.+)")


class HandbookError(ValueError):
    """A handbook file that cannot be read; the message names file and fault."""


def parse_section(text: str, booklet_titles: dict[str, str], name: str = "") -> Section:
    """One file's text as a Section. Raises HandbookError when a field is missing."""
    parts = text.replace("\r\n", "\n").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise HandbookError(f"{name}: front matter between --- lines is missing")
    fields: dict[str, str] = {}
    for line in parts[1].splitlines():
        key, colon, value = line.partition(":")
        if colon:
            fields[key.strip()] = value.strip()
    missing = [key for key in REQUIRED if key not in fields]
    if missing:
        raise HandbookError(f"{name}: missing {', '.join(missing)}")
    if fields["booklet"] not in booklet_titles:
        raise HandbookError(f"{name}: unknown booklet {fields['booklet']}")
    return Section(
        slug=fields["slug"],
        title=fields["title"],
        booklet=fields["booklet"],
        booklet_title=booklet_titles[fields["booklet"]],
        articles=_list(fields["articles"]),
        aliases=_list(fields.get("aliases", "")),
        short_answer=fields["short_answer"],
        body_markdown=parts[2].strip(),
        checked_by=fields["checked_by"],
        checked_on=fields["checked_on"],
        review_by=fields["review_by"],
    )


def _list(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split("|") if item.strip())


def load_sections(citizens: Path) -> list[Section]:
    """All sections in booklet order, then by file name. Raises HandbookError on a bad file."""
    with (citizens / "booklets.toml").open("rb") as handle:
        titles = {item["slug"]: item["title"] for item in tomllib.load(handle)["booklet"]}
    sections: list[Section] = []
    seen: set[str] = set()
    for booklet in titles:
        for path in sorted((citizens / booklet).glob("*.md")):
            section = parse_section(path.read_text(encoding="utf-8"), titles, path.name)
            if section.slug in seen:
                raise HandbookError(f"{path.name}: slug {section.slug} is used twice")
            seen.add(section.slug)
            sections.append(section)
    return sections


def load_windows(path: Path) -> list[dict[str, Any]]:
    """Windows and support rooms; `configured` is False while a place or hour is a placeholder."""
    with path.open("rb") as handle:
        entries = tomllib.load(handle)["window"]
    windows = []
    for entry in entries:
        windows.append(
            {
                "key": entry["key"],
                "label": entry["label"],
                "kind": entry.get("kind", "window"),
                "purpose": entry["purpose"],
                "where": entry["where"],
                "hours": entry["hours"],
                "bring": list(entry.get("bring", [])),
                "configured": PLACEHOLDER not in entry["where"] + entry["hours"],
            }
        )
    return windows


def render_html(markdown: str) -> str:
    """Minimal safe HTML: headings (h3-h5), paragraphs, lists, bold. Everything is escaped."""
    blocks: list[str] = []
    paragraph: list[str] = []
    items: list[str] = []
    kind = ""

    def close() -> None:
        nonlocal kind
        if paragraph:
            blocks.append(f"<p>{'<br>'.join(paragraph)}</p>")
            paragraph.clear()
        if items:
            blocks.append(f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>")
            items.clear()
        kind = ""

    for raw in markdown.replace("\r\n", "\n").split("\n"):
        line = raw.strip()
        heading, bullet, numbered = (
            pattern.fullmatch(line) for pattern in (_HEADING, _BULLET, _NUMBERED)
        )
        if not line:
            close()
        elif heading:
            close()
            level = len(heading.group(1)) + 1
            blocks.append(f"<h{level}>{_inline(heading.group(2))}</h{level}>")
        elif bullet or numbered:
            wanted = "ul" if bullet else "ol"
            if paragraph or kind != wanted:
                close()
            kind = wanted
            found = bullet or numbered
            items.append(_inline(found.group(1)) if found else "")
        else:
            if items:
                close()
            paragraph.append(_inline(line))
    close()
    return "\n".join(blocks)


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", html.escape(text, quote=True))
