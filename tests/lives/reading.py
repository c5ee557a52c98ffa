"""Reads the lives: short scripts of what happened to a case, day by day, and what the Regulations say of it.

A life begins with `== article allowed|refused: what it shows`. Its lines:

    case kind=accusation about=unit-b      what the case is, where it is not a plain appeal
    case channel=letter received_on=@-5    staff registered it, with reach= and missing= as they wrote them
    day 3 clerk accept procedure=duty      on day 3 the clerk does this, and it is done
    refused forbidden day 3 clerk accept : words       it is refused with this code and a sentence with these words
    then status accepted                   the state of the case
    then holder unit-a                     who has it (nobody: no unit)
    then clock conclude running due 63     the newest clock of this name
    then no clock ask_review               none of this name was started
    then opens 40 citizen request_review   somebody may do this on that day, or may not:
    then shut 40 citizen urge : words

Day 0 is Monday, 2 March 2026. A value @40 is the date of day 40; `name=-` leaves out what a step usually states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk_api.domain.access import scope_of
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.case_facts import Facts, after
from kiosk_api.domain.clocks import Deadline, deadlines
from kiosk_api.domain.workflow import Action, CaseState, Event, Role, WorkflowError, allowed, check

FOLDER = Path(__file__).parent
BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CALENDAR = WorkCalendar(frozenset(), frozenset(), frozenset({2026, 2027}))


@dataclass(frozen=True)
class Person:
    """Somebody of the invented district."""

    role: Role
    unit: str = ""


PEOPLE = {
    "citizen": Person(Role.PETITIONER),
    "office": Person(Role.PETITION_OFFICE),
    "office2": Person(Role.PETITION_OFFICE),
    "lead": Person(Role.SUPERVISOR),
    "clerk": Person(Role.RESPONSIBLE_UNIT, "unit-a"),
    "clerk2": Person(Role.RESPONSIBLE_UNIT, "unit-a"),
    "leader": Person(Role.UNIT_LEADER, "unit-a"),
    "clerk-b": Person(Role.RESPONSIBLE_UNIT, "unit-b"),
    "court": Person(Role.RESPONSIBLE_UNIT, "court"),
    "reviewer": Person(Role.REVIEW_UNIT, "county"),
    "reviewer2": Person(Role.REVIEW_UNIT, "county"),
    "own-reviewer": Person(Role.REVIEW_UNIT, "unit-a"),
    "aside-reviewer": Person(Role.REVIEW_UNIT, "other-county"),
    "reexaminer": Person(Role.REVIEW_UNIT, "city"),
    "system": Person(Role.SYSTEM),
}
SUPERIORS = {
    "unit-a": ("county", "city"), "unit-b": ("county", "city"), "far-unit": ("far-city",), "county": ("city",),
    "other-county": ("city",), "city": (), "far-city": (),
}  # fmt: skip
_FOUR = {"request": "停工", "facts_and_reasons": "夜里施工属实", "finding": "已经责令停工", "legal_basis": "噪声法"}
USUAL: dict[str, dict[str, str]] = {
    "transfer": {"reason": "应当依法定程序处理"},
    "object": {"reason": "不是本单位的职责"},
    "reject_objection": {"reason": "属于该单位的职责"},
    "decline": {"reason": "不是本单位的职责", "where_to_go": "区法院"},
    "recall": {"reason": "转错了"},
    "request_extension": {"reason": "要等检测结果"},
    "refuse_extension": {"reason": "可以按期办完"},
    "conclude": {"outcome": "explained", **_FOUR},
    "mediate": {"summary": "谈了一次"},
    "settle": {"agreement": "晚上不施工"},
    "decide_review": {"opinion": "查过案卷"},
    "decide_reexamination": {"opinion": "查过案卷"},
    "supervise": {"advice": "请马上办"},
    "report_outcome": {"result": "已经立案执行"},
    "give_word": {"word": "还在办"},
    "rate": {"petition_office": "satisfied"},
    "report_urgent": {"summary": "已经派人到场"},
    "step_aside": {"interest": "是信访人的亲属"},
    "decide_competence": {"decider": "区政府", "reason": "按职责分工"},
    "guide": {"organ": "区法院", "reason": "判决执行由法院管", "bring": "判决书"},
    "decline_repeat": {"same_as": "XF-1", "reason": "同一件事", "where_to_go": "凭原回执查"},
    "report_execution": {"how": "看过现场"},
    "closing_report": {"report": "已经办完"},
    "answer_supervision": {"feedback": "已经改正"},
    "advise": {"advice": "请改进", "addressee": "unit-a"},
    "answer_advice": {"feedback": "已经研究"},
    "clear_accused": {"reason": "记错了"},
    "notify_organisation": {"summary": "反映一名干部"},
    "report_for_decision": {"proposal": "请主要负责同志决定"},
    "answer_suggestion": {"reason": "研究过了"},
}


@dataclass
class Life:
    """One script and the case that it tells of."""

    article: str
    allowed: bool
    title: str
    place: str
    lines: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.place} {self.article} {self.title}"


def lives() -> list[Life]:
    """Every life of the folder."""
    found: list[Life] = []
    for path in sorted(FOLDER.glob("*.life")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("== "):
                head, _, title = line[3:].partition(": ")
                article, word = head.split()
                assert word in ("allowed", "refused"), line
                found.append(Life(article, word == "allowed", title, f"{path.stem}:{number}"))
            elif line.strip() and not line.startswith("#"):
                found[-1].lines.append(line.strip())
    return found


class Case:
    """A case in a life."""

    def __init__(self) -> None:
        self.facts = Facts("appeal", "environment", "petition_office", False, False, False, False)
        self.about = self.channel = ""
        self.events: list[Event] = [Event(Action.REGISTER, BEGINS, Role.PETITIONER)]

    def state(self) -> CaseState:
        facts = self.facts
        return CaseState(
            status=facts.status, kind=facts.kind, responsible_unit=facts.responsible_unit,
            events=tuple(self.events), about_unit=self.about or None, confidential=facts.confidential,
            doubtful=facts.doubtful, channel=self.channel, superiors=SUPERIORS,
        )  # fmt: skip

    def describe(self, **facts: object) -> None:
        """What the case is from the beginning."""
        self.facts = replace(self.facts, **facts)  # type: ignore[arg-type]

    def sees(self, person: Person) -> bool:
        facts = self.facts
        if person.role in (Role.PETITIONER, Role.SYSTEM):
            return True
        scope = scope_of(person.role, person.unit or None, {})
        return scope.holds(unit=facts.responsible_unit, status=facts.status, kind=facts.kind, doubtful=facts.doubtful)

    def try_(self, day: int, who: str, action: str, data: Mapping[str, str]) -> str:
        """The code and sentence of the refusal, also of a case that is not theirs to see; empty when it was done."""
        return self.do(day, who, action, data) if self.sees(PEOPLE[who]) else "case_not_found"

    def do(self, day: int, who: str, action: str, data: Mapping[str, str]) -> str:
        """The same by somebody who sees the case."""
        person = PEOPLE[who]
        try:
            event, status = check(
                self.state(),
                Action(action),
                person.role,
                data,
                at(day),
                CALENDAR,
                who,
                person.unit,
                data.get("officer", ""),
            )
        except WorkflowError as refused:
            return " ".join((refused.code, refused.detail, *(f"{one.field} {one.detail}" for one in refused.errors)))
        self.facts = after(self.facts, event, self.events)
        assert self.facts.status is status
        self.events.append(event)
        return ""

    def clock(self, key: str, day: int) -> Deadline | None:
        found = [one for one in deadlines(self.events, CALENDAR, at(day)) if one.key == key]
        return found[-1] if found else None


def live(life: Life) -> None:
    """Run a life; an assertion names the line that does not hold."""
    for _ in told_by(life):
        pass


def told_by(life: Life) -> Iterator[tuple[Case, int]]:
    """Run a life: the case as it stands after each line, and the day."""
    case, day = Case(), 0
    yield case, day
    for line in life.lines:
        said, _, words = line.partition(" : ")
        verb, *rest = said.split()
        if verb == "case":
            _describe(case, rest)
        elif verb == "day":
            day = int(rest[0])
            refused = case.try_(day, rest[1], rest[2], _data(rest[2], rest[3:]))
            assert not refused, f"{line}: {refused}"
        elif verb == "refused":
            code, _, on, who, action, *data = rest
            before = len(case.events)
            refused = case.try_(int(on), who, action, _data(action, data))
            assert refused.split(" ")[0] == code, f"{line}: {refused or 'was done'}"
            assert words in refused, f"{line}: {refused}"
            assert len(case.events) == before
        else:
            assert verb == "then", line
            _then(case, day, rest, words, line)
        yield case, day


def _then(case: Case, day: int, rest: list[str], words: str, line: str) -> None:
    match rest:
        case ["status", status]:
            assert case.facts.status == status, f"{line}: {case.facts.status}"
        case ["holder", unit]:
            assert (case.facts.responsible_unit or "nobody") == unit, f"{line}: {case.facts.responsible_unit}"
        case ["no", "clock", key]:
            assert case.clock(key, day) is None, line
        case ["clock", key, state, "due", due]:
            clock = case.clock(key, day)
            assert clock, line
            assert (clock.state, (clock.due_on - BEGINS.date()).days) == (state, int(due)), f"{line}: {clock}"
        case ["clock", key, state, "on", on]:
            clock = case.clock(key, int(on))
            assert clock and clock.state == state, f"{line}: {clock}"
        case ["opens" | "shut" as wanted, on, who, action]:
            person = PEOPLE[who]
            offers = allowed(case.state(), person.role, at(int(on)), CALENDAR, who, person.unit)
            offer = next(one for one in offers if one.rule.action == action)
            assert offer.allowed == (wanted == "opens"), f"{line}: {offer.reason}"
            assert words in offer.reason, f"{line}: {offer.reason}"
        case _:
            raise AssertionError(line)


def _describe(case: Case, words: list[str]) -> None:
    for word in words:
        name, _, value = word.partition("=")
        if name == "kind":
            case.describe(kind=value, confidential=value == "accusation")
        elif name == "doubtful":
            case.describe(doubtful=True, confidential=True)
        elif name in ("received_on", "reach", "missing"):  # staff registered it, by the case's channel
            said = {"channel": case.channel, "reach": "post", "received_on": day_of(0).isoformat()}
            said |= case.events[0].data | _data("register", [word])
            case.events[0] = Event(Action.REGISTER, BEGINS, Role.PETITION_OFFICE, said)
        else:
            assert name in ("about", "channel"), word
            setattr(case, name, value)


def _data(action: str, words: list[str]) -> dict[str, str]:
    data = dict(USUAL.get(action, {}))
    for word in words:
        name, _, value = word.partition("=")
        if value == "-":
            data.pop(name, None)
        else:
            data[name] = day_of(int(value[1:])).isoformat() if value.startswith("@") else value
    return data


def day_of(number: int) -> date:
    return BEGINS.date() + timedelta(days=number)


def at(day: int) -> datetime:
    return BEGINS + timedelta(days=day)
