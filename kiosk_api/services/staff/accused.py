"""Whom a case accuses, for the officers who record it (Art. 30): who is named, and whom the words may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk_api.domain.wall import ACCOUNT, certain_unit, likely_units, named, stands
from kiosk_api.domain.workflow import RULE_OF, Action, Role
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord, Officer

PROPOSED_MOST = 5


@dataclass(frozen=True)
class AccusedLine:
    """Somebody who is named; `officer` is the name typed at sign-in, empty when it is the unit itself."""

    unit: str
    unit_name: str
    officer: str
    by_petitioner: bool
    at: datetime


@dataclass(frozen=True)
class UnitProposed:
    """A unit that the petitioner's words may mean."""

    id: str
    name: str


@dataclass(frozen=True)
class AccusedShown:
    """`is_kept_out`: whether those named see nothing of the case now."""

    is_kept_out: bool
    named: list[AccusedLine]
    proposed: list[UnitProposed]


def accused_shown(records: Records, officer: Officer, case: CaseRecord) -> AccusedShown | None:
    """None for officers who do not record it, and while there is nothing to record."""
    if officer.role not in RULE_OF[Action.NAME_ACCUSED].roles:
        return None
    units = {unit.id: unit for unit in records.units.all()}
    known = named(case.events, certain_unit(case.petition.about_unit, units.values()))
    kept_out = stands(case.kind, doubtful=case.doubtful, confidential=case.confidential)
    if not kept_out and not known:
        return None
    names = {event.data.get(ACCOUNT, ""): event.data.get("officer", "") for event in case.events}
    likely = [] if known else likely_units(case.petition.about_unit, units.values(), PROPOSED_MOST)
    return AccusedShown(
        is_kept_out=kept_out,
        named=[
            AccusedLine(
                unit=one.unit,
                unit_name=units[one.unit].name if one.unit in units else one.unit,
                officer=names.get(one.officer, ""),
                by_petitioner=one.set_by == Role.PETITIONER.value,
                at=one.at,
            )
            for one in known
        ],
        proposed=[UnitProposed(one, units[one].name) for one in likely],
    )
