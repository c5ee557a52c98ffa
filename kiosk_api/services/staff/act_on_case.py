"""An officer carries out an action of the workflow table."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import RULE_OF, Action
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.move_case import move
from kiosk_api.services.staff.earlier_cases import check_repeat
from kiosk_api.services.staff.staff_cases import StaffView, staff_view, visible_case


def act(ctx: Context, officer: Officer, case_number: str, action: str, data: Mapping[str, str]) -> StaffView:
    """Do it and return the case as it is afterwards.

    Raises WorkflowError with a field list when the table does not allow it, DomainError
    `case_not_found` when this officer may not see the case.
    """
    try:
        wanted = Action(action)
    except ValueError:
        raise DomainError("unknown_action", "没有这个操作，请回到首页，重新查进度。") from None
    if RULE_OF[wanted].own_way:
        raise DomainError("unknown_action", "这一步有自己的页面，不能这样办。")
    with ctx.store.write() as records:
        case = visible_case(records, officer, case_number)
        check_repeat(ctx, records, officer, case, wanted, data)
        move(ctx, records, case, wanted, officer.role, dict(data), officer.id, officer.unit or "")
        return staff_view(ctx, records, officer, case)
