"""Lines of the lists for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk_api.domain.accusations import Accusation, state_of_case
from kiosk_api.domain.labels_zh import DOMAIN_LABELS, KIND_LABELS, STATUS_LABELS
from kiosk_api.domain.registration import CHANNEL_LABELS
from kiosk_api.domain.windows import window_label
from kiosk_api.domain.workflow import Status
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRow


@dataclass(frozen=True)
class CaseLine:
    """A line of a list; nothing in it identifies the petitioner."""

    case_number: str
    status: Status
    status_label: str
    window_label: str
    domain_label: str
    kind_label: str
    channel_label: str
    accusation: Accusation
    registered_at: datetime
    next_deadline: date | None
    urged: int
    emergency: bool
    responsible_unit: str | None
    unreadable: bool


@dataclass(frozen=True)
class CaseList:
    """One page of a list; `counts` says how many cases each list holds, at most COUNTED_MOST.

    `cut`: more cases follow than can be turned to.
    """

    items: list[CaseLine]
    page: int
    has_next: bool
    counts: dict[str, int]
    cut: bool = False


def lines_of(records: Records, rows: Sequence[CaseRow]) -> list[CaseLine]:
    """Rows of the store as lines of a list, with units by their names."""
    names = records.units.names_of({row.responsible_unit for row in rows if row.responsible_unit})
    return [_line(row, names) for row in rows]


def _line(row: CaseRow, names: Mapping[str, str]) -> CaseLine:
    return CaseLine(
        case_number=row.case_number,
        status=row.status,
        status_label=STATUS_LABELS[row.status.value],
        window_label=window_label(row.window),
        domain_label=DOMAIN_LABELS[row.domain],
        kind_label=KIND_LABELS[row.kind],
        channel_label=CHANNEL_LABELS[row.channel],
        accusation=state_of_case(row.kind, row.doubtful),
        registered_at=row.registered_at,
        next_deadline=row.next_due_on,
        urged=row.urged,
        emergency=row.emergency,
        responsible_unit=names.get(row.responsible_unit or "", row.responsible_unit),
        unreadable=row.unreadable,
    )
