"""Somebody of its unit takes a case, or it is handed over to a colleague."""

from __future__ import annotations

from kiosk_api.domain.access import ONLY_READ
from kiosk_api.domain.assignments import stand_in_of
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.wall import keeps_out, line_of
from kiosk_api.domain.workflow import Action
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.move_case import move
from kiosk_api.services.staff.people import holder_of, is_own, may_give, may_take
from kiosk_api.services.staff.sight import visible_case
from kiosk_api.services.staff.staff_cases import StaffView, check_seen, staff_view


def entrust(ctx: Context, officer: Officer, case_number: str, username: str, seen: int | None = None) -> StaffView:
    """Give the case to the officer with this name at sign-in, or to oneself without one; the case afterwards.

    Raises DomainError `case_not_found`, `forbidden`, `case_changed`, `not_allowed_now`, or `incomplete` when that is
    nobody to whom it can be given. `seen` is as in act_on_case.
    """
    with ctx.store.write() as records:
        case = visible_case(records, officer, case_number)
        if not is_own(officer, case):
            raise DomainError("forbidden", ONLY_READ if case.responsible_unit else "这件事还没有转到单位。")
        check_seen(case, seen)
        holder, today = holder_of(records, case), ctx.clock.now().date()
        away = records.people.absences(officer.unit or "", today, today)
        stand_in = records.people.by_id(stand_in_of(holder.id, away) or "") if holder else None
        name = username.strip() or officer.username
        to = next((one for one in records.people.of_unit(officer.unit or "") if one.username == name), None)
        if to is None:
            raise _nobody("unknown_officer", "本单位没有这个用户名，请从列出的同事里选。")
        if holder and to.id == holder.id:
            raise DomainError("not_allowed_now", "这件事已经由这位同事承办，不用再交。")
        takes = to.id == officer.id  # any colleague takes it over, in one recorded step
        if not (may_take(officer, case, holder) if takes else may_give(officer, case, holder, stand_in)):
            raise DomainError(
                "forbidden",
                "这件事由同事承办。要交给别人，请承办人自己或者本单位负责人来办；要自己办，请点“由我接手”。",
            )
        if keeps_out(records.walls.of_case(case.id), to.id, line_of(to.unit, records.walls.tree())):
            raise _nobody("outside", "这位同事不能办这件事，请另选一位。")
        data = {"officer": to.username}
        move(ctx, records, case, Action.ENTRUST, officer.role, data, officer.id, officer.unit or "")
        return staff_view(ctx, records, officer, case)


def _nobody(code: str, detail: str) -> DomainError:
    return DomainError("incomplete", detail, [FieldError("officer", code, detail)])
