"""The cases of somebody who stands at the window without receipt and number, so that a new receipt can be made.

Found by the whole phone number or ID number given at registration, through their marks: nothing is decrypted,
and the answer names no person. It serves this one purpose: only where an officer has checked the papers,
counted, and noted in the audit log.
"""

from __future__ import annotations

from dataclasses import replace

import structlog

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import PHONE_TYPED_MAX
from kiosk_api.domain.phones import number_of
from kiosk_api.domain.policy import OWNERS_SOUGHT
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge
from kiosk_api.services.base.records import CaseFilter, Officer
from kiosk_api.services.staff.case_lines import CaseLine, lines_of
from kiosk_api.services.staff.sight import sight_of
from kiosk_api.services.staff.staff_cases import MAY_RENEW, PAGE_SIZE


def find_owner(ctx: Context, officer: Officer, typed: str, *, identity_checked: bool) -> list[CaseLine]:
    """The latest cases registered with this phone or ID number, at most PAGE_SIZE.

    Raises DomainError `forbidden`, `invalid_request` or `too_many_tries`.
    """
    if officer.role not in MAY_RENEW:
        raise DomainError("forbidden", "补办回执由信访部门窗口办理。")
    if not identity_checked:
        detail = "请先当面核对身份证件，勾选“已核对”以后再查。"
        raise DomainError("invalid_request", detail, (FieldError("identity_checked", "required", detail),))
    filters = _wanted(ctx, typed)
    charge(ctx, OWNERS_SOUGHT, officer.id)
    structlog.get_logger("audit").info("owner_sought", reason=officer.id)
    with ctx.store.read() as records:
        sight = sight_of(records, officer)
        mine = [replace(sight, phone=one.phone, id_number=one.id_number) for one in filters]
        rows = [row for wanted in mine for row in records.cases.page(wanted, PAGE_SIZE, 0)]
        lines = {line.case_number: line for line in lines_of(records, rows)}.values()
    return sorted(lines, key=lambda line: line.registered_at, reverse=True)[:PAGE_SIZE]


def _wanted(ctx: Context, typed: str) -> list[CaseFilter]:
    """What to look for: ten figures can be a phone as well as a travel permit."""
    text = typed[:PHONE_TYPED_MAX]
    found: list[CaseFilter] = []
    if number := ctx.identity.id_number(text).value:
        found.append(CaseFilter(id_number=ctx.marks.mark("petitioner.id", number)))
    if phone := ctx.identity.phone(text):
        found.append(CaseFilter(phone=ctx.marks.mark("petitioner.phone", number_of(phone))))
    if found:
        return found
    detail = "请输入登记时留的完整电话，或者完整的身份证号（证件号码）。"
    raise DomainError("invalid_request", detail, (FieldError("owner", "invalid", detail),))
