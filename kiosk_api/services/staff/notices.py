"""What the discipline organ is told: an accusation that was in other hands, and who read it there (Art. 22, 30)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.domain.notices import Notice, ReadBy
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseFilter, Officer
from kiosk_api.services.staff.case_lines import CaseLine, lines_of
from kiosk_api.services.staff.sight import outsider, told_unit

MOST_READINGS = 20
MOST_TOLD = 100


@dataclass(frozen=True)
class NoticeShown:
    """A notice with who read the case before; names are for discipline alone."""

    notice: Notice
    read_by: list[ReadBy]


def unseen_notices(ctx: Context, officer: Officer) -> list[NoticeShown]:
    """What this officer's unit has to be told and has not marked as seen; of a unit that is no discipline organ nothing."""
    with ctx.store.read() as records:
        unit = told_unit(records, officer)
        if unit is None:
            return []
        found = records.notices.unseen(unit, outsider(records, officer))
        return [NoticeShown(one, records.notices.read_by(one, unit, MOST_READINGS)) for one in found]


def told_cases(ctx: Context, officer: Officer) -> list[CaseLine]:
    """The latest cases of which this officer's discipline organ was told, also after the notice was marked as seen."""
    with ctx.store.read() as records:
        unit = told_unit(records, officer)
        if unit is None:
            return []
        rows = records.cases.page(CaseFilter(told=unit, who=outsider(records, officer)), MOST_TOLD, 0)
        return lines_of(records, rows)


def mark_seen(ctx: Context, officer: Officer, notice_id: str) -> None:
    """Mark a notice as seen; one of another unit stays as it is."""
    with ctx.store.read() as records:
        unit = told_unit(records, officer)
    if unit is not None:
        with ctx.store.write() as records:
            records.notices.mark_seen(notice_id, unit, outsider(records, officer), ctx.clock.now())
