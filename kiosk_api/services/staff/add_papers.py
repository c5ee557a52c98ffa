"""Papers that came to the office, as pictures with their case: the letter itself, or what somebody brought along.

For people without a phone this is the only way; what a phone can add needs the phone's last four digits (Art. 19).
"""

from __future__ import annotations

from hashlib import sha256

from kiosk_api.domain.attachments import bundle_token
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.workflow import Action, Role
from kiosk_api.services.attachments.bundles import Tokens, add_picture, bundle_mark, drop_bundle, open_bundle
from kiosk_api.services.attachments.later_pictures import take_into_case
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission, once
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.move_case import move
from kiosk_api.services.staff.sight import visible_case
from kiosk_api.services.staff.staff_cases import MAY_RENEW


def add_papers(ctx: Context, officer: Officer, case_number: str, bundle: str | None, sent: Submission) -> JsonObject:
    """{case_number, added}: the pictures of a bundle, now with the case; recorded as the petitioner's step.

    Raises DomainError `forbidden`, `case_not_found` or `invalid_request`, and WorkflowError when nobody reads what
    comes in any more.
    """
    _may_put(officer)
    token = bundle_token({"attachments": bundle})
    if token is None:
        raise _nothing()
    return _take(ctx, officer, case_number, token, sent)


def add_paper(ctx: Context, officer: Officer, case_number: str, data: bytes, key: str) -> None:
    """The same for one picture that a page sends; sent again with the same key, it is kept once."""
    _may_put(officer)
    source = f"officer:{officer.id}"
    token = open_bundle(ctx, source).bundle_token
    try:
        add_picture(ctx, Tokens(bundle=token), data, source)
        _take(ctx, officer, case_number, token, Submission(key, {"picture": sha256(data).hexdigest()}))
    finally:
        drop_bundle(ctx, token)  # what the case took stays


def _take(ctx: Context, officer: Officer, case_number: str, token: str, sent: Submission) -> JsonObject:
    def do(records: Records) -> JsonObject:
        case = visible_case(records, officer, case_number)
        count = len(records.attachments.in_bundle(bundle_mark(ctx, token)))
        if not count:
            raise _nothing()
        data = {"count": str(count)}
        move(ctx, records, case, Action.ADD_MATERIAL, Role.PETITIONER, data, entered_by=officer.id)
        added = take_into_case(ctx, records, token, case.id, "invalid_request")
        return {"case_number": case.case_number, "added": added}

    asked = {"officer": officer.id, "case": case_number, "body": dict(sent.body)}
    return once(ctx, "desk.papers", sent.key, asked, do)


def _may_put(officer: Officer) -> None:
    if officer.role not in MAY_RENEW:
        raise DomainError("forbidden", "交来的材料由信访部门窗口放入。")


def _nothing() -> DomainError:
    detail = "请先拍好或选好照片，再点提交。"
    return DomainError("invalid_request", detail, (FieldError("attachments", "required", detail),))
