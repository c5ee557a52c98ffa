"""The lines of a drawn card, as the reader gave them."""

from __future__ import annotations

from kiosk_api.domain.cards import PrintedLine

NAME, NUMBER, ADDRESS = "王小明", "11010519491231002X", "北京市朝阳区幸福路12号院3号楼2单元501室"
# What the reader gave for a drawn card that lies straight: text, x, y, width, height
FRONT = [
    PrintedLine(text, x, y, width, height, 0.99)
    for text, x, y, width, height in (
        (NAME, 300, 233, 135, 47), ("姓名", 190, 235, 92, 39), ("性别", 188, 312, 122, 45), ("民族", 456, 312, 122, 45),
        ("汉", 569, 313, 58, 45), ("男", 297, 314, 58, 44), ("1949年12月31日", 308, 389, 316, 46), ("出生", 191, 395, 91, 39),
        ("北京市朝阳区幸福路12号院", 310, 483, 445, 43), ("住址", 190, 485, 87, 39), ("3号楼2单元501室", 310, 535, 290, 43),
        ("公民身份号码", 190, 701, 189, 40), (NUMBER, 483, 701, 446, 43),
    )
]  # fmt: skip
