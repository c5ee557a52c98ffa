"""How each field of a petition is checked, and the sentence when it cannot be kept (Art. 19)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Protocol

from kiosk_api.domain.errors import DomainError

NAME_MAX, ADDRESS_MAX, SHORT_MAX, REQUEST_MAX, FACTS_MAX = 60, 200, 200, 2_000, 20_000


class Identity(Protocol):
    """Normal forms of identity data; None means "not valid"."""

    def phone(self, text: str) -> str | None: ...

    def resident_id(self, text: str) -> str | None: ...


Checker = Callable[[str, Identity], str]


def mask(field: str, value: str) -> str:
    """A value fit for reading back on a screen that others may see."""
    if field in ("phone", "id_number") and len(value) > 4:
        return "*" * (len(value) - 4) + value[-4:]
    return value


def check_field(field: str, value: object, identity: Identity) -> str:
    """The stored form of one field; raises DomainError with a sentence for the citizen."""
    checker = _CHECKERS.get(field)
    if checker is None:
        raise DomainError("unknown_field", "没有这一项内容，请检查后再试。")
    if not isinstance(value, str):
        raise DomainError("not_text", "这一项应该是文字，请重新填写。")
    text = value.strip()
    if "\x00" in text:
        raise DomainError("not_text", "这一项里有无法识别的字符，请重新填写。")
    return checker(text, identity)


_NAME_CHARS = re.compile(r"[\w·•・.．\-（）() ]+")


def _name(text: str, _: Identity) -> str:
    shown = unicodedata.normalize("NFKC", text)
    if not 2 <= len(shown) <= NAME_MAX:
        raise DomainError("bad_name", "请写您的姓名（单位请写全称），比如“王小明”。")
    if not _NAME_CHARS.fullmatch(shown) or sum(c.isdigit() for c in shown) > 2 or "_" in shown:
        raise DomainError("bad_name", "姓名里好像有别的内容，请只写姓名，比如“王小明”。")
    return text


def _phone(text: str, identity: Identity) -> str:
    number = identity.phone(unicodedata.normalize("NFKC", text))
    if number is None:
        raise DomainError("bad_phone", "电话号码好像不对，请写11位手机号，或带区号的固定电话，好让我们联系您。")
    return number


def _address(text: str, _: Identity) -> str:
    if not 4 <= len(text) <= ADDRESS_MAX or text.isdigit():
        raise DomainError("bad_address", "请写您现在的住址，写到街道（乡镇）、社区（村），最好有门牌号。")
    return text


def _id_number(text: str, identity: Identity) -> str:
    number = identity.resident_id(unicodedata.normalize("NFKC", text).upper().replace(" ", ""))
    if number is None:
        raise DomainError("bad_id_number", "身份证号好像不对，请核对18位号码；不想填也可以空着。")
    return number


def _text(field: str, least: int, most: int, hint: str) -> Checker:
    def check(text: str, _: Identity) -> str:
        if len(text) < least:
            raise DomainError(f"short_{field}", hint)
        if len(text) > most:
            raise DomainError(f"long_{field}", f"这一项最多写{most}个字，现在有{len(text)}个字，请先写要紧的。")
        return text

    return check


_CHECKERS: dict[str, Checker] = {
    "name": _name,
    "phone": _phone,
    "address": _address,
    "id_number": _id_number,
    "request": _text("request", 2, REQUEST_MAX, "请写一句您希望怎么解决，比如“要回拖欠的工资”。"),
    "facts": _text("facts", 4, FACTS_MAX, "请说说是什么事：什么时间、在哪里、和谁、发生了什么。"),
    "reasons": _text("reasons", 1, REQUEST_MAX, "请写您的理由，或者空着。"),
    "place": _text("place", 1, SHORT_MAX, "请写事情发生在哪里，或者空着。"),
    "amount": _text("amount", 1, SHORT_MAX, "请写涉及多少钱，或者空着。"),
    "happened": _text("happened", 1, SHORT_MAX, "请写是什么时候的事，或者空着。"),
    "about_unit": _text("about_unit", 1, SHORT_MAX, "请写您反映的单位或人，或者空着。"),
}
MISSING = {
    "name": "请填写您的姓名。",
    "phone": "请填写联系电话。",
    "address": "请填写您的住址。",
    "request": "请写您希望怎么解决。",
    "facts": "请写发生了什么事。",
}
