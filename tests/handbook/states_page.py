"""Writes handbook/developers/states.md from the workflow table.

`python -m tests.handbook.states_page` writes the page; a test checks that it is current.
"""

from __future__ import annotations

from pathlib import Path

from kiosk_api.domain.labels_zh import ROLE_LABELS, STATUS_LABELS
from kiosk_api.domain.policy import OFFICE_PERIODS
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.workflow import TABLE, Status
from kiosk_api.domain.workflow_types import Rule

PAGE = Path(__file__).resolve().parents[2] / "handbook" / "developers" / "states.md"
_HEAD = """# States and actions

Written from `kiosk_api/domain/workflow_table.py` by `python -m tests.handbook.states_page`; a test
fails when page and table differ. Articles are those of 《信访工作条例》 (2022); "–" is the office's
own step.

## States

| status | Chinese | actions that leave it | actions that keep it |
|---|---|---|---|
"""
_ACTIONS = """
## Actions

| action | Chinese | from | to | who | article | must state | clocks |
|---|---|---|---|---|---|---|---|
"""
_CLOCKS = """
## Clocks

The day of the event is not counted. `report` has the date that the assignment sets.
A clock that an action "starts" is started where the data or the history say so. `conclude` starts only for route six of Article 31, and anew for the unit after an annulment. `ask_review` and
`ask_reexamination` start when the written opinion is received. Unused rights (`objection`, `ask_review`,
`ask_reexamination`) lapse; nobody is late.

| clock | length | article |
|---|---|---|
"""


def _names(values: object) -> str:
    found = sorted(str(value) for value in values)  # type: ignore[attr-defined]
    return ", ".join(found) if found else "–"


def _from(rule: Rule) -> str:
    missing = set(Status) - rule.from_
    if not missing:
        return "every state"
    if rule.from_ and len(missing) < 5:
        return f"every state but {_names(missing)}"
    return _names(rule.from_)


def _clocks(rule: Rule) -> str:
    parts = (("starts", rule.starts), ("stops", rule.stops), ("cancels", rule.cancels))
    return "; ".join(f"{verb} {_names(keys)}" for verb, keys in parts if keys) or "–"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |\n"


def render() -> str:
    """The page."""
    text = _HEAD
    for status in Status:
        leaves = [r.action for r in TABLE if status in r.from_ and {r.to, *r.may_to} - {None, status}]
        keeps = [r.action for r in TABLE if status in r.from_ and r.to in (None, status)]
        text += _row(f"`{status}`", STATUS_LABELS[status], _names(leaves), _names(keeps))
    text += _ACTIONS
    for rule in TABLE:
        fields = [field.name if field.required else f"({field.name})" for field in rule.fields]
        who = "、".join(ROLE_LABELS[role] for role in sorted(rule.roles))
        text += _row(
            f"`{rule.action}`", rule.label, _from(rule), " or ".join((rule.to or "same", *rule.may_to)), who,
            rule.article or "–", ", ".join(fields) or "–", _clocks(rule),
        )  # fmt: skip
    text += _CLOCKS
    for period in PERIODS.values():
        unit = period.unit.replace("_", " ")
        text += _row(f"`{period.key}`", f"{period.amount} {unit}", period.article)
    for own in OFFICE_PERIODS.values():
        text += _row(
            f"`{own.key}`", f"{own.days} days, or the date that is named" if own.days else "the date that is named", "–"
        )
    return text


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
