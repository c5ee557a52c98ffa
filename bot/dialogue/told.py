"""What was decided on a case and what comes next, in a few lines; the whole text stands on the status page."""

from __future__ import annotations

from bot.dialogue.api_answers import CaseStands, Decision
from bot.dialogue.filing import day_of
from bot.dialogue.texts_zh import TEXT, say


def told_lines(case: CaseStands) -> list[str]:
    """The decision in force, and the clock that ran out; none from an older API."""
    lines = []
    for one in case.get("decisions") or []:
        if one.get("in_force"):
            lines += [_decision(one), TEXT["decision_whole"]]
    late = case.get("overdue")
    if late:
        lines.append(say("overdue", what=late.get("label", ""), day=day_of(str(late.get("since")))))
    return lines


def _decision(one: Decision) -> str:
    outcome = f"：{one['outcome_label']}" if one.get("outcome_label") else ""
    line = say("decision", what=one.get("label", ""), day=day_of(str(one.get("at"))), outcome=outcome)
    if one.get("where_to_go"):
        line += say("decision_where", where=one["where_to_go"])
    if one.get("last_day"):
        line += say("decision_last_day", day=day_of(str(one["last_day"])))
    return line
