"""Advice to units and its answers: one answer is to one advice, of which a case may have several (Art. 40)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.workflow_rows import OFFICE
from kiosk_api.domain.workflow_types import Action, CaseState, Event, Role

WHICH = "which"
"""In the data of an answer: the number of the advice that it answers, counted from 1 in its case. Answers of earlier
releases name none; they answered everything that was open."""


def open_advice(events: Sequence[Event]) -> dict[str, Event]:
    """Advice without its answer, by its number in the case, the oldest first."""
    waiting: dict[str, Event] = {}
    given = 0
    for event in events:
        if event.action is Action.ADVISE:
            given += 1
            waiting[str(given)] = event
        elif event.action is Action.ANSWER_ADVICE:
            waiting = {one: told for one, told in waiting.items() if one != event.data.get(WHICH, one)}
    return waiting


def answerable(state: CaseState, role: Role, unit: str) -> dict[str, Event]:
    """Open advice that this officer may answer, by its number: a unit answers for itself, the office for every unit."""
    waiting = open_advice(state.events)
    if role in OFFICE:
        return waiting
    return {number: given for number, given in waiting.items() if unit in ("", given.data["addressee"])}


def wrong_advice(state: CaseState, data: Mapping[str, str], role: Role, unit: str) -> list[FieldError]:
    """What is wrong with an answer: where several are open, it must say which it answers."""
    waiting, number = answerable(state, role, unit), number_in(data)
    if not waiting:
        return _wrong("现在等待反馈的建议不是向您的单位提的；那个单位反馈以后，由信访部门记下。")
    if number in waiting or (not number and len(waiting) == 1):
        return []
    return _wrong(f"请选反馈的是哪一条建议：{'、'.join(f'第{one}条' for one in waiting)}还没有反馈。")


def number_in(data: Mapping[str, str]) -> str:
    """The number of the advice as it is counted; empty where none is given."""
    return str(int(data[WHICH])) if WHICH in data else ""


def _wrong(detail: str) -> list[FieldError]:
    return [FieldError(WHICH, "invalid", detail)]
