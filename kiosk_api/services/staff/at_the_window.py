"""The petitioner's own steps, taken at the window and entered by the officer there (Art. 17, 21, 35, 36).

For people without a phone or a receipt: everything that a phone can do with a case can be done in person.
The step is recorded as the petitioner's, with the officer who entered it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.workflow import Action, Role, allowed
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.case_view import state_of
from kiosk_api.services.cases.move_case import move
from kiosk_api.services.staff.sight import visible_case
from kiosk_api.services.staff.staff_cases import MAY_RENEW, ActionShown, StaffView, staff_view

STEPS = (
    Action.URGE, Action.RATE, Action.REQUEST_REVIEW, Action.REQUEST_REEXAMINATION, Action.WITHDRAW,
)  # fmt: skip


def steps_at_the_window(ctx: Context, officer: Officer, case_number: str) -> list[ActionShown]:
    """The petitioner's steps, for an officer who may enter them; empty for any other."""
    if officer.role not in MAY_RENEW:
        return []
    with ctx.store.read() as records:
        case, calendar = visible_case(records, officer, case_number), records.calendar()
    found = allowed(state_of(case), Role.PETITIONER, ctx.clock.now(), calendar)
    return [
        ActionShown(one.rule.action, one.rule.label, one.rule.article, one.allowed, one.reason, one.rule.fields)
        for one in found
        if one.rule.action in STEPS
    ]


def take_step(
    ctx: Context, officer: Officer, case_number: str, action: str, data: Mapping[str, str], *, identity_checked: bool
) -> StaffView:
    """Record the step and return the case as it is afterwards.

    Raises DomainError `forbidden`, `unknown_action`, `case_not_found`, `invalid_request` unless the officer says
    that they have checked who it is, and WorkflowError when the petitioner may not take this step now.
    """
    if officer.role not in MAY_RENEW:
        raise DomainError("forbidden", "信访人的申请由信访部门窗口代录。")
    if action not in {one.value for one in STEPS}:
        raise DomainError("unknown_action", "没有这个操作，请回到首页，重新查进度。")
    if not identity_checked:
        detail = "请先当面核对身份证件，勾选“已核对”以后再代录。"
        raise DomainError("invalid_request", detail, (FieldError("identity_checked", "required", detail),))
    with ctx.store.write() as records:
        case = visible_case(records, officer, case_number)
        move(ctx, records, case, Action(action), Role.PETITIONER, dict(data), entered_by=officer.id)
        return staff_view(ctx, records, officer, case)
