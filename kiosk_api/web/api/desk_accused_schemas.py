"""Whom a case accuses, as the staff API publishes it."""

from __future__ import annotations

from pydantic import BaseModel


class AccusedLine(BaseModel):
    """Somebody who is named as accused; `officer` is empty when it is the unit itself."""

    unit: str
    unit_name: str
    officer: str
    by_petitioner: bool
    at: str


class UnitProposed(BaseModel):
    id: str
    name: str


class Accused(BaseModel):
    """Whom the case accuses, for the officers who record it; `proposed` are units that the words may mean."""

    is_kept_out: bool
    named: list[AccusedLine]
    proposed: list[UnitProposed]
