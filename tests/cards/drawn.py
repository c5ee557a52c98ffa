"""Cards and slips of invented people, drawn for the tests: no real card is in this project."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_SIZE = (1010, 637)  # of a card, at 300 dots an inch: 85.6 × 54 mm
NAME, NUMBER = "王小明", "11010519491231002X"
ADDRESS = ("北京市朝阳区幸福路12号院", "3号楼2单元501室")
CASE_NUMBER = "XF20261123-ABCD-EFGH-36"


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size)


def front(name: str = NAME, number: str = NUMBER, address: Sequence[str] = ADDRESS) -> Image.Image:
    """The side with the name."""
    card = Image.new("RGB", _SIZE, (222, 232, 240))
    pen = ImageDraw.Draw(card)
    label, value = (70, 110, 160), (20, 20, 20)
    for y, word, text in ((70, "姓名", "   ".join(name) if len(name) < 3 else name), (150, "性别", "男"),
                          (320, "住址", "")):  # fmt: skip
        pen.text((60, y), "  ".join(word), font=_font(30), fill=label)
        pen.text((180, y - 6), text, font=_font(38), fill=value)
    pen.text((330, 150), "民  族", font=_font(30), fill=label)
    pen.text((450, 144), "汉", font=_font(38), fill=value)
    pen.text((60, 230), "出  生", font=_font(30), fill=label)
    pen.text(
        (180, 224), f"{number[6:10]} 年 {int(number[10:12])} 月 {int(number[12:14])} 日", font=_font(36), fill=value
    )
    for row, text in enumerate(address):
        pen.text((180, 316 + 52 * row), text, font=_font(36), fill=value)
    pen.rectangle((700, 80, 940, 400), fill=(190, 190, 190))
    pen.ellipse((760, 130, 880, 270), fill=(150, 130, 120))
    pen.text((60, 536), "公民身份号码", font=_font(30), fill=label)
    pen.text((350, 526), number, font=_font(44), fill=value)
    return card


def back() -> Image.Image:
    """The side without the name."""
    card = Image.new("RGB", _SIZE, (226, 234, 238))
    pen = ImageDraw.Draw(card)
    pen.text((340, 90), "中华人民共和国", font=_font(58), fill=(20, 20, 20))
    pen.text((330, 200), "居 民 身 份 证", font=_font(70), fill=(20, 20, 20))
    pen.text((240, 440), "签发机关  北京市公安局朝阳分局", font=_font(36), fill=(20, 20, 20))
    pen.text((240, 520), "有效期限  2015.06.01-长期", font=_font(36), fill=(20, 20, 20))
    return card


def slip(case_number: str = CASE_NUMBER) -> Image.Image:
    """A receipt."""
    paper = Image.new("RGB", (700, 620), (250, 250, 247))
    pen = ImageDraw.Draw(paper)
    pen.text((180, 40), "信访登记回执", font=_font(56), fill=(10, 10, 10))
    pen.text((60, 160), "编号", font=_font(36), fill=(10, 10, 10))
    pen.text((60, 220), case_number, font=_font(44), fill=(10, 10, 10))
    pen.text((60, 320), "登记时间  2026年11月23日 09:30", font=_font(32), fill=(10, 10, 10))
    pen.text((60, 390), "请凭编号查询办理情况。", font=_font(32), fill=(10, 10, 10))
    return paper


def on_table(card: Image.Image, *, tilt: float = 0.0) -> Image.Image:
    """The card on a dark table, turned by `tilt` degrees, as a camera of 1280 × 960 pixels sees it."""
    table = Image.new("RGB", (1280, 960), (92, 78, 66))
    turned = card.convert("RGBA").rotate(tilt, expand=True, resample=Image.Resampling.BICUBIC)
    table.paste(turned, ((1280 - turned.width) // 2, (960 - turned.height) // 2), turned)
    return table


def _half_hidden(card: Image.Image) -> Image.Image:
    hidden = card.copy()
    ImageDraw.Draw(hidden).rectangle((600, 500, 1010, 637), fill=(200, 160, 140))
    return hidden


PICTURES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "straight": on_table,
    "tilted": lambda card: on_table(card, tilt=8),
    "tilted_back": lambda card: on_table(card, tilt=-12),
    "upside_down": lambda card: on_table(card, tilt=180),
    "blurred": lambda card: on_table(card).filter(ImageFilter.GaussianBlur(2)),
    "dark": lambda card: ImageEnhance.Brightness(on_table(card)).enhance(0.3),
    "small": lambda card: on_table(card.resize((640, 404))),
    "hidden": lambda card: on_table(_half_hidden(card)),
}


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """The picture as a camera sends it."""
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=quality)
    return written.getvalue()
