"""What does not open goes into quarantine with a line in the log, so that it holds up nothing else."""

from __future__ import annotations

import structlog

from kiosk_api.domain.errors import CaseUnreadable, Unreadable
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Broken


def set_apart(ctx: Context, broken: Unreadable) -> None:
    """Note it once, with a line in the log for whoever watches; never its content."""
    case_id = broken.case_id if isinstance(broken, CaseUnreadable) else None
    with ctx.store.write() as records:
        first = records.quarantine(broken.reason, broken.place, case_id, ctx.clock.now())
    if first:
        _say(broken.reason, ".".join(broken.place[:2]))


def set_case_apart(ctx: Context, case_id: str, reason: str) -> None:
    """The same for a case that opens and still cannot be worked out; `reason` is an error's class."""
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
    """Try each again, after a repair: (how many open now and are free, how many do not)."""
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
    """A case is read whole: what is sealed may open and still be no petition."""
    if one.case_id is None or one.is_message:
        return True
    try:
        records.cases.by_id(one.case_id)
    except CaseUnreadable:
        return False
    return True
