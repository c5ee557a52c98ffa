"""Why an officer who sees a case may not act on it: another unit has it, or a colleague inside the unit does."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.domain.access import ONLY_READ, only_reads
from kiosk_api.domain.assignments import HELPS, stand_in_of
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import Action
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord, Officer
from kiosk_api.services.staff.people import holder_of, is_colleagues


@dataclass(frozen=True)
class Hand:
    """`reads`: another unit handles the case. `colleague` is the name of who has it instead of this officer, else empty."""

    reads: bool
    colleague: str = ""

    def why_not(self, action: Action) -> str:
        """Why the officer may not take this step; empty when they may."""
        if self.reads:
            return ONLY_READ
        if self.colleague and action not in HELPS:
            return f"这件事由{self.colleague}承办。要由您来办，请先在“承办人”里点“由我接手”。"
        return ""


def hand_of(ctx: Context, records: Records, officer: Officer, case: CaseRecord) -> Hand:
    """How the case stands to this officer. Whoever leads its unit acts, who has it, and who stands in for them today."""
    if only_reads(officer.role, officer.unit, case.responsible_unit):
        return Hand(reads=True)
    holder, today = holder_of(records, case), ctx.clock.now().date()
    if holder is None or not is_colleagues(officer, case, holder, None):
        return Hand(reads=False)
    stand_in = stand_in_of(holder.id, records.people.absences(officer.unit or "", today, today))
    return Hand(False, holder.display_name if is_colleagues(officer, case, holder, stand_in) else "")


def require_hand(ctx: Context, records: Records, officer: Officer, case: CaseRecord, action: Action) -> None:
    """Raises DomainError `forbidden`, or `with_colleague` where the officer has to take the case over first."""
    hand = hand_of(ctx, records, officer, case)
    if reason := hand.why_not(action):
        raise DomainError("forbidden" if hand.reads else "with_colleague", reason)
