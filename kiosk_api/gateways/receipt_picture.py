"""The receipt as a black-and-white picture: a printer's own Chinese fonts cannot be relied on.

576 dots wide, which is 72 mm of print at 203 dots per inch. The picture is kept in memory only.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M

from kiosk_api.services.base.shown import Receipt, decision_line

WIDTH = 576  # dots
_MARGIN, _GAP = 12, 14  # dots
_BODY, _LARGE = 26, 38  # dots per character
_QR_SIDE = 380  # dots, about 48 mm
_TEXT_MAX = 400  # characters; keeps a receipt shorter than a metre
_INK_BELOW = 150  # grey level of 255 under which a dot is burnt
_FIND_WITHIN_S = 5
_UNFILLED = re.compile(r"【请[^【】]*】")


class NoFont(Exception):
    """No font with Chinese characters was found."""


def find_font(configured: str | None) -> tuple[str, int]:
    """(file, index in that file): `configured` if set, else what fontconfig names for Chinese."""
    if configured:
        if Path(configured).is_file():
            return configured, 0
        raise NoFont("KIOSK_PRINTER_FONT names no file")
    try:
        found = subprocess.run(
            ["fc-match", "-f", "%{file}|%{index}|%{lang}", "sans:lang=zh-cn"],  # noqa: S607 PATH is ours
            capture_output=True, text=True, timeout=_FIND_WITHIN_S, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise NoFont("fontconfig did not answer") from error
    file, index, languages = found.stdout.split("|", 2)
    if "zh-cn" not in languages.split("|"):
        raise NoFont("fontconfig knows no Chinese font")
    return file, int(index)


def draw(receipt: Receipt, font: tuple[str, int]) -> Image.Image:
    """A picture of one bit a dot, WIDTH wide and as long as its content."""
    body = ImageFont.truetype(font[0], _BODY, index=font[1])
    large = ImageFont.truetype(font[0], _LARGE, index=font[1])
    parts: list[tuple[Image.Image | None, str, ImageFont.FreeTypeFont]] = []
    for style, text in _lines(receipt):
        face = large if style == "large" else body
        if style == "qr":
            parts.append((_qr(text), "", body))
        elif style == "rule":
            parts.append((None, "", body))
        else:
            parts += [(None, line, face) for line in _wrapped(text, face)]
    strip = Image.new("L", (WIDTH, sum(_height(part) for part in parts) + 2 * _GAP), 255)
    pen, top = ImageDraw.Draw(strip), _GAP
    for part in parts:
        picture, line, face = part
        if picture is not None:
            strip.paste(picture, ((WIDTH - picture.width) // 2, top))
        elif line:
            pen.text((_MARGIN, top), line, fill=0, font=face)
        else:
            pen.line((_MARGIN, top + _GAP, WIDTH - _MARGIN, top + _GAP), fill=0, width=2)
        top += _height(part)
    return strip.point(lambda level: 0 if level < _INK_BELOW else 255).convert("1")


def _lines(receipt: Receipt) -> Iterator[tuple[str, str]]:
    """(style, text) from top to bottom; the same words as on the browser's receipt."""
    if receipt.office and "【请" not in receipt.office:
        yield "", receipt.office
    yield "large", "信访事项登记回执"
    yield "rule", ""
    yield "", "信访件编号"
    yield "large", receipt.case_number
    yield "", f"登记时间：{_moment(receipt.registered_at)}"
    if receipt.by_proxy:
        yield "", "提交方式：由他人代为提交"
    yield "", f"现在的状态：{receipt.status_label}"
    yield "qr", receipt.url
    yield "", "手机扫一扫，随时查进度、催办、评价。拿到二维码的人都能查，请收好这张纸。"
    for title, text in (("您的诉求", receipt.request), ("您说的事", receipt.facts)):
        if not text:  # none was stated, or it is printed some days later: the paper no longer repeats the words
            continue
        yield "rule", ""
        yield "", title
        yield "", text if len(text) <= _TEXT_MAX else text[:_TEXT_MAX] + "……（全文已登记）"
    yield "rule", ""
    yield "large", f"请去：{receipt.window_label}"
    yield "", receipt.reason
    for one in receipt.deadlines:
        day, cited = one.due_on, f"（{one.article_label}）" if one.article_label else ""
        yield "", f"{one.label}：最晚{day.year}年{day.month}月{day.day}日{cited}"
    if receipt.decisions:
        yield "rule", ""
        for told in receipt.decisions:
            yield "", decision_line(told)
        yield "", "全文请扫上面的二维码看，也可以请窗口打印。"
    if receipt.callback:
        yield "rule", ""
        yield "large", f"回电码 {receipt.callback.code}"
        yield (
            "",
            f"工作人员最晚{_moment(receipt.callback.due_by)}以前打给您。在“查进度”输这个码和电话后四位，能查、能取消。",
        )
    yield "rule", ""
    for line in receipt.where_to_turn:
        yield "", _UNFILLED.sub("待公布", line)
    yield "rule", ""
    yield "", "回执核对码"
    yield "", receipt.verify_code


def _moment(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def _wrapped(text: str, face: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Lines that fit; Chinese breaks anywhere, and so does a code too long for a line."""
    for paragraph in text.splitlines():
        line = ""
        for character in paragraph:
            if line and face.getlength(line + character) > WIDTH - 2 * _MARGIN:
                yield line
                line = ""
            line += character
        if line:
            yield line


def _height(part: tuple[Image.Image | None, str, ImageFont.FreeTypeFont]) -> int:
    picture, line, face = part
    if picture is not None:
        return picture.height
    return int(face.size * 1.4) if line else 2 * _GAP


def _qr(text: str) -> Image.Image:
    """Whole dots per module, so that no edge is blurred."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    modules = len(code.get_matrix())
    code.box_size = max(_QR_SIDE // modules, 4)
    image: Image.Image = code.make_image().get_image()
    return image.convert("L")
