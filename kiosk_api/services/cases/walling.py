"""Raise the wall around a case, and take the case back from whoever must not have it (Art. 22, 28, 30, 46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.wall import (
    ABOUT,
    ACCOUNT,
    Wall,
    certain_unit,
    is_no_addressee,
    line_of,
    must_recall,
    named,
    organ_for,
    stands,
    wall_of,
)
from kiosk_api.domain.workflow import Action, Event, WorkflowError, check
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.cases.case_view import state_of

ADDRESSED = {
    Action.FORWARD: "unit", Action.ASSIGN: "unit", Action.TRANSFER: "unit", Action.DECIDE_COMPETENCE: "unit",
    Action.DECIDE_REVIEW: "unit", Action.DECIDE_REEXAMINATION: "unit", Action.ADVISE: "addressee",
}  # fmt: skip
"""Steps that give a case, or something of it, to a unit, and the field that names the unit."""
WITH_A_PERSON = frozenset({Action.NAME_ACCUSED, Action.CLEAR_ACCUSED, Action.ENTRUST})
_MAY_RAISE = frozenset({Action.CORRECT_ROUTE, Action.DECIDE_ACCUSATION, Action.NAME_ACCUSED})
_RECALLED = "这件事是检举控告，或者涉及该单位，收回另行转送（第三十条、第四十六条）。"
NO_ADDRESSEE = "不能把这件事交给被检举的单位或人，也不能交给它的下级或承接单位（第三十条、第四十六条），请另选单位。"


def wall_around(records: Records, case: CaseRecord) -> Wall:
    """The wall of a case as it follows from its events."""
    standing = stands(case.kind, doubtful=case.doubtful, confidential=case.confidential)
    about = case.petition.about_unit
    unsaid = standing and about and not (case.events and ABOUT in case.events[0].data)
    return wall_of(
        case.events,
        stands=standing,
        about=certain_unit(about, records.units.all()) if unsaid else None,
    )


def naming_whom(records: Records, petition: Petition, registering: Event) -> Event:
    """The registration with the unit that the petition is about, where its words leave no doubt which one that is.

    Kept for every kind: once an officer sees that it is an accusation, the wall stands at once.
    """
    unit = certain_unit(petition.about_unit, records.units.all()) if petition.about_unit else None
    return replace(registering, data={**registering.data, ABOUT: unit}) if unit else registering


def problems_of_wall(records: Records, case: CaseRecord, action: Action, data: Mapping[str, str]) -> list[FieldError]:
    """What the wall has against the unit or the person that a step names."""
    found = []
    name = ADDRESSED.get(action)
    if name and data.get(name):
        made = records.walls.of_case(case.id)
        if is_no_addressee(made, line_of(data[name], records.walls.tree())):
            found.append(FieldError(name, "accused_unit", NO_ADDRESSEE))
    who = data.get("officer", "").strip()
    if action in WITH_A_PERSON and who and records.officer_by_name(who) is None:
        found.append(FieldError("officer", "unknown_officer", "没有这个登录名，请核对；没有账号的，这一栏不用填。"))
    if action is Action.CLEAR_ACCUSED and not found and not _is_named(records, case, data):
        detail = "没有这样记过，请照“被检举的单位或人”里列出的填。"
        found.append(FieldError("unit", "not_named", detail))
    return found


def with_account(records: Records, event: Event) -> Event:
    """The event with the account of the person whose name is in it."""
    account = _account(records, event.action, event.data)
    return replace(event, data={**event.data, ACCOUNT: account}) if account else event


def _account(records: Records, action: Action, data: Mapping[str, str]) -> str:
    known = records.officer_by_name(data.get("officer", "").strip()) if action in WITH_A_PERSON else None
    return known[0].id if known else ""


def _is_named(records: Records, case: CaseRecord, data: Mapping[str, str]) -> bool:
    wanted = data.get("unit", "").strip(), _account(records, Action.CLEAR_ACCUSED, data)
    known = named(case.events, certain_unit(case.petition.about_unit, records.units.all()))
    return any((one.unit, one.officer) == wanted for one in known)


def taken_back(
    ctx: Context, records: Records, case: CaseRecord, before: Accusation, last: Event, calendar: WorkCalendar
) -> list[Event]:
    """The events by which a case leaves a unit that must not have it any more, and the note of who is to be told.

    `before` is what was known of it before `last`, the step that has just been taken.
    """
    if last.action not in _MAY_RAISE:
        return []
    made, tree = wall_around(records, case), records.walls.tree()
    if not must_recall(before, case.accusation, made, case.responsible_unit, tree):
        return []
    now, holder = ctx.clock.now(), case.responsible_unit
    try:
        recall, _ = check(state_of(case), Action.RECALL, last.role, {"reason": _RECALLED}, now, calendar, last.actor)
    except WorkflowError:  # a written result stays; whoever is accused sees the case no more in any event
        return []
    organ = organ_for(made, tree)
    records.send("accusation_recalled", case.id, {"from": holder, "tell": organ})
    told = f"“{records.units.name_of(organ)}”的工作台上会有告知" if organ else "请告知上一级纪检监察机关"
    text = f"已从“{records.units.name_of(holder)}”收回，该单位不能再看。{told}，请按规定转送（第二十二条、第三十条）。"
    return [recall, Event(Action.NOTE, now, last.role, {"text": text}, last.actor)]
