"""The fields of a petition (Art. 19): label, question, limits and check of each.

One entry a field. The published schema, the form, the check page, the paper copy, the desk and the tests
derive from this table; `petition.py` gives each field its place in the record. A field that only the
assistant asks for has no `question`; the form leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk_api.domain import phones
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.identity_numbers import IdNumber
from kiosk_api.domain.limits import ADDRESS_MAX, NAME_MAX, REQUEST_MAX, SHORT_MAX, TEXT_MAX
from kiosk_api.domain.names import has_letter, holds_number, is_name, is_too_short, lists_several, normal_name
from kiosk_api.domain.typed import NOT_TEXT, clean, is_letter, is_text, one_line, says_something


class Identity(Protocol):
    """Normal forms of identity data."""

    def phone(self, text: str) -> str | None: ...

    def id_number(self, text: str) -> IdNumber: ...


Checker = Callable[["PetitionField", str, Identity], str]


def _name(field: PetitionField, text: str, _: Identity) -> str:
    name = normal_name(text)
    if "\ufffd" in name:
        raise DomainError("bad_name", "姓名里有一个字没有传过来，请把这个字重新写一遍。")
    if holds_number(name):
        raise DomainError("bad_name", "姓名里好像有电话或证件号，请只写姓名；号码请填在下面那一项里。")
    if not has_letter(name) or is_too_short(name):
        raise DomainError("bad_name", "请写您的姓名（单位请写全称），比如“王小明”。")
    if len(name) > field.longest:
        raise DomainError("bad_name", f"姓名最多写{field.longest}个字，请只写姓名（单位全称）。")
    if lists_several(name):
        raise DomainError("bad_name", "这里请只写姓名，写一个人的；几个人一起反映的，其他人可以登记为代表人。")
    if not is_name(name):
        raise DomainError("bad_name", "姓名里好像有别的内容，请只写姓名，比如“王小明”。")
    return name


def _phone(_: PetitionField, text: str, identity: Identity) -> str:
    number = identity.phone(text)
    if number is None and sum(identity.phone(one) is not None for one in phones.parts(text)) > 1:
        raise DomainError("bad_phone", "这里只写一个电话，写最容易找到您的那个；另一个可以写在事情经过里。")
    if number is None:
        raise DomainError("bad_phone", "电话号码好像不对，请写11位手机号，或带区号的固定电话，好让我们联系您。")
    return number


def _address(field: PetitionField, text: str, _: Identity) -> str:
    text = one_line(text)
    if not field.least <= len(text) <= field.longest or not any(map(is_letter, text)):
        raise DomainError("bad_address", "请写您现在的住址，写到街道（乡镇）、社区（村），最好有门牌号。")
    return text


def _id_number(_: PetitionField, text: str, identity: Identity) -> str:
    number = identity.id_number(text)
    if number.problem:
        raise DomainError("bad_id_number", number.problem)
    return number.value


def _plain(field: PetitionField, text: str, _: Identity) -> str:
    if len(text) < field.least:
        raise DomainError(f"short_{field.name}", field.example)
    if len(text) > field.longest:
        raise DomainError(
            f"long_{field.name}", f"这一项最多写{field.longest}个字，现在有{len(text)}个字，请先写要紧的。"
        )
    return text


@dataclass(frozen=True)
class PetitionField:
    """One thing that a petition states.

    `label` names it to the citizen, `desk_label` to staff. In a conversation `expects` calls it
    `asked_as` (its name when empty) and `chat_label` is beside the box. `question` is how the form asks for it, of another person `question_for_other`. `rows` is the height of
    its box, `keys` the keyboard that opens for it. A `masked` value is shown by its last four characters
    only. `missing` is said when a required one is empty, `example` when a text is too short. Lengths are in
    characters. `checker` returns the stored form.
    """

    name: str
    label: str
    desk_label: str
    asked_as: str = ""
    chat_label: str = ""
    question: str = ""
    question_for_other: str = ""
    hint: str = ""
    missing: str = ""
    example: str = ""
    rows: int = 1
    least: int = 1
    longest: int = SHORT_MAX
    keys: Literal["", "phone", "digits"] = ""
    of_person: bool = False
    masked: bool = False
    checker: Checker = _plain

    @property
    def required(self) -> bool:
        """Whether a petition must state it (Art. 19)."""
        return bool(self.missing)

    @property
    def path(self) -> str:
        """Its place in the body of `POST /petitions`."""
        return f"petitioner.{self.name}" if self.of_person else self.name


def mask(field: str, value: str) -> str:
    """A value fit for reading back on a screen that others may see."""
    if not FIELDS[field].masked:
        return value
    if field == "phone":
        return phones.masked(value)
    return "*" * (len(value) - 4) + value[-4:] if len(value) > 4 else value


def check_field(field: str, value: object, identity: Identity) -> str:
    """The stored form of one field; raises DomainError with a sentence for the citizen."""
    known = FIELDS.get(field)
    if known is None:
        raise DomainError("unknown_field", "没有这一项内容，请检查后再试。")
    if not isinstance(value, str):
        raise DomainError("not_text", "这一项应该是文字，请重新填写。")
    if not is_text(value):
        raise DomainError("not_text", NOT_TEXT)
    text = clean(value).strip()
    if known.required and not says_something(text):
        raise DomainError("required", known.missing)
    return known.checker(known, text, identity)


def is_given(value: object) -> bool:
    """Whether anything that can be seen was written; what is no text is for `check_field` to refuse."""
    return value is not None and not (isinstance(value, str) and not clean(value).strip())


FIELDS: dict[str, PetitionField] = {
    field.name: field
    for field in (
        PetitionField(
            "name", "姓名", "姓名", checker=_name,
            asked_as="petitioner_name", chat_label="您的姓名", question="您的姓名", question_for_other="您替谁办？他（她）的姓名",
            missing="请填写姓名。", longest=NAME_MAX, of_person=True,
        ),
        PetitionField(
            "phone", "联系电话", "电话", checker=_phone,
            chat_label="您的电话", question="联系电话", question_for_other="他（她）的联系电话",
            hint="查进度时要用后四位，请写接得到的号码。没有电话的，请到窗口，工作人员替您登记。", missing="请填写联系电话。",
            keys="phone", of_person=True, masked=True,
        ),
        PetitionField(
            "address", "现在的住址", "住址", checker=_address,
            chat_label="您的住址", question="现在的住址", question_for_other="他（她）现在的住址",
            hint="写到街道（乡镇）、社区（村），最好有门牌号。", missing="请填写现在的住址。",
            least=4, longest=ADDRESS_MAX, of_person=True,
        ),
        PetitionField(
            "id_number", "身份证号", "身份证号", checker=_id_number,
            chat_label="身份证号", question="身份证号", question_for_other="他（她）的身份证号",
            hint="身份证是18位，最后一位可能是字母X。没有身份证，可以填护照、通行证、居留证的号码。", keys="digits", of_person=True, masked=True,
        ),
        PetitionField(
            "request", "您希望怎么解决", "请求",
            example="请写一句您希望怎么解决，比如“要回拖欠的工资”。", least=2,
            chat_label="您希望怎么解决", question="您希望怎么解决", hint="一两句话，比如：要回拖欠的工资。",
            missing="请写您希望怎么解决。", rows=3, longest=REQUEST_MAX,
        ),
        PetitionField(
            "facts", "发生了什么事", "事实",
            example="请说说是什么事：什么时间、在哪里、和谁、发生了什么。", least=4,
            chat_label="发生了什么事", question="发生了什么事",
            hint="什么时间，在哪里，和谁，经过怎样。想到哪儿写到哪儿也行。",
            missing="请写发生了什么事。", rows=8, longest=TEXT_MAX,
        ),
        PetitionField(
            "reasons", "您的理由", "理由", example="请写您的理由，或者空着。",
            question="您的理由", rows=3, longest=REQUEST_MAX,
        ),
        PetitionField(
            "place", "事情发生在哪里", "发生地点", example="请写事情发生在哪里，或者空着。",
            chat_label="在哪里发生的", question="事情发生在哪里",
        ),
        PetitionField(
            "about_unit", "反映的单位或人", "涉及单位或个人",
            example="请写您反映的单位或人，或者空着。",
            chat_label="反映谁", question="反映的是哪个单位或哪个人",
        ),
        PetitionField("amount", "涉及多少钱", "涉及金额", example="请写涉及多少钱，或者空着。"),
        PetitionField("happened", "什么时候的事", "发生时间", example="请写是什么时候的事，或者空着。"),
    )
}  # fmt: skip
PERSON_FIELDS = tuple(one for one in FIELDS.values() if one.of_person)
MATTER_FIELDS = tuple(one for one in FIELDS.values() if not one.of_person)
_FORM = ("facts", "request", "reasons", "place", "about_unit", "name", "phone", "id_number", "address")
FORM_FIELDS = tuple(FIELDS[name] for name in _FORM)
"""In the order in which the form asks: the matter first, who petitions last (the assistant has its own order)."""
