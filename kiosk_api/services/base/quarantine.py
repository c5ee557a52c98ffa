"""Put unreadable records into quarantine, with a log entry, so that they block nothing else."""

from __future__ import annotations

import structlog

from kiosk_api.domain.errors import CaseErased, CaseUnreadable, Unreadable
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Broken


def quarantine_record(ctx: Context, broken: Unreadable) -> None:
    """Quarantine an unreadable record, with one log entry; its content is never logged. What was erased is no fault."""
    if isinstance(broken, CaseErased):
        return
    case_id = broken.case_id if isinstance(broken, CaseUnreadable) else None
    with ctx.store.write() as records:
        first = records.quarantine(broken.reason, broken.place, case_id, ctx.clock.now())
    if first:
        _say(broken.reason, ".".join(broken.place[:2]))


def quarantine_case(ctx: Context, case_id: str, reason: str) -> None:
    """The same for a case that can be decrypted but not processed; `reason` is an error's class."""
    with ctx.store.write() as records:
        first = records.quarantine_case(case_id, reason, ctx.clock.now())
    if first:
        _say(reason, "case")


def _say(reason: str, place: str) -> None:
    structlog.get_logger("quarantine").error("record_unreadable", reason=reason, place=place)


def list_quarantined(ctx: Context) -> list[Broken]:
    """Everything in quarantine, the oldest first."""
    with ctx.store.read() as records:
        return records.quarantined()


def retry_quarantined(ctx: Context) -> tuple[int, int]:
    """Try each again, after a repair: (how many were released, how many are still unreadable)."""
    freed = left = 0
    for one in list_quarantined(ctx):
        with ctx.store.write() as records:
            if records.opens(one) and _case_opens(records, one):
                records.release(one)
                freed += 1
            else:
                left += 1
    return freed, left


def _case_opens(records: Records, one: Broken) -> bool:
    """Whether the whole case can be read: decrypted data may still not be a valid petition."""
    if one.case_id is None or one.is_message:
        return True
    try:
        records.cases.by_id(one.case_id)
    except CaseUnreadable:
        return False
    return True
