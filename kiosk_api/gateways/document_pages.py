"""Draws documents on A4 in Noto's Song and Hei faces, which come in a package: nothing is looked for at run time."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache

import pylopdf_fonts_zh_cn as fonts
from fontTools.ttLib import TTFont
from fpdf import FPDF

from kiosk_api.domain.documents import NO_GLYPH, NUMBER_TO_COME, DeliverySheet, Paper
from kiosk_api.gateways.document_lines import broken

SONG, HEI = "song", "hei"
PAGE_WIDTH, PAGE_HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 210.0, 297.0, 28.0, 26.0, 28.0, 30.0  # mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
BODY, LINE = 16.0, 9.6  # points, mm: 三号 as offices print it
_POINT = 25.4 / 72
_NUMERALS = "一二三四五六七八九十"
_MISSING = f"注：“{NO_GLYPH}”处的字，字库里没有，请经办人手写补上。"
_DRAFT = "草稿　尚未批准"
_RIGHTS = "您可以这样做"
# It names each character that a font lacks: those may be of somebody's name.
logging.getLogger("fpdf").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


@dataclass(frozen=True)
class _Text:
    """Words at a place; `y` is the top of the line."""

    x: float
    y: float
    words: str
    face: str = SONG
    size: float = BODY


@dataclass(frozen=True)
class _Rule:
    """A line from corner to corner."""

    x: float
    y: float
    to_x: float
    to_y: float
    thick: float = 0.3


@dataclass
class _Pages:
    """What stands on each page, and where the next line goes."""

    pdf: FPDF
    pages: list[list[_Text | _Rule]] = field(default_factory=lambda: [[]])
    y: float = TOP
    lacked: bool = False

    def room_for(self, height: float) -> None:
        """Begin a page unless this height is left."""
        if self.y + height > PAGE_HEIGHT - BOTTOM:
            self.pages.append([])
            self.y = TOP

    def width(self, words: str, face: str = SONG, size: float = BODY) -> float:
        self.pdf.set_font(face, size=size)
        return float(self.pdf.get_string_width(words))

    def known(self, words: str, face: str) -> str:
        """The words with a mark for each character that the face lacks, and without unseen ones."""
        has = _characters(face)
        plain = "".join("　" if sign in "\t　" else " " if sign.isspace() else sign for sign in words)
        shown = "".join(sign if ord(sign) in has else NO_GLYPH for sign in plain if sign.isprintable() or sign == "　")
        self.lacked = self.lacked or (NO_GLYPH in shown and NO_GLYPH not in words)
        return shown

    def line(self, words: str, face: str = SONG, size: float = BODY, height: float = LINE, align: str = "left") -> None:
        """One line, already short enough."""
        self.room_for(height)
        free = WIDTH - self.width(words, face, size)
        x = LEFT + {"left": 0.0, "centre": free / 2, "right": free}[align]
        self.pages[-1].append(_Text(x, self.y, words, face, size))
        self.y += height

    def lines(
        self, words: str, face: str = SONG, size: float = BODY, height: float = LINE, align: str = "left"
    ) -> None:
        """As many lines as it takes, without indent."""
        for one in broken(self.known(words, face), WIDTH, lambda part: self.width(part, face, size)):
            self.line(one, face, size, height, align)

    def paragraphs(self, text: str) -> None:
        """Paragraphs with two characters of indent."""
        indent = self.width("　　")
        for paragraph in filter(None, (one.strip() for one in text.splitlines())):
            found = broken(self.known(paragraph, SONG), WIDTH, self.width, indent)
            for place, one in enumerate(found):
                self.line(("　　" if place == 0 else "") + one)

    def rule(self, thick: float = 0.3) -> None:
        """A line across the text."""
        self.pages[-1].append(_Rule(LEFT, self.y, PAGE_WIDTH - RIGHT, self.y, thick))


def draw_paper(paper: Paper, *, draft: bool) -> bytes:
    """A paper as PDF; `draft` prints across each page that it is not approved."""
    pages = _Pages(_empty(paper.title, paper.day))
    pages.lines(paper.issued_by, HEI, 18, 11, "centre")
    pages.lines(paper.title, HEI, 24, 14, "centre")
    pages.lines(paper.number or NUMBER_TO_COME, SONG, 14, 9, "centre")
    pages.rule(0.6)
    pages.y += 5
    if paper.addressee:
        pages.lines(f"{paper.addressee}：")
    pages.paragraphs(paper.opening)
    for place, section in enumerate(paper.sections):
        pages.room_for(2 * LINE)  # no heading at the foot of a page
        pages.lines(f"{_NUMERALS[place]}、{section.heading}", HEI)
        pages.paragraphs(section.text)
    if paper.rights:
        pages.room_for(2 * LINE)
        pages.lines(f"{_NUMERALS[len(paper.sections)]}、{_RIGHTS}", HEI)
        for right in paper.rights:
            pages.paragraphs(right)
    _signed(pages, paper)
    if pages.lacked:
        pages.y += 4
        pages.lines(_MISSING, SONG, 12, 7)
    return _painted(pages, f"信访件编号：{paper.case_number}", _DRAFT if draft else "")


def draw_sheet(sheet: DeliverySheet) -> bytes:
    """A delivery sheet as PDF: a table to be signed."""
    pages = _Pages(_empty(sheet.title, None))
    pages.lines(sheet.issued_by, HEI, 18, 11, "centre")
    pages.lines(sheet.title, HEI, 24, 16, "centre")
    label_width = 46.0
    pages.rule()
    for label, value in sheet.rows:
        found = [
            line
            for part in value.splitlines()
            for line in broken(pages.known(part, SONG), WIDTH - label_width - 6, lambda it: pages.width(it, SONG, 14))
        ]
        height = max(14.0, 8.0 * len(found) + 6)
        pages.room_for(height)
        top = pages.y
        pages.pages[-1].append(_Text(LEFT + 3, top + 3, label, HEI, 14))
        for place, one in enumerate(found):
            pages.pages[-1].append(_Text(LEFT + label_width + 3, top + 3 + 8.0 * place, one, SONG, 14))
        for x in (LEFT, LEFT + label_width, PAGE_WIDTH - RIGHT):
            pages.pages[-1].append(_Rule(x, top, x, top + height))
        pages.y = top + height
        pages.rule()
    pages.y += 5
    pages.lines(sheet.note, SONG, 12, 7.5)
    if pages.lacked:
        pages.lines(_MISSING, SONG, 12, 7.5)
    return _painted(pages, f"信访件编号：{sheet.case_number}", "")


def _signed(pages: _Pages, paper: Paper) -> None:
    """The issuer, its seal and the day; before these the lines that people sign."""
    pages.y += LINE / 2
    for one in paper.signers:
        pages.room_for(LINE * 1.4)
        pages.lines(f"{one}（签名）：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿", height=LINE * 1.4)
    pages.room_for(3.5 * LINE)
    pages.y += LINE / 2
    pages.lines(paper.issued_by, align="right")
    pages.lines("（加盖印章）", align="right")
    day = f"{paper.day.year}年{paper.day.month}月{paper.day.day}日" if paper.day else "（批准后填日期）"
    pages.lines(day, align="right")


def _empty(title: str, day: date | None) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font(SONG, "", str(fonts.serif_path()))
    pdf.add_font(HEI, "", str(fonts.sans_path()))
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    # Its own day and not the clock's: the same paper gives the same bytes.
    pdf.set_creation_date(datetime.combine(day or date(2022, 5, 1), time(), UTC))
    return pdf


def _painted(pages: _Pages, foot: str, across: str) -> bytes:
    pdf, total = pages.pdf, len(pages.pages)
    for place, page in enumerate(pages.pages, 1):
        pdf.add_page()
        if across:
            pdf.set_text_color(200)
            pdf.set_font(HEI, size=54)
            with pdf.rotation(40, PAGE_WIDTH / 2, PAGE_HEIGHT / 2):
                pdf.text((PAGE_WIDTH - pdf.get_string_width(across)) / 2, PAGE_HEIGHT / 2, across)
            pdf.set_text_color(0)
        for one in [*page, *_foot(pages, f"{foot}　　第{place}页，共{total}页")]:
            if isinstance(one, _Rule):
                pdf.set_line_width(one.thick)
                pdf.line(one.x, one.y, one.to_x, one.to_y)
            else:
                pdf.set_font(one.face, size=one.size)
                pdf.text(one.x, one.y + one.size * _POINT, one.words)
    return bytes(pdf.output())


def _foot(pages: _Pages, words: str) -> list[_Text]:
    x = LEFT + (WIDTH - pages.width(words, SONG, 11)) / 2
    return [_Text(x, PAGE_HEIGHT - 18, words, SONG, 11)]


@cache
def _characters(face: str) -> frozenset[int]:
    """The code points that a face can draw."""
    path = fonts.serif_path() if face == SONG else fonts.sans_path()
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
