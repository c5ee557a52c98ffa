"""Finding one's own case: by the QR token, or by number and phone tail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from kiosk_api.domain.case_number import parse as parse_case_number
from kiosk_api.domain.errors import CaseUnreadable, DomainError, FieldError
from kiosk_api.services.context import Context
from kiosk_api.services.limits import (
    CASE_MISSES,
    CASE_MISSES_A_DAY,
    SOURCE_MISSES,
    require_left,
    spend,
)
from kiosk_api.services.ports import Records
from kiosk_api.services.records import CaseRecord

_TAIL = re.compile(r"[0-9]{4}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


def find_by_token(ctx: Context, records: Records, lookup_token: str) -> CaseRecord:
    """The case of a QR token. Raises DomainError `case_not_found`."""
    if _TOKEN.fullmatch(lookup_token):
        case = records.cases.by_token(ctx.marks.mark("case.token", lookup_token))
        if case is not None:
            return case
    raise _not_found()


def identify(ctx: Context, body: Mapping[str, Any], source: str, *, both: bool = False) -> str:
    """The id of the case that `body` names; counts misses against the budgets.

    `both` asks for token and phone tail together, for steps that end or reopen a case. A wrong
    pair and an unknown case give the same error.
    """
    token, tail = _text(body, "lookup_token"), _tail(body, required=both)
    if token:
        guards = ((SOURCE_MISSES, source),)
        require_left(ctx, *guards)
        with ctx.store.read() as records:
            try:
                case = find_by_token(ctx, records, token)
            except CaseUnreadable:
                raise  # the right token; what is said is not "not found"
            except DomainError:
                case = None
        if case is not None and (tail is None or case.petition.phone.endswith(tail)):
            return case.id
        spend(ctx, *guards)
        raise _not_found()
    if both:
        raise _invalid("lookup_token", "请扫描回执上的二维码，再办理这一项。")
    typed = _text(body, "case_number")
    if not typed:
        raise _invalid("case_number", "请输入回执上的信访件编号。")
    if tail is None:
        raise _invalid("phone_tail", "请输入登记电话的后四位数字。")
    number = parse_case_number(typed)
    budgets = (
        (CASE_MISSES, number),
        (CASE_MISSES_A_DAY, number),
        (SOURCE_MISSES, source),
    )
    require_left(ctx, *budgets)
    with ctx.store.read() as records:
        found = records.cases.by_number_and_tail(number, tail_mark(ctx, number, tail))
    if found is None:
        spend(ctx, *budgets)
        raise _not_found()
    return found.id


def tail_mark(ctx: Context, case_number: str, tail: str) -> str:
    """The index entry of a (number, phone tail) pair."""
    return ctx.marks.mark("case.tail", f"{case_number}|{tail}")


def _tail(body: Mapping[str, Any], *, required: bool) -> str | None:
    text = unicodedata.normalize("NFKC", _text(body, "phone_tail") or "")
    if not text and not required:
        return None
    if not _TAIL.fullmatch(text):
        raise _invalid("phone_tail", "请输入登记电话的后四位数字，比如 1234。")
    return text


def _text(body: Mapping[str, Any], name: str) -> str | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _invalid(name, "这一项应该是文字，请重新填写。")
    return value.strip() or None


def _invalid(field: str, detail: str) -> DomainError:
    return DomainError("invalid_request", detail, (FieldError(field, "invalid", detail),))


def _not_found() -> DomainError:
    return DomainError(
        "case_not_found", "没有查到这件信访事项。请核对编号和电话后四位，或扫描回执上的二维码。"
    )
