"""A new QR code for a case whose receipt was lost or photographed; the former code stops working.

Only at the desk, where an officer checks the person's papers: whatever a citizen could type at home,
somebody who knows them could type as well.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import structlog

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.workflow import Action
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.find_case import reset_tails
from kiosk_api.services.cases.move_case import move
from kiosk_api.services.cases.receipts import status_url
from kiosk_api.services.staff.sight import visible_case
from kiosk_api.services.staff.staff_cases import MAY_RENEW

TOKEN_BYTES = 24  # 192 random bits


@dataclass(frozen=True)
class NewCode:
    """The QR code that opens the case from now on."""

    case_number: str
    lookup_token: str
    url: str
    qr_svg: str


def renew_code(ctx: Context, officer: Officer, case_number: str, *, identity_checked: bool) -> NewCode:
    """The new QR code; the case records the change with the officer's name.

    Raises DomainError `forbidden`, `case_not_found` or, unless the officer says that they have
    checked who it is, `invalid_request`.
    """
    if officer.role not in MAY_RENEW:
        raise DomainError("forbidden", "换发二维码由信访部门窗口办理。")
    if not identity_checked:
        detail = "请先当面核对身份证件，勾选“已核对”以后再换发。"
        raise DomainError("invalid_request", detail, (FieldError("identity_checked", "required", detail),))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with ctx.store.write() as records:
        case = visible_case(records, officer, case_number)
        records.cases.replace_token(case.id, ctx.marks.mark("case.token", token))
        reset_tails(ctx, records, case.case_number)
        move(ctx, records, case, Action.RENEW_CODE, officer.role, {}, officer.id)
    structlog.get_logger("audit").info("code_renewed", reason=officer.id)
    url = status_url(ctx, token)
    return NewCode(case.case_number, token, url, ctx.pictures.svg(url))
