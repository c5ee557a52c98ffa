"""What a petition must state (信访工作条例 Art. 19, 20) and how each field is checked.

Every problem of a submission is found in one pass, so that a citizen corrects a form once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.statute import MAX_REPRESENTATIVES

NAME_MAX, ADDRESS_MAX, SHORT_MAX, REQUEST_MAX, FACTS_MAX = 60, 200, 200, 2_000, 20_000
WINDOWS = (
    "court",
    "procuratorate",
    "public_security",
    "discipline",
    "labour_arbitration",
    "administrative_reconsideration",
    "petition_office",
)


class Identity(Protocol):
    """Normal forms of identity data; None means "not valid"."""

    def phone(self, text: str) -> str | None: ...

    def resident_id(self, text: str) -> str | None: ...


Checker = Callable[[str, Identity], str]


@dataclass(frozen=True)
class Representative:
    """One of at most five people who speak for the others (Art. 20)."""

    name: str
    phone: str


@dataclass(frozen=True)
class Petition:
    """What was said, in the citizen's own words, checked but never reworded."""

    name: str
    phone: str
    address: str
    request: str
    facts: str
    id_number: str | None = None
    reasons: str | None = None
    place: str | None = None
    about_unit: str | None = None
    representatives: tuple[Representative, ...] = ()
    confidential: bool = False
    window_choice: str | None = None

    @property
    def narrative(self) -> str:
        """The text that routing reads."""
        return "\n".join(part for part in (self.request, self.facts, self.reasons) if part)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for sealing."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Petition:
        """The inverse of to_dict."""
        people = tuple(Representative(**one) for one in values.get("representatives", ()))
        return cls(**{**values, "representatives": people})


def phone_tail(phone: str) -> str:
    """The last four digits, the second half of a look-up."""
    return phone[-4:]


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


def parse_petition(body: object, identity: Identity) -> Petition:
    """Check a whole submission (shape of `POST /petitions`); all errors at once.

    Raises DomainError(code="invalid_petition") whose `errors` name each field by its path.
    """
    if not isinstance(body, Mapping):
        raise DomainError("invalid_petition", "提交的内容不完整，请重新填写后再提交。")
    found = _Errors()
    found.unknown(body, _TOP_FIELDS, "")
    person = body.get("petitioner")
    if not isinstance(person, Mapping):
        found.add("petitioner", "required", "请填写您的姓名、电话和住址。")
        person = {}
    found.unknown(person, _PERSON_FIELDS, "petitioner.")
    values: dict[str, Any] = {}
    for field in _PERSON_FIELDS:
        values[field] = found.check(
            f"petitioner.{field}", field, person.get(field), identity, field != "id_number"
        )
    for field in ("request", "facts", "reasons", "place", "about_unit"):
        required = field in ("request", "facts")
        values[field] = found.check(field, field, body.get(field), identity, required)
    values["representatives"] = _representatives(body.get("representatives"), identity, found)
    values["confidential"] = _flag(body, "confidential", found)
    values["window_choice"] = _window(body.get("window_choice"), found)
    if body.get("consent") is not True:
        detail = "请先阅读说明，并勾选“我确认以上内容属实，同意提交”。"
        found.add("consent", "consent_required", detail)
    if found.items:
        raise DomainError(
            "invalid_petition", "有几处需要您改一下，其他内容都还在。", tuple(found.items)
        )
    return Petition(**values)


_TOP_FIELDS = (
    "petitioner", "request", "facts", "reasons", "place", "about_unit", "representatives",
    "confidential", "window_choice", "consent",
)  # fmt: skip
_PERSON_FIELDS = ("name", "phone", "address", "id_number")


class _Errors:
    """Collects the errors of one submission."""

    def __init__(self) -> None:
        self.items: list[FieldError] = []

    def add(self, path: str, code: str, detail: str) -> None:
        self.items.append(FieldError(path, code, detail))

    def unknown(self, given: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for _ in (name for name in given if name not in known):
            path = prefix.rstrip(".") or "body"
            self.add(path, "unknown_field", "有一项内容我们不认识，请删去后再提交。")

    def check(
        self, path: str, field: str, value: object, identity: Identity, required: bool
    ) -> str | None:
        if value is None or value == "":
            if required:
                self.add(path, "required", _MISSING[field])
            return None
        try:
            return check_field(field, value, identity)
        except DomainError as error:
            self.add(path, error.code, error.detail)
            return None


def _representatives(
    given: object, identity: Identity, found: _Errors
) -> tuple[Representative, ...]:
    if given is None:
        return ()
    if not isinstance(given, list):
        found.add("representatives", "not_a_list", "代表人请逐个填写姓名和电话。")
        return ()
    if len(given) > MAX_REPRESENTATIVES:
        found.add(
            "representatives",
            "too_many_representatives",
            f"代表人最多{MAX_REPRESENTATIVES}名（《信访工作条例》第二十条），请推选后再填。",
        )
        return ()
    people: list[Representative] = []
    for index, one in enumerate(given):
        path = f"representatives.{index}"
        if not isinstance(one, Mapping):
            found.add(path, "required", "请填写这位代表人的姓名和电话。")
            continue
        found.unknown(one, ("name", "phone"), path + ".")
        name = found.check(f"{path}.name", "name", one.get("name"), identity, True)
        phone = found.check(f"{path}.phone", "phone", one.get("phone"), identity, True)
        if name and phone:
            people.append(Representative(name, phone))
    return tuple(people)


def _flag(body: Mapping[str, Any], name: str, found: _Errors) -> bool:
    value = body.get(name, False)
    if isinstance(value, bool):
        return value
    found.add(name, "not_yes_or_no", "这一项请选“是”或“否”。")
    return False


def _window(value: object, found: _Errors) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and value in WINDOWS:
        return value
    found.add("window_choice", "unknown_window", "没有这个窗口，请从列出的窗口里选，或者不选。")
    return None


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
        raise DomainError(
            "bad_phone", "电话号码好像不对，请写11位手机号，或带区号的固定电话，好让我们联系您。"
        )
    return number


def _address(text: str, _: Identity) -> str:
    if not 4 <= len(text) <= ADDRESS_MAX or text.isdigit():
        raise DomainError(
            "bad_address", "请写您现在的住址，写到街道（乡镇）、社区（村），最好有门牌号。"
        )
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
            raise DomainError(
                f"long_{field}", f"这一项最多写{most}个字，现在有{len(text)}个字，请先写要紧的。"
            )
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
    "about_unit": _text("about_unit", 1, SHORT_MAX, "请写您反映的单位或人，或者空着。"),
}
_MISSING = {
    "name": "请填写您的姓名。",
    "phone": "请填写联系电话。",
    "address": "请填写您的住址。",
    "request": "请写您希望怎么解决。",
    "facts": "请写发生了什么事。",
}
