"""The same matter again: an earlier case of the same petitioner, for the officer who decides (Art. 19(3), 36(3)).

Looked for while a case is open, by the marks of its own phone and ID number, and shown one at a time, the likest first:
whether this matter is that one is the only question. No list of what somebody has filed is made or kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from kiosk_api.domain.errors import CaseUnreadable, FieldError
from kiosk_api.domain.labels_zh import STATUS_LABELS
from kiosk_api.domain.policy import EARLIER_CASES_READ, REPEAT_LIKE_FROM
from kiosk_api.domain.registration import CHANNEL_LABELS
from kiosk_api.domain.repeats import advice, ground, likeness
from kiosk_api.domain.windows import window_label
from kiosk_api.domain.workflow import RULE_OF, Action, Status, WorkflowError
from kiosk_api.domain.workflow_intake import DIFFERENT
from kiosk_api.services.base.case_marks import marks_of
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord, Officer
from kiosk_api.services.organisation.naming import with_names
from kiosk_api.services.staff.sight import sight_of


@dataclass(frozen=True)
class EarlierCase:
    """A case that this one may repeat, or does (`is_decided`). `ground` is why it need not be accepted then, "" where
    nothing allows that; `advice` is for the officer, `where_to_go` for the petitioner."""

    case_number: str
    registered_at: datetime
    status: Status
    status_label: str
    channel_label: str
    window_label: str
    responsible_unit: str | None
    is_decided: bool
    ground: str
    advice: str
    where_to_go: str


def earlier_case(ctx: Context, records: Records, officer: Officer, case: CaseRecord) -> EarlierCase | None:
    """The case that this one repeats; otherwise the likest one that nobody has ruled out; None for other officers."""
    rule = RULE_OF[Action.DECIDE_REPEAT]
    if officer.role not in rule.roles:
        return None
    if case.repeat_of:
        with suppress(CaseUnreadable):
            first = records.cases.by_number(case.repeat_of, sight_of(records, officer))
            return _shown(with_names(records, first), is_decided=True) if first else None
        return None
    if case.status not in rule.from_:
        return None
    ruled_out = {
        event.data.get("first")
        for event in case.events
        if event.action is Action.DECIDE_REPEAT and event.data.get("same") == DIFFERENT
    }
    best: tuple[float, CaseRecord] | None = None
    for other in _of_same_petitioner(ctx, records, officer, case):
        share = likeness(case.petition.narrative, other.petition.narrative)
        if share >= REPEAT_LIKE_FROM and other.case_number not in ruled_out and (best is None or share > best[0]):
            best = share, other
    return _shown(with_names(records, best[1]), is_decided=False) if best else None


def check_repeat(
    ctx: Context, records: Records, officer: Officer, case: CaseRecord, action: Action, data: Mapping[str, str]
) -> None:
    """What the table cannot know of these two steps. Raises WorkflowError `incomplete`."""
    if action is Action.DECIDE_REPEAT:
        known = {other.case_number for other in _of_same_petitioner(ctx, records, officer, case)}
        if data.get("first", "").strip() not in known:
            raise _wrong("first", "unknown_case", "没有找到同一信访人先前登记的这一件，请核对编号。")
    elif action is Action.DECLINE_REPEAT:
        if not case.repeat_of or data.get("same_as", "").strip() != case.repeat_of:
            raise _wrong("same_as", "not_decided", "请先核对先前那件，点“是同一件事”，再作这一步。")
        first = records.cases.by_number(case.repeat_of, sight_of(records, officer))
        if first is None or ground(first.status, first.events) != data.get("cause", "").strip():
            said = advice(first.status, first.events) if first else "先前那件现在查不到。"
            raise _wrong("cause", "no_ground", said)


def _of_same_petitioner(ctx: Context, records: Records, officer: Officer, case: CaseRecord) -> list[CaseRecord]:
    """The latest cases registered before with the same phone or ID number that this officer may see."""
    marks = marks_of(ctx, case.case_number, case.petition)
    sight, found = sight_of(records, officer), []
    for case_id in records.cases.earlier_of(case.id, case.registered_at, marks, EARLIER_CASES_READ, sight):
        with suppress(CaseUnreadable):
            other = records.cases.by_id(case_id)
            if other and other.repeat_of != case.case_number:
                found.append(other)
    return found


def _shown(first: CaseRecord, *, is_decided: bool) -> EarlierCase:
    on = first.registered_at
    label = STATUS_LABELS[first.status.value]
    return EarlierCase(
        case_number=first.case_number,
        registered_at=on,
        status=first.status,
        status_label=label,
        channel_label=CHANNEL_LABELS[first.channel],
        window_label=window_label(first.window),
        responsible_unit=first.responsible_unit,
        is_decided=is_decided,
        ground=ground(first.status, first.events),
        advice=advice(first.status, first.events),
        where_to_go=(
            f"您{on.year}年{on.month}月{on.day}日登记的那件，现在是“{label}”，请用那一件的回执查进度；"
            "回执丢了，带身份证到窗口补办。"
        ),
    )


def _wrong(field: str, code: str, detail: str) -> WorkflowError:
    return WorkflowError("incomplete", detail, (FieldError(field, code, detail),))
