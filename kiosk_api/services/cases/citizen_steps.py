"""What a citizen can do with a registered case: look, urge, rate, ask for review, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import COMMENT_MAX
from kiosk_api.domain.workflow import Action, Role, Status
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import once
from kiosk_api.services.base.ports import Records
from kiosk_api.services.cases.case_view import citizen_view
from kiosk_api.services.cases.find_case import identify
from kiosk_api.services.cases.move_case import move


def look_up(ctx: Context, body: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Where one's case stands."""
    case_id = identify(ctx, body, source)
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
        assert case is not None  # cases are never deleted
        return citizen_view(ctx, records, case)


def urge(ctx: Context, body: Mapping[str, Any], key: str | None, source: str) -> dict[str, Any]:
    """催办: ask the office to hurry."""
    case_id = identify(ctx, body, source)
    return _step(ctx, case_id, Action.URGE, _optional(body, "comment"), body, key)


def rate(ctx: Context, body: Mapping[str, Any], key: str | None, source: str) -> dict[str, Any]:
    """Rate the petition office and the responsible unit separately (Art. 21)."""
    case_id = identify(ctx, body, source)
    data = _optional(body, "comment")
    for name in ("petition_office", "responsible_unit"):
        value = body.get(name)
        if value is not None and not isinstance(value, str):
            detail = "请在“满意、基本满意、不满意”里选一个。"
            raise DomainError("invalid_request", detail, (FieldError(name, "invalid", detail),))
        if value:
            data[name] = value
    return _step(ctx, case_id, Action.RATE, data, body, key)


def ask_review(ctx: Context, body: Mapping[str, Any], key: str | None, source: str) -> dict[str, Any]:
    """Ask for the review (Art. 35) or, once that is decided, for re-examination (Art. 36)."""
    case_id = identify(ctx, body, source, both=True)
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
        assert case is not None
        reviewed = case.status is Status.REVIEWED
    action = Action.REQUEST_REEXAMINATION if reviewed else Action.REQUEST_REVIEW
    return _step(ctx, case_id, action, _optional(body, "reason"), body, key)


def withdraw(ctx: Context, body: Mapping[str, Any], key: str | None, source: str) -> dict[str, Any]:
    """Take the petition back."""
    case_id = identify(ctx, body, source, both=True)
    return _step(ctx, case_id, Action.WITHDRAW, _optional(body, "reason"), body, key)


def _step(
    ctx: Context,
    case_id: str,
    action: Action,
    data: dict[str, str],
    body: Mapping[str, Any],
    key: str | None,
) -> dict[str, Any]:
    def do(records: Records) -> dict[str, Any]:
        case = records.cases.by_id(case_id)
        assert case is not None
        move(ctx, records, case, action, Role.PETITIONER, data)
        return citizen_view(ctx, records, case)

    return once(ctx, action.value, key, {"case": case_id, "body": dict(body)}, do)


def _optional(body: Mapping[str, Any], name: str) -> dict[str, str]:
    value = body.get(name)
    if value is None or value == "":
        return {}
    if not isinstance(value, str) or len(value) > COMMENT_MAX:
        detail = f"这一项请写文字，不超过{COMMENT_MAX}个字。"
        raise DomainError("invalid_request", detail, (FieldError(name, "invalid", detail),))
    return {name: value.strip()}
