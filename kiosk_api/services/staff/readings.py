"""Who has read a case, for those who supervise the work."""

from __future__ import annotations

from kiosk_api.domain.account_records import Reading
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.sight import visible_case

MOST_READINGS = 200


def readings_of(ctx: Context, officer: Officer, case_number: str) -> list[Reading]:
    """The latest readings of a case. Raises DomainError `forbidden` or `case_not_found`."""
    if officer.role is not Role.SUPERVISOR:
        raise DomainError("forbidden", "谁看过这件信访，由信访部门负责人查看。")
    with ctx.store.read() as records:
        case = visible_case(records, officer, case_number)
        return records.accounts.readings(case.id, MOST_READINGS)
