"""A message in the shape of a form, “label: value” for “label: value”, as shops, contacts and other forms copy it.

Its labels say what each value is, more surely than any reading of the values. What stands under a label that names
no field of ours is told like anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.characters import HAN
from bot.dialogue.extraction import phone_candidate
from bot.dialogue.id_numbers import id_in
from bot.dialogue.particulars import PLACE, UNIT
from bot.dialogue.reading.names import name_of
from bot.dialogue.text import MARKS, aligned, borders_marked

_WHO = "(?:信访|投诉|举报|反映|申请|申诉|来访|联系|收货|收件|登记|填表|本)"
_LABELS = {
    "petitioner_name": rf"(?:{_WHO}人)?(?:姓名|名字)|{_WHO}人",
    "phone": rf"(?:{_WHO}人?)?(?:手机|电话|移动电话|联系方式)(?:号码?)?",
    "id_number": "(?:居民)?(?:身份证|证件)(?:号码?)?",
    "address": "(?:所在)?(?:地区|区域|省市区?|街道)|(?:详细|家庭|联系|通讯|通信|现|居住|收货|收件)?(?:住址|地址)|住处|邮编|邮政编码",
    "facts": "(?:事情|事件|问题|情况|投诉|举报|反映|信访)?(?:经过|内容|描述|说明|详情)|(?:主要)?(?:事实|事由)(?:与理由|和理由)?",
    "request": "(?:具体|主要|我的|信访)?(?:诉求|请求|要求)",
    PLACE: "(?:事发|发生|问题)(?:地点|地址|位置)",
    UNIT: "(?:涉及|被反映|被投诉|被举报|责任)(?:单位|部门|公司|对象)",
    "happened": "(?:事发|发生)(?:时间|日期)",
    "amount": "(?:涉及|涉案)?金额",
    "": f"[{HAN}]{{2,6}}",
}
_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[,，。;；\s]))(?:{'|'.join(f'(?P<f{place}>{one})' for place, one in enumerate(_LABELS.values()))})[ \u3000]{{0,3}}[:：]"
)
_FIELDS = tuple(_LABELS)
_LEAST_FIELDS = 2
_READERS: dict[str, Callable[[str], str | None]] = {
    "petitioner_name": name_of,
    "phone": phone_candidate,
    "id_number": lambda text: id_in(text, asked=True),
}


def labelled(text: str) -> dict[str, str]:
    """The values of a message that is such a form from its first word on, by field; {} where it is none.

    Two labels of one field, such as 所在地区 and 详细地址, make one value in their order. A value that is no name or
    number is left out where its label asks for one, so that the question is asked.
    """
    matched, typed = aligned(borders_marked(text))
    labels = list(_LABEL.finditer(matched))
    if not labels or labels[0].start():
        return {}
    found: dict[str, str] = {}
    ends = [*(one.start() for one in labels[1:]), len(typed)]
    for label, end in zip(labels, ends, strict=True):
        field = _FIELDS[int(str(label.lastgroup)[1:])]
        value = typed[label.end() : end].strip(MARKS)
        if reader := _READERS.get(field):
            value = reader(value) or ""
        elif not field and value:
            field, value = "facts", typed[label.start() : end].strip(MARKS)
        if value:
            between = "" if field == "address" and value[0] > "\u2e80" else " " if field == "address" else "，"
            found[field] = f"{found[field]}{between}{value}" if field in found else value
    return found if len(found.keys() - {"facts"}) >= _LEAST_FIELDS else {}
