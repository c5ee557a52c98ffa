"""The people of a unit: who has a case, to whom it can be given, who is away and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk_api.domain.assignments import HANDLERS, Absence, current, stand_in_of
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.labels_zh import ROLE_LABELS
from kiosk_api.domain.policy import ABSENCE_MOST
from kiosk_api.domain.wall import keeps_out, line_of
from kiosk_api.domain.workflow import RULE_OF, Action, Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord, Officer


@dataclass(frozen=True)
class Away:
    """An absence, both days included, and who stands in."""

    from_on: date
    to_on: date
    deputy: str


@dataclass(frozen=True)
class Colleague:
    """Somebody of the unit; `username` is what is typed at sign-in."""

    username: str
    name: str
    role_label: str
    away: list[Away]
    is_self: bool


@dataclass(frozen=True)
class PersonChoice:
    """Somebody to whom a case can be given."""

    username: str
    name: str


@dataclass(frozen=True)
class InCharge:
    """Who of its unit has a case; the name is empty while nobody has it. `stand_in` has it on their list while that
    person is away. `may_take` and `colleagues` say what this officer may do about it; `must_take`: before anything else."""

    username: str
    name: str
    since: datetime | None
    stand_in: str
    may_take: bool
    must_take: bool
    colleagues: list[PersonChoice]


def in_charge(ctx: Context, records: Records, officer: Officer, case: CaseRecord) -> InCharge | None:
    """None where no unit has the case."""
    if case.responsible_unit is None:
        return None
    lasting = current(records.people.of_case(case.id))
    holder = holder_of(records, case)
    away = records.people.absences(case.responsible_unit, today := ctx.clock.now().date(), today)
    stand_in = records.people.by_id(stand_in_of(holder.id, away) or "") if holder else None
    open_now = case.status in RULE_OF[Action.ENTRUST].from_ and not _is_outside(records, case, officer)
    gives = open_now and may_give(officer, case, holder, stand_in)
    others = records.people.of_unit(case.responsible_unit) if gives else []
    return InCharge(
        username=holder.username if holder else "",
        name=holder.display_name if holder else "",
        since=lasting.from_at if holder and lasting else None,
        stand_in=stand_in.display_name if stand_in else "",
        may_take=open_now and may_take(officer, case, holder),
        must_take=open_now and is_colleagues(officer, case, holder, stand_in.id if stand_in else None),
        colleagues=[
            PersonChoice(one.username, one.display_name)
            for one in others
            if one.id not in (officer.id, holder.id if holder else "") and not _is_outside(records, case, one)
        ],
    )


def holder_of(records: Records, case: CaseRecord) -> Officer | None:
    """Who has the case; nobody does once that person works elsewhere."""
    lasting = current(records.people.of_case(case.id))
    one = records.people.by_id(lasting.officer) if lasting else None
    return one if one and one.unit == case.responsible_unit and one.role in HANDLERS else None


def may_take(officer: Officer, case: CaseRecord, holder: Officer | None) -> bool:
    """Whoever is of its unit and has it not: taking it over is one step, recorded in the history of the case."""
    return is_own(officer, case) and (holder is None or holder.id != officer.id)


def may_give(officer: Officer, case: CaseRecord, holder: Officer | None, stand_in: Officer | None) -> bool:
    """Who has it, or stands in for them, and the leader of its unit."""
    if not is_own(officer, case):
        return False
    return officer.role is Role.UNIT_LEADER or officer.id in [one.id for one in (holder, stand_in) if one]


def is_colleagues(officer: Officer, case: CaseRecord, holder: Officer | None, stand_in: str | None) -> bool:
    """Whether a colleague has the case, so that this officer takes it over before acting: not its holder, nor who stands
    in for them, nor the leader of the unit. The office's own rule; the Regulations know the unit only."""
    if holder is None or not is_own(officer, case) or officer.role is Role.UNIT_LEADER:
        return False
    return officer.id not in (holder.id, stand_in)


def is_own(officer: Officer, case: CaseRecord) -> bool:
    """Whether the officer is one of those to whom the unit that has the case can give it."""
    return officer.role in HANDLERS and bool(officer.unit) and officer.unit == case.responsible_unit


def _is_outside(records: Records, case: CaseRecord, one: Officer) -> bool:
    return keeps_out(records.walls.of_case(case.id), one.id, line_of(one.unit, records.walls.tree()))


def people(ctx: Context, officer: Officer) -> list[Colleague]:
    """Everybody of the officer's unit, and when they are away from today on. Raises DomainError `forbidden`."""
    unit = _unit_of(officer)
    with ctx.store.read() as records:
        return _people(ctx, records, officer, unit)


def _people(ctx: Context, records: Records, officer: Officer, unit: str) -> list[Colleague]:
    known = records.people.of_unit(unit)
    names = {one.id: one.display_name for one in known}
    absences = records.people.absences(unit, ctx.clock.now().date())
    return [
        Colleague(
            username=one.username,
            name=one.display_name,
            role_label=ROLE_LABELS[one.role.value],
            away=[
                Away(each.from_on, each.to_on, names.get(each.deputy, ""))
                for each in absences
                if each.officer == one.id
            ],
            is_self=one.id == officer.id,
        )
        for one in known
    ]


def be_away(
    ctx: Context, officer: Officer, username: str, deputy: str, from_on: str, to_on: str
) -> list[Colleague]:  # fmt: skip
    """Record that somebody is away; their cases are on the deputy's list meanwhile. Everybody for themselves (without a
    name), the leader for everybody of the unit.

    Raises DomainError `forbidden`, or `incomplete` with every field.
    """
    unit, today = _unit_of(officer), ctx.clock.now().date()
    with ctx.store.write() as records:
        known = {one.username: one for one in records.people.of_unit(unit)}
        errors: list[FieldError] = []
        who = known.get(username.strip() or officer.username)
        if who is None:
            errors.append(FieldError("officer", "unknown_officer", "本单位没有这个用户名，请从列出的人里选。"))
        elif not _may_record(officer, who):
            raise DomainError("forbidden", "只能登记自己不在的日子；替别人登记，请本单位负责人办。")
        other = known.get(deputy.strip())
        if other is None or other is who:
            errors.append(FieldError("deputy", "unknown_officer", "请从本单位的其他同事里选一位代办人。"))
        first, last = _day(from_on), _day(to_on)
        if first is None or first < today:
            errors.append(FieldError("from_on", "invalid", "请填哪天开始不在，从今天起。"))
        if last is None or (first and not first <= last < first + ABSENCE_MOST):
            errors.append(
                FieldError("to_on", "invalid", f"请填哪天为止，不早于开始那天，一次最多{ABSENCE_MOST.days}天。")
            )
        if who and other and first and last and not errors:
            same_days = {one.officer for one in records.people.absences(unit, first, last)}
            if who.id in same_days:
                errors.append(FieldError("from_on", "away_already", "这几天已经登记过不在，请先改回来再登记。"))
            if other.id in same_days:
                errors.append(FieldError("deputy", "away", "这位同事那几天也不在，请另选一位。"))
            if not errors:
                records.people.add_absence(Absence(who.id, other.id, first, last), officer.id, ctx.clock.now())
        if errors:
            raise DomainError("incomplete", "还有几处需要补充，已填的内容都在。", errors)
        return _people(ctx, records, officer, unit)


def be_back(ctx: Context, officer: Officer, username: str) -> list[Colleague]:
    """Somebody is back, or does not go: their cases are on their own list only. Raises DomainError as `be_away` does."""
    unit = _unit_of(officer)
    with ctx.store.write() as records:
        known = {one.username: one for one in records.people.of_unit(unit)}
        who = known.get(username.strip() or officer.username)
        if who is None or not _may_record(officer, who):
            raise DomainError("forbidden", "只能登记自己回来了；替别人登记，请本单位负责人办。")
        if not records.people.end_absences(who.id, ctx.clock.now().date()):
            raise DomainError("not_allowed_now", "没有登记过不在，不用改。")
        return _people(ctx, records, officer, unit)


def _unit_of(officer: Officer) -> str:
    if officer.role not in HANDLERS or not officer.unit:
        raise DomainError("forbidden", "这一页给承办单位用。")
    return officer.unit


def _may_record(officer: Officer, who: Officer) -> bool:
    return officer.role is Role.UNIT_LEADER or who.id == officer.id


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
