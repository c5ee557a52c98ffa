"""Who, of those whose role may act, must not in this case: interest (Art. 28), own decisions (Art. 34-36)."""

from __future__ import annotations

from kiosk_api.domain import history
from kiosk_api.domain.workflow_types import Action, CaseState

ACTING_UNIT = "by_unit"
"""In the data of a decision: the unit of the officer who made it, where the account has one."""

ASIDE = "aside"
"""In the data of a step aside: the account that does nothing more in this case."""


def must_not(action: Action, state: CaseState, actor: str, unit: str) -> str:
    """Why this officer, of this unit, may not act; empty when they may."""
    events = state.events
    if actor and any(event.action is Action.STEP_ASIDE and event.data.get(ASIDE) == actor for event in events):
        return "您与这件事有利害关系，已经回避，请由同事办理（第二十八条）。"
    if action in (Action.EXTEND, Action.REFUSE_EXTENSION):
        asked = history.asked_extension(events)
        if asked is not None and asked.actor == actor:
            return "批准延期的负责人不能是申请人本人（第三十四条）。"
    if action in history.REVIEWS and unit and unit == state.responsible_unit:
        return "原办理单位不能复查、复核自己的意见（第三十五条、第三十六条）。"
    if action is Action.DECIDE_REVIEW and _is_not_above(state, state.responsible_unit or "", unit):
        return "复查应当由原办理单位的上一级办理（第三十五条）。"
    if action is Action.DECIDE_REEXAMINATION:
        return _second_level(state, actor, unit)
    return ""


def _is_not_above(state: CaseState, below: str, unit: str) -> bool:
    """Where the tree knows: a unit of the chain above, whichever of a department's two superiors it is."""
    return bool(unit) and below in state.superiors and unit not in state.superiors[below]


def _second_level(state: CaseState, actor: str, unit: str) -> str:
    """Re-examination is for the unit above the one that reviewed (Art. 36)."""
    review = history.last(state.events, Action.DECIDE_REVIEW)
    if review is None:
        return ""
    reviewed_by = review.data.get(ACTING_UNIT, "")
    if review.actor == actor or (unit and unit == reviewed_by):
        return "复查和复核要由上下两级分别作出，请由上一级复核机关办理（第三十六条）。"
    if _is_not_above(state, reviewed_by, unit):
        return "复核应当由复查机关的上一级办理（第三十六条）。"
    return ""
