"""Every reading of a case by an officer is recorded before it is shown; what cannot be recorded is not shown.

Officers of the roles that the office has chosen say first why they read a case: once per case, for as long as a sign-in
lasts.
"""

from __future__ import annotations

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import READING_REASON_MAX
from kiosk_api.domain.policy import READING_REASON_HOLDS
from kiosk_api.domain.typed import clean, one_line, says_something
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.sight import visible_case

NEEDED = "reading_reason_needed"


def note_reading(ctx: Context, officer: Officer, case_id: str, action: str) -> None:
    """Record that this officer reads a case now. Raises StoreBusy, or DomainError `reading_reason_needed`."""
    with ctx.store.write() as records:
        reason_id = require_reason(ctx, records, officer, case_id)
        records.accounts.note_reading(officer.id, case_id, action, reason_id, ctx.clock.now())


def require_reason(ctx: Context, records: Records, officer: Officer, case_id: str) -> str | None:
    """The id of the reason in force; None where none is asked for. Raises DomainError `reading_reason_needed`."""
    if officer.role not in ctx.reading_reasons:
        return None
    found = records.accounts.reason_given(officer.id, case_id, ctx.clock.now() - READING_REASON_HOLDS)
    if found is None:
        raise _needed("看这件信访，请先写一句为什么要看，再打开。")
    return found


def give_reason(ctx: Context, officer: Officer, case_number: str, reason: str) -> None:
    """Why this officer reads a case; kept where the office asks and none is in force.

    Raises DomainError `case_not_found` as for a case that does not exist, and `reading_reason_needed` where nothing is
    said.
    """
    if officer.role not in ctx.reading_reasons:
        return
    now, said = ctx.clock.now(), one_line(clean(reason))
    with ctx.store.write() as records:
        case = visible_case(records, officer, case_number)
        if not says_something(said):
            raise _needed("请写一句为什么要看这件信访，比如“接到电话，核对进度”。")
        if len(said) > READING_REASON_MAX:
            raise _needed(f"理由请写短一点，最多{READING_REASON_MAX}个字。")
        if records.accounts.reason_given(officer.id, case.id, now - READING_REASON_HOLDS) is None:
            records.accounts.give_reason(officer.id, case.id, said, now)


def _needed(detail: str) -> DomainError:
    return DomainError(NEEDED, detail, (FieldError("reason", "required", detail),))
