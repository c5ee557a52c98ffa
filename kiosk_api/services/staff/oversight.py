"""Supervisions and advice that wait for an answer, and how advice was adopted (Art. 40, 41): for the petition office.

Counted by unit and kind of advice; nobody is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.oversight import Adoption, Waiting
from kiosk_api.domain.workflow import RULE_OF, Action
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.sight import sight_of

MOST_LISTED = 200


@dataclass(frozen=True)
class WaitingShown:
    """A supervision or advice without its answer; `overdue` when the day asked for has passed."""

    case_number: str
    unit: str | None
    what: str
    due_on: date | None
    overdue: bool


@dataclass(frozen=True)
class AdoptionShown:
    """What became of the advice of one kind to one unit; `waiting` has no answer yet."""

    unit: str
    kind: str
    adopted: int
    partly: int
    not_adopted: int
    waiting: int


@dataclass(frozen=True)
class OversightShown:
    """At most MOST_LISTED of each list, the nearest dates first; adoption is of advice given since `since`."""

    supervisions: list[WaitingShown]
    advice: list[WaitingShown]
    since: date
    adoption: list[AdoptionShown]


def oversight(ctx: Context, officer: Officer, unit: str = "") -> OversightShown:
    """What waits, of one unit or of all, and this year's adoption. Raises DomainError `forbidden`."""
    if officer.role not in RULE_OF[Action.SUPERVISE].roles:
        raise DomainError("forbidden", "督办和建议的清单由信访部门查看。")
    today = ctx.clock.now().date()
    first = today.replace(month=1, day=1)
    with ctx.store.read() as records:
        within = sight_of(records, officer)
        raised = records.oversight.open_supervisions(within, unit or None, MOST_LISTED)
        given = records.oversight.waiting_advice(within, unit or None, MOST_LISTED)
        counts = [one for one in records.oversight.adoption(within, first, today) if unit in ("", one.unit)]
        asked = {one.unit for one in (*raised, *given) if one.unit}
        names = records.units.names_of(asked | {one.unit for one in counts})
    return OversightShown(
        _shown(raised, names, _labels(Action.SUPERVISE, "cause"), today),
        _shown(given, names, _labels(Action.ADVISE, "advice_kind"), today),
        first,
        _counted(counts, names),
    )


def _labels(action: Action, field: str) -> dict[str, str]:
    return next(dict(one.choices) for one in RULE_OF[action].fields if one.name == field)


def _shown(
    found: Sequence[Waiting], names: Mapping[str, str], labels: Mapping[str, str], today: date
) -> list[WaitingShown]:
    return [
        WaitingShown(
            one.case_number,
            names.get(one.unit or "", one.unit),
            labels.get(one.what, one.what),
            one.due_on,
            one.due_on is not None and one.due_on < today,
        )
        for one in found
    ]


def _counted(counts: Sequence[Adoption], names: Mapping[str, str]) -> list[AdoptionShown]:
    labels = _labels(Action.ADVISE, "advice_kind")
    found: dict[tuple[str, str], dict[str, int]] = {}
    for one in counts:
        found.setdefault((one.unit, one.kind), {})[one.adopted] = one.count
    return [
        AdoptionShown(
            names.get(unit, unit),
            labels.get(kind, kind),
            by.get("adopted", 0),
            by.get("partly", 0),
            by.get("not_adopted", 0),
            by.get("", 0),
        )
        for (unit, kind), by in found.items()
    ]
