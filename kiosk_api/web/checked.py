"""Turn validation errors of request models into the usual form: field, code, message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NoReturn, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.web.reading import place

_TEXT = "这一项应该是文字，请重新填写。"
_CHOICE = "请从列出的选项里选一个。"
_SAY: dict[str, tuple[str, str]] = {
    "missing": ("required", "缺少这一项，请补上再试。"),
    "string_type": ("not_text", _TEXT),
    "string_too_long": ("too_long", "这一项太长了，请先写要紧的。"),
    "string_too_short": ("required", "缺少这一项，请补上再试。"),
    "bool_type": ("not_yes_or_no", "这一项请选“是”或“否”。"),
    "literal_error": ("unknown_choice", _CHOICE),
    "enum": ("unknown_choice", _CHOICE),
    "extra_forbidden": ("unknown_field", "有一项内容我们不认识，请删去后再提交。"),
    "int_type": ("not_a_number", "这一项应该是整数，请重新填写。"),
    "int_parsing": ("not_a_number", "这一项应该是整数，请重新填写。"),
    "greater_than_equal": ("out_of_range", "这一项的数字太小了，请重新填写。"),
    "less_than_equal": ("out_of_range", "这一项的数字太大了，请重新填写。"),
    "too_long": ("too_many", "这一项的内容太多了，请少写几个。"),
}
_OTHER = ("invalid", "这一项的格式不对，请重新填写。")
_SUMMARY = "有几处需要您改一下，其他内容都还在。"


Model = TypeVar("Model", bound="Sent")


class Sent(BaseModel):
    """Base of request models. Types are checked strictly here; what only the domain can judge
    (whether a required text is present, how long it may be) is reported by the domain."""

    model_config = ConfigDict(strict=True, extra="ignore")
    refusal: ClassVar[str] = "invalid_request"
    sentence: ClassVar[str] = ""  # the message for every error, where one message helps more than many
    known: ClassVar[dict[str, type[Sent]]] = {}

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        other = Sent.known.setdefault(cls.__name__, cls)
        if (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
            # the published contract names models by their class: of two with one name it would hold one
            raise TypeError(f"{cls.__name__} is a model of {other.__module__} already")

    @classmethod
    def also_wrong(cls, body: Mapping[str, Any]) -> Iterable[FieldError]:
        """Further errors that the domain finds in a body with wrong types, so that all are reported at once."""
        return ()


def read_query(model: type[Model], **instead: str) -> Model:
    """The query of a page, checked like that of an API call; values of `instead` replace those given."""
    try:
        return model.model_validate(request.args.to_dict() | instead)
    except ValidationError as error:
        refuse(error)


def read_form(model: type[Model], **instead: str) -> Model:
    """The fields of a posted form, checked like a query."""
    try:
        return model.model_validate(request.form.to_dict() | instead)
    except ValidationError as error:
        refuse(error)


def read_body(model: type[Model]) -> Model:
    """The body of an unpublished call, checked like that of a published one."""
    try:
        return model.model_validate(request.get_json())
    except ValidationError as error:
        refuse(error)


def refuse(error: ValidationError) -> NoReturn:
    """Raise the DomainError for the errors of a model."""
    model = Sent.known.get(error.title, Sent)
    found: list[FieldError] = []
    if request.mimetype and request.is_json:
        found += model.also_wrong(request.get_json())
    said = {one.field for one in found}
    faults = (_field_error(one, model.sentence) for one in error.errors())
    found += [one for one in faults if one.field not in said]
    detail = model.sentence or (found[0].detail if len(found) == 1 else _SUMMARY)
    raise DomainError(model.refusal, detail, tuple(found))


def _field_error(one: Any, sentence: str) -> FieldError:
    code, detail = _SAY.get(one["type"], _OTHER)
    # An unknown key is the sender's own text: only its place is reported, not the key.
    parts = one["loc"][:-1] if one["type"] == "extra_forbidden" else one["loc"]
    return FieldError(place(parts[:1] if sentence else parts), code, sentence or detail)
