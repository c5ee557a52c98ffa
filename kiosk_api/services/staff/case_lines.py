"""Lines of the lists for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk_api.domain.accusations import Accusation, state_of_case
from kiosk_api.domain.first_words import first_words, may_be_listed
from kiosk_api.domain.labels_zh import DOMAIN_LABELS, KIND_LABELS, STATUS_LABELS
from kiosk_api.domain.registration import CHANNEL_LABELS
from kiosk_api.domain.windows import window_label
from kiosk_api.domain.workflow import Status
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRow


@dataclass(frozen=True)
class CaseLine:
    """A line of a list; nothing in it identifies the petitioner. `matter` is how the request begins, empty where a list
    may not show it; `person` is who has it in its unit."""

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
    matter: str = ""
    person: str = ""


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


def lines_of(records: Records, rows: Sequence[CaseRow], *, with_words: bool = False) -> list[CaseLine]:
    """Rows of the store as lines of a list, with units and people by their names."""
    names = records.units.names_of({row.responsible_unit for row in rows if row.responsible_unit})
    people = records.people.holders([row.id for row in rows])
    shown = [row.id for row in rows if with_words and may_be_listed(row.kind, row.doubtful, row.confidential)]
    stated = records.cases.petitions(shown)
    words = {case_id: first_words(petition) for case_id, petition in stated.items()}
    return [replace(_line(row, names), matter=words.get(row.id, ""), person=people.get(row.id, "")) for row in rows]


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
