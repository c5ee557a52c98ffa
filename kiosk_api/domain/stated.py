"""What must be stated for an action beyond the columns of its row: checks of the data against the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from kiosk_api.domain import history, policy
from kiosk_api.domain.advice import WHICH, answerable, number_in, wrong_advice
from kiosk_api.domain.clocks import REPORTS_APART
from kiosk_api.domain.conditions import deliverable
from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.units import plain, same_unit
from kiosk_api.domain.workflow_around import URGENT_BY_UNITS, URGENT_TO
from kiosk_api.domain.workflow_intake import JOINT_CONFERENCE
from kiosk_api.domain.workflow_review import DOCUMENTS, ONLINE
from kiosk_api.domain.workflow_rows import CHANGED, INVESTIGATION, OFFICE, RETURNED
from kiosk_api.domain.workflow_types import Action, CaseState, Field, Role, Status

Data = Mapping[str, str]
Errors = list[FieldError]
HEADS = frozenset({Role.SUPERVISOR, Role.UNIT_LEADER})
_UNIT_IN = {
    Action.FORWARD: "unit", Action.ASSIGN: "unit", Action.TRANSFER: "unit", Action.DECIDE_COMPETENCE: "unit",
    Action.DECIDE_REVIEW: "unit", Action.DECIDE_REEXAMINATION: "unit", Action.ADVISE: "addressee",
}  # fmt: skip
_PERIOD_OF = {"hear_by": "next_word", "own_limit": "own_limit", "execute_by": "execution"}
_ANSWER_BY = {Action.SUPERVISE: "supervision", Action.ADVISE: "advice"}


def wrong(action: Action, state: CaseState, role: Role, data: Data, at: datetime, unit: str = "") -> Errors:
    """Everything that is wrong or missing, by field; `data` holds the fields that were filled in well, `unit` is that of
    the officer."""
    if action is Action.ANSWER_ADVICE:
        return wrong_advice(state, data, role, unit)
    errors = _accused(action, state, data)
    errors += _dates(action, data, at)
    check = _CHECKS.get(action)
    return errors + (check(state, role, data, at) if check else [])


def filled_in(
    action: Action, state: CaseState, data: dict[str, str], at: datetime, role: Role = Role.SYSTEM, unit: str = ""
) -> dict[str, str]:
    """The data with the dates that the office sets where none was named: a later policy moves no recorded date."""

    def add(name: str, key: str) -> None:
        data.setdefault(name, (at.date() + timedelta(days=policy.OFFICE_PERIODS[key].days)).isoformat())

    match action:
        case Action.REPORT_FOR_DECISION | Action.TRANSFER | Action.GIVE_WORD:
            add("hear_by", "next_word")
        case Action.FORWARD | Action.DECIDE_COMPETENCE if state.kind == "accusation" and not state.doubtful:
            data["kind"] = state.kind  # Art. 23: what is told of an accusation follows its own rules
            add("hear_by", "next_word")
        case Action.ACCEPT if data.get("procedure") != INVESTIGATION and "own_limit" not in data:
            add("hear_by", "next_word")
        case Action.SETTLE:
            add("execute_by", "execution")
        case Action.CONCLUDE | Action.DECIDE_REVIEW | Action.DECIDE_REEXAMINATION:
            if "supported" in (data.get("outcome"), data.get("new_outcome")):
                add("execute_by", "execution")
            else:
                data.pop("execute_by", None)  # nothing is to be carried out
        case Action.ASSIGN:
            data[REPORTS_APART] = "yes"
        case Action.SUPERVISE | Action.ADVISE:
            add("answer_by", _ANSWER_BY[action])
        case Action.ANSWER_ADVICE:
            data[WHICH] = number_in(data) or next(iter(answerable(state, role, unit)))
        case Action.EXTEND:
            asked = history.asked_extension(state.events)
            assert asked is not None  # conditions.py asks for a request
            for name in ("days", "reason"):
                data.setdefault(name, asked.data[name])
    return data


def _missing(data: Data, named: Mapping[str, str]) -> Errors:
    return [FieldError(name, "required", f"请填写“{label}”。") for name, label in named.items() if name not in data]


def _invalid(name: str, detail: str) -> Errors:
    return [FieldError(name, "invalid", detail)]


def _accused(action: Action, state: CaseState, data: Data) -> Errors:
    name = _UNIT_IN.get(action)
    if name is None or name not in data:
        return []
    accused = state.accused_unit
    known = (data[name], *state.names.get(data[name], ()))
    if accused and any(same_unit(accused, one) for one in known):
        detail = "不能把检举控告交给被检举的单位或人（第三十条、第四十六条），请另选单位。"
        return [FieldError(name, "accused_unit", detail)]
    return []


def _dates(action: Action, data: Data, at: datetime) -> Errors:
    """Dates that the office sets lie after today and within its own bounds."""
    errors: Errors = []
    named = {**_PERIOD_OF, **({"answer_by": _ANSWER_BY[action]} if action in _ANSWER_BY else {})}
    for name, key in named.items():
        if name not in data:
            continue
        period, day = policy.OFFICE_PERIODS[key], date.fromisoformat(data[name])
        if not at.date() < day <= at.date() + timedelta(days=period.most):
            errors += _invalid(name, f"日期应当在今天以后、{period.most}日以内。")
    return errors


def _assign(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    if "report_by" not in data:
        return []
    day, most = date.fromisoformat(data["report_by"]), PERIODS["notice"].amount + PERIODS["conclude"].amount
    if day <= at.date():
        return _invalid("report_by", "报告日期应当在今天以后。")
    if day > at.date() + timedelta(days=most):
        return _invalid("report_by", f"报告日期不能晚于办结期限，最晚在{most}日以内（第二十三条、第三十四条）。")
    return []


def _accept(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    if state.kind == "suggestion":
        if "procedure" in data:
            return _invalid("procedure", "建议意见不选第三十一条的办理方式（第二十九条）。")
        return []
    if "procedure" not in data:
        return _missing(data, {"procedure": "按第三十一条哪一项办理"})
    return [] if data["procedure"] == INVESTIGATION else _missing(data, {"organ": "由哪个机关按程序办"})


def _days(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    asked = history.asked_extension(state.events)
    days = data.get("days", asked.data["days"] if asked else "")
    if not days:
        return []
    most = PERIODS["extension"].amount
    used = sum(int(event.data["days"]) for event in history.extensions(state.events))
    if not 1 <= int(days) <= most - used:
        return _invalid("days", f"延长合计不得超过{most}日，还可以延长{most - used}日（第三十四条）。")
    return []


def _conclude(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    errors: Errors = []
    if history.procedure(state.events) != INVESTIGATION:
        errors += _missing(data, {
            "remedy": "不服可以走的途径", "remedy_at": "向哪个机关提出", "remedy_by": "最晚哪一天提出",
        })  # fmt: skip
        if "remedy_by" in data and date.fromisoformat(data["remedy_by"]) <= at.date():
            errors += _invalid("remedy_by", "最晚提出的日期应当在今天以后。")
    if history.annulled(state.events):
        errors += _missing(data, {"examined_anew": "重新调查了什么"})
        former = history.last(state.events, Action.CONCLUDE)
        told = ("facts_and_reasons", "finding")
        if former and all(plain(former.data.get(name, "")) == plain(data.get(name, "")) for name in told):
            errors += _invalid(
                "finding", "原意见已经撤销，不能原样再出一份，请重新调查后再写（第三十五条、第三十六条）。"
            )
    return errors


def _consent(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    if data.get("consent") == "not_both":
        return _invalid("consent", "调解、和解要双方当事人都同意（第三十三条）。")
    return []


def _decision(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    errors: Errors = []
    if data.get("decision") == CHANGED:
        errors += _missing(data, {"new_outcome": "变更后的处理结果", "new_result": "变更后的处理意见"})
    else:
        for name in data.keys() & {"new_outcome", "new_result"}:
            errors += _invalid(name, "只有变更时才写新的结果。")
    if "unit" in data and data.get("decision") != RETURNED:
        errors += _invalid("unit", "只有撤销、责令重新办理时才选重新办理的单位。")
    return errors


def _competence(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    """The joint conference decides only where the units have no superior in common."""
    if data.get("decided_by") != JOINT_CONFERENCE or "unit" not in data:
        return []
    objected = {
        event.data["unit"]
        for event in state.events
        if event.action in (Action.FORWARD, Action.ASSIGN, Action.TRANSFER)
    }  # fmt: skip
    above = [set(state.superiors[one]) for one in {*objected, data["unit"]} if one in state.superiors]
    if len(above) > 1 and set.intersection(*above):
        return _invalid("decided_by", "这些单位有共同的上一级，应当由它决定（第二十四条）。")
    return []


def _deliver(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    errors: Errors = []
    owed = deliverable(state, role)
    if "document" in data and data["document"] not in owed:
        errors += _invalid("document", f"没有等待送达的{dict(DOCUMENTS)[data['document']]}。")
    if role is Role.PETITIONER and data.get("method", ONLINE) != ONLINE:
        errors += _invalid("method", "这里只能确认网上阅读。")
    if "received_on" in data:
        day = date.fromisoformat(data["received_on"])
        if day > at.date() or day < owed.get(data.get("document", ""), day):
            errors += _invalid("received_on", "日期应当在作出决定以后、今天以前。")
        elif role is Role.PETITIONER and day != at.date():
            errors += _invalid("received_on", "网上阅读的日期就是今天。")
    return errors


def _rate(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    """What a court or a discipline organ decided is not rated, only how the window served."""
    if history.no_unit_handled(state.events):
        return []
    return _missing(data, {"responsible_unit": "对办理单位"})


def _supervise(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    if data.get("cause") == "refusal" and not history.is_supported(state.events):
        return _invalid("cause", "还没有支持请求的意见或者协议，谈不上拒不执行（第四十条）。")
    if data.get("cause") == "not_accepted" and state.status not in (
        Status.FORWARDED, Status.ASSIGNED, Status.OBJECTED, Status.DECLINED
    ):  # fmt: skip
        return _invalid("cause", "这件事已经受理。")
    return []


def _step_aside(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    """Everybody steps aside for themselves; whether somebody else has to, a head decides."""
    if "officer" in data and role not in HEADS:
        return _invalid("officer", "只有负责人可以决定别人回避；您本人回避，这一项不用填（第二十八条）。")
    return []


def _urgent(state: CaseState, role: Role, data: Data, at: datetime) -> Errors:
    """Art. 25 names whom to tell; earlier reports count."""
    if "recipients" not in data:
        return []
    told = {
        one
        for given in (*(e.data for e in state.events if e.action is Action.REPORT_URGENT), data)
        for one in given.get("recipients", "").split(",")
    }
    needed = {key for key, _ in URGENT_TO} if role in OFFICE else URGENT_BY_UNITS
    missing = [label for key, label in URGENT_TO if key in needed - told]
    if missing:
        return _invalid("recipients", f"还要报告、通报：{'、'.join(missing)}（第二十五条）。")
    return []


_CHECKS: dict[Action, Callable[[CaseState, Role, Data, datetime], Errors]] = {
    Action.ASSIGN: _assign,
    Action.ACCEPT: _accept,
    Action.REQUEST_EXTENSION: _days,
    Action.EXTEND: _days,
    Action.CONCLUDE: _conclude,
    Action.MEDIATE: _consent,
    Action.SETTLE: _consent,
    Action.DECIDE_REVIEW: _decision,
    Action.DECIDE_REEXAMINATION: _decision,
    Action.DECIDE_COMPETENCE: _competence,
    Action.DELIVER: _deliver,
    Action.RATE: _rate,
    Action.SUPERVISE: _supervise,
    Action.REPORT_URGENT: _urgent,
    Action.STEP_ASIDE: _step_aside,
}


def read_choices(field: Field, text: str) -> str | None:
    """Several keys in the order of the table; None when one is unknown."""
    given = {one.strip() for one in text.split(",") if one.strip()}
    known = dict(field.choices)
    return ",".join(key for key in known if key in given) if given and given <= known.keys() else None
