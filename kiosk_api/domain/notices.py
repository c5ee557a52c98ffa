"""What a unit is told of a case that it does not have, and who read the case before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FROM_ACCUSED, FROM_OTHERS = "recalled_from_accused", "recalled_from_others"
"""An accusation was taken back: from a unit that it accuses, or that answers to one; or from another unit."""


@dataclass(frozen=True)
class Notice:
    """Something a unit has to be told, and has not marked as seen."""

    id: str
    case_id: str
    case_number: str
    kind: str
    at: datetime


@dataclass(frozen=True)
class ReadBy:
    """A reading of a case by an officer of a unit, and the unit that was theirs at that moment."""

    unit_name: str
    name: str
    at: datetime
