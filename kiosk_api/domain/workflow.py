"""Check an action against the workflow table: is it allowed now, and are its fields complete?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from kiosk_api.domain import history
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.conditions import availability
from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.persons import ACTING_UNIT, ASIDE, must_not
from kiosk_api.domain.stated import filled_in, read_choices, wrong
from kiosk_api.domain.typed import clean, says_something
from kiosk_api.domain.workflow_table import RULE_OF, TABLE
from kiosk_api.domain.workflow_types import (
    Action,
    Allowed,
    CaseState,
    Event,
    Field,
    Role,
    Rule,
    Status,
    WorkflowError,
)

__all__ = [
    "RULE_OF", "TABLE", "Action", "Allowed", "CaseState", "Event", "Field", "Role", "Rule",
    "Status", "WorkflowError", "allowed", "check",
]  # fmt: skip


def check(
    state: CaseState,
    action: Action,
    role: Role,
    data: Mapping[str, str],
    at: datetime,
    calendar: WorkCalendar,
    actor: str = "",
    unit: str = "",
    other: str = "",
) -> tuple[Event, Status]:
    """The event to record and the state after it; `unit` is that of the officer who acts, `other` the
    account of another officer whom the data name.

    Raises WorkflowError: `forbidden` (not this role or person), `not_allowed_now` (state, time or
    interval), `incomplete` (with every missing or wrong field). Changes nothing.
    """
    rule = RULE_OF[action]
    if role not in rule.roles or action is Action.REGISTER:
        raise WorkflowError("forbidden", "您的岗位不能办理这一步。")
    personal = must_not(action, state, actor, unit)
    if personal:
        raise WorkflowError("forbidden", personal)
    open_now = availability(rule, state, role, at, calendar)
    if not open_now.allowed:
        raise WorkflowError("not_allowed_now", open_now.reason)
    kept, errors = _read_fields(rule, data)
    well = {name: text for name, text in kept.items() if name not in {one.field for one in errors}}
    known = {(one.field, one.code) for one in errors}
    errors += [one for one in wrong(action, state, role, well, at, unit) if (one.field, one.code) not in known]
    if errors:
        raise WorkflowError("incomplete", "还有几处需要补充，已填的内容都在。", errors)
    kept = filled_in(action, state, kept, at, role, unit)
    if unit and action in history.REVIEWS:
        kept[ACTING_UNIT] = unit
    if action is Action.STEP_ASIDE:
        kept[ASIDE] = other or actor
    event = Event(action, at, role, kept, actor)
    return event, history.status_after(event, state.status, state.events)


def allowed(
    state: CaseState, role: Role, at: datetime, calendar: WorkCalendar, actor: str = "", unit: str = ""
) -> list[Allowed]:
    """Every action of this role, with whether it is open now to this officer, and if not, why."""
    found = []
    for rule in TABLE:
        if role in rule.roles and rule.action is not Action.REGISTER:
            personal = must_not(rule.action, state, actor, unit) if actor else ""
            found.append(Allowed(rule, False, personal) if personal else availability(rule, state, role, at, calendar))
    return found


def _read_fields(rule: Rule, data: Mapping[str, str]) -> tuple[dict[str, str], list[FieldError]]:
    """Only the fields the table names are kept; every problem is reported at once."""
    kept: dict[str, str] = {}
    errors: list[FieldError] = []
    for field in rule.fields:
        value = data.get(field.name, "")
        text = clean(value).strip() if isinstance(value, str) else ""
        if not text or (field.required and not says_something(text)):
            if field.required:
                errors.append(FieldError(field.name, "required", f"请填写“{field.label}”。"))
            continue
        problem = _problem(field, text)
        if problem:
            errors.append(FieldError(field.name, "invalid", problem))
        elif field.kind == "choices":
            text = read_choices(field, text) or text
        kept[field.name] = text
    return kept, errors


def _problem(field: Field, text: str) -> str:
    if len(text) > TEXT_MAX:
        return f"“{field.label}”太长了，最多{TEXT_MAX}个字。"
    if field.kind == "choice" and text not in dict(field.choices):
        return f"“{field.label}”请从列出的选项里选。"
    if field.kind == "choices" and read_choices(field, text) is None:
        return f"“{field.label}”请从列出的选项里选。"
    if field.kind == "number" and not (text.isascii() and text.isdigit() and len(text) < 6):
        return f"“{field.label}”请填数字。"
    if field.kind == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return f"“{field.label}”请填日期，比如 2026-01-31。"
    return ""
