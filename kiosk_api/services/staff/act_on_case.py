"""An officer carries out an action of the workflow table."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.stated import HEADS
from kiosk_api.domain.workflow import RULE_OF, Action, Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.move_case import move
from kiosk_api.services.staff.earlier_cases import check_repeat
from kiosk_api.services.staff.in_hand import require_hand
from kiosk_api.services.staff.sight import visible_case
from kiosk_api.services.staff.staff_cases import StaffView, check_seen, staff_view


def act(
    ctx: Context, officer: Officer, case_number: str, action: str, data: Mapping[str, str], seen: int | None = None
) -> StaffView:
    """Do it and return the case as it is afterwards. `seen` is the number of steps on the page that was acted on.

    Raises DomainError `case_changed` when somebody in office has acted meanwhile, WorkflowError with a field list when the table does not allow it, DomainError
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
        check_seen(case, seen)
        require_hand(ctx, records, officer, case, wanted)
        other = _colleague(records, officer, data.get("officer", "").strip()) if wanted is Action.STEP_ASIDE else ""
        move(ctx, records, case, wanted, officer.role, dict(data), officer.id, officer.unit or "", other)
        check_repeat(ctx, records, officer, case, wanted, data)  # undone with all the rest where it refuses
        return staff_view(ctx, records, officer, case)


def _colleague(records: Records, officer: Officer, username: str) -> str:
    """The id of the officer whom a head names; a unit's head names people of that unit only."""
    if not username or officer.role not in HEADS:
        return ""
    found = records.officer_by_name(username)
    if found is None or (officer.role is Role.UNIT_LEADER and found[0].unit != officer.unit):
        detail = "没有这个用户名，请核对。"
        raise DomainError("incomplete", detail, [FieldError("officer", "unknown_officer", detail)])
    return found[0].id
