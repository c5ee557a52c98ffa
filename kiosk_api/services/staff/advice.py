"""Which advice an officer answers: the form offers what is open, so that one answer is to one advice (Art. 40)."""

from __future__ import annotations

from kiosk_api.domain.advice import WHICH, answerable
from kiosk_api.domain.workflow import RULE_OF, Action, CaseState, Event, Field, Rule
from kiosk_api.services.base.records import Officer

_SHOWN = 20  # so many characters of an advice tell it from the others
_LABEL = "反馈哪一条建议"


def fields_for(rule: Rule, state: CaseState, officer: Officer) -> tuple[Field, ...]:
    """The fields of an action; of an answer to advice with the open ones to choose from, where there are several."""
    if rule.action is not Action.ANSWER_ADVICE:
        return rule.fields
    waiting = answerable(state, officer.role, officer.unit or "")
    others = tuple(one for one in rule.fields if one.name != WHICH)
    if len(waiting) < 2:
        return others
    choices = tuple((number, _told(number, given, state)) for number, given in waiting.items())
    return (Field(WHICH, _LABEL, "choice", choices), *others)


def _told(number: str, given: Event, state: CaseState) -> str:
    """Number, day, unit and kind, and how it begins."""
    kinds = next(dict(one.choices) for one in RULE_OF[Action.ADVISE].fields if one.name == "advice_kind")
    unit, text = given.data["addressee"], given.data["advice"]
    name = next(iter(state.names.get(unit, ())), unit)
    kind, day = kinds.get(given.data["advice_kind"], ""), given.at
    return (
        f"第{number}条（{day.month}月{day.day}日，{name}，{kind}）：{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}"
    )
