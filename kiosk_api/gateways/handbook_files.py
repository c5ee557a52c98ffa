"""Read the citizens' booklets from files, and render them safely.

A section is a Markdown file with a plain front matter (`key: value`; lists separated by `|`). Only
paragraphs, headings, lists and bold are rendered; every character of the text is escaped. A changed
file is noticed and the new edition served; if it cannot be read, the old one stays.
"""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import structlog
import tomllib

from kiosk_api.domain.handbook import OutOfScopeTopic, Section
from kiosk_api.domain.retrieval import Index

OUT_OF_SCOPE_FILE = "not-answered.md"
Stamp = tuple[tuple[str, int, int], ...]  # path, time of change in ns, bytes
ASKED_FOLDER = "ways-of-asking"  # one file a booklet: `## slug`, then one `- question` a line
REQUIRED = (
    "title", "slug", "booklet", "articles", "short_answer", "checked_by", "checked_on", "review_by",
)  # fmt: skip
_log = structlog.get_logger(__name__)
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_HEADING = re.compile(r"(#{2,4}) +(.+)")
_BULLET = re.compile(r"[-*] +(.+)")
_PICTURE = re.compile(r"!\[([^\[\]]+)\]\(pictures/([a-z-]+\.png)\)")
_PICTURES = re.compile(rf"{_PICTURE.pattern}(?: +{_PICTURE.pattern})?")  # two on a line: side by side
_NUMBERED = re.compile(r"\d{1,2}[.、] *(.+)")


class HandbookError(ValueError):
    """A handbook file that cannot be read; the message names file and fault."""


def parse_section(text: str, booklet_titles: dict[str, str], name: str = "") -> Section:
    """One file's text as a Section. Raises HandbookError when a field is missing."""
    fields, body = _front_matter(text, name, REQUIRED)
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
        body_markdown=body,
        checked_by=fields["checked_by"],
        checked_on=fields["checked_on"],
        review_by=fields["review_by"],
        laws=tuple(_law(item, name) for item in _list(fields.get("laws", ""))),
        file=name,
    )


def _front_matter(text: str, name: str, required: Sequence[str]) -> tuple[dict[str, str], str]:
    parts = text.replace("\r\n", "\n").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise HandbookError(f"{name}: front matter between --- lines is missing")
    fields: dict[str, str] = {}
    for line in parts[1].splitlines():
        key, colon, value = line.partition(":")
        if colon:
            fields[key.strip()] = value.strip()
    missing = [key for key in required if key not in fields]
    if missing:
        raise HandbookError(f"{name}: missing {', '.join(missing)}")
    return fields, parts[2].strip()


def _law(text: str, name: str) -> tuple[str, str]:
    law, _, article = text.rpartition(" ")
    if not law or not article.isdigit():
        raise HandbookError(f"{name}: a law is cited as `name number`, not `{text}`")
    return law.strip(), article


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
            name = f"{path.parent.name}/{path.name}"
            section = parse_section(path.read_text(encoding="utf-8"), titles, name)
            if section.slug in seen:
                raise HandbookError(f"{path.name}: slug {section.slug} is used twice")
            seen.add(section.slug)
            sections.append(section)
    asked = _example_questions(citizens / ASKED_FOLDER, seen)
    return [replace(one, asked=asked.get(one.slug, ())) for one in sections]


def _example_questions(folder: Path, known: set[str]) -> dict[str, tuple[str, ...]]:
    """Slug → example questions. Raises HandbookError on a heading that names no section."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.md")):
        for slug, questions in _questions_by_heading(path):
            if slug not in known:
                raise HandbookError(f"{folder.name}/{path.name}: no section is called {slug}")
            found[slug] = (*found.get(slug, ()), *questions)
    return found


def _questions_by_heading(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Each `## heading` with the `- question` lines below it."""
    found: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found.append((line[3:].strip(), []))
        elif line.startswith("- ") and found:
            found[-1][1].append(line[2:].strip())
    return [(heading, tuple(questions)) for heading, questions in found]


def load_english(folder: Path, citizens: Path, sections: Sequence[Section]) -> list[Section]:
    """The English edition of `sections`, in their order. Raises HandbookError when one is missing.

    Articles, laws and dates are those of the Chinese section, which is the one that counts.
    """
    with (citizens / "booklets.toml").open("rb") as handle:
        titles = {item["slug"]: item["title_en"] for item in tomllib.load(handle)["booklet"]}
    found = []
    for one in sections:
        path = folder / one.file
        if not path.is_file():
            raise HandbookError(f"{folder.name}/{one.file}: no English text")
        fields, body = _front_matter(
            path.read_text(encoding="utf-8"), f"{folder.name}/{one.file}", ("title", "slug", "short_answer")
        )
        if fields["slug"] != one.slug:
            raise HandbookError(f"{folder.name}/{one.file}: slug is not {one.slug}")
        found.append(
            replace(
                one,
                title=fields["title"],
                short_answer=fields["short_answer"],
                body_markdown=body,
                aliases=(),
                asked=(),
                booklet_title=titles[one.booklet],
                file=f"{folder.name}/{one.file}",
            )
        )
    return found


def load_out_of_scope(path: Path) -> list[OutOfScopeTopic]:
    """`## key | name | whom to ask`, then one `- question` a line. Raises HandbookError."""
    topics = []
    for heading, questions in _questions_by_heading(path):
        parts = [part.strip() for part in heading.split("|")]
        if len(parts) != 3 or not all(parts):
            raise HandbookError(f"{path.name}: a heading has three parts: {heading}")
        topics.append(OutOfScopeTopic(parts[0], parts[1], parts[2], questions))
    return topics


@lru_cache(maxsize=2)
def _edition(citizens: Path, english_folder: Path, stamp: Stamp) -> tuple[Index, tuple[Section, ...]]:
    """The index of an edition, cached by the stamp of its files: indexing takes most of a second."""
    del stamp
    index = Index(load_sections(citizens), load_out_of_scope(citizens / OUT_OF_SCOPE_FILE))
    return index, tuple(load_english(english_folder, citizens, index.sections))


class HandbookFiles:
    """The present edition of the citizens' handbook as an index. Checks for changed files every `check_every_s`."""

    def __init__(self, citizens: Path, check_every_s: float = 2.0) -> None:
        self._citizens = citizens
        self.pictures = citizens.resolve() / "pictures"
        self._english_folder = citizens.with_name(citizens.name + "-en")
        self._check_every_s = check_every_s
        self._lock = threading.Lock()
        self._stamp = self._stamp_now()
        self._index, self._english = self._load()
        self._looked = time.monotonic()

    def index(self) -> Index:
        """The current edition; a faulty new one is logged by file and the old one stays."""
        if time.monotonic() - self._looked >= self._check_every_s and self._lock.acquire(False):
            try:
                self._looked = time.monotonic()
                stamp = self._stamp_now()
                if stamp != self._stamp:
                    self._stamp = stamp
                    self._index, self._english = self._load()
                    _log.info("handbook_changed", sections=len(self._index.sections))
            except (HandbookError, OSError, ValueError, KeyError) as fault:
                _log.error("handbook_kept_old", fault=str(fault))
            finally:
                self._lock.release()
        return self._index

    def english(self) -> tuple[Section, ...]:
        """The English edition of the current sections."""
        self.index()
        return self._english

    def _load(self) -> tuple[Index, tuple[Section, ...]]:
        return _edition(self._citizens, self._english_folder, self._stamp)

    def _stamp_now(self) -> Stamp:
        files = [
            *self._citizens.glob("*.toml"),
            *self._citizens.glob("*.md"),
            *self._citizens.glob("*/*.md"),
            *self._english_folder.glob("*/*.md"),
        ]
        return tuple(sorted((str(path), (found := path.stat()).st_mtime_ns, found.st_size) for path in files))


def render_html(markdown: str) -> str:
    """Minimal safe HTML: headings (h3-h5), paragraphs, lists, bold, our own pictures; all escaped.

    Two pictures on one line are shown side by side.
    """
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
        heading, bullet, numbered, pictures = (
            pattern.fullmatch(line) for pattern in (_HEADING, _BULLET, _NUMBERED, _PICTURES)
        )
        if not line:
            close()
        elif heading:
            close()
            level = len(heading.group(1)) + 1
            blocks.append(f"<h{level}>{_inline(heading.group(2))}</h{level}>")
        elif pictures:
            close()
            blocks.append(_pictures(line))
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


def _pictures(line: str) -> str:
    shown = [
        f'<img src="/handbook/pictures/{name}" alt="{html.escape(alt, quote=True)}" loading="lazy">'
        for alt, name in _PICTURE.findall(line)
    ]
    return f'<p class="picture{" pair" if len(shown) == 2 else ""}">{"".join(shown)}</p>'


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", html.escape(text, quote=True))
