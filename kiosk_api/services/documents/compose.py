"""The text of a document, made from the case and the event that it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.documents import FORMS, KIND_OF, DocumentKind, Paper, Section, side_of
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.persons import ACTING_UNIT
from kiosk_api.domain.registration import Arrival
from kiosk_api.domain.statute import PERIODS, cite
from kiosk_api.domain.workflow import RULE_OF, Action, Event, Role
from kiosk_api.domain.workflow_rows import INVESTIGATION, RETURNED
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.organisation.naming import with_names

_NAMES_UNIT = (
    Action.FORWARD, Action.ASSIGN, Action.TRANSFER, Action.DECIDE_COMPETENCE, Action.DECIDE_REVIEW,
    Action.DECIDE_REEXAMINATION,
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """An event with what is needed to tell it: the case, its history up to then, and whom to turn to next."""

    case: CaseRecord
    event: Event
    before: tuple[Event, ...]
    calendar: WorkCalendar
    unit: str  # who handles it
    body: str  # who reviews or re-examines it

    def said(self, name: str) -> str:
        """What the event states in a field, with the label of a choice in place of its key."""
        value = self.event.data.get(name, "")
        for field in RULE_OF[self.event.action].fields:
            if field.name == name and field.kind == "choice":
                return dict(field.choices).get(value, value)
        return value

    def last(self, action: Action) -> Event | None:
        """The latest such event before this one."""
        return next((one for one in reversed(self.before) if one.action is action), None)

    def due(self, key: str) -> date | None:
        """When the clock ends, as it stood right after the event."""
        found = deadlines((*self.before, self.event), self.calendar, self.event.at)
        return next((one.due_on for one in reversed(found) if one.key == key), None)


def paper_of(ctx: Context, records: Records, case: CaseRecord, place: int, body: str, reviewer: str = "") -> Paper:
    """The document that tells the event at `place` of the history; its number and day are not given yet.

    `body` names who reviews or re-examines next, where there is one. `reviewer` is the name of the unit of an officer of
    a reviewing body, for a decision that has not recorded it.
    """
    case = with_names(records, case)
    event = case.events[place]
    kind, before = KIND_OF[event.action], tuple(case.events[:place])
    told = Told(case, event, before, records.calendar(), unit_of((*before, event)), body)
    opening, sections, rights = _WORDING[kind](told)
    return Paper(
        kind=kind,
        title=FORMS[kind].title,
        issued_by=_issuer(ctx, told, reviewer),
        addressee="" if kind is DocumentKind.SETTLEMENT else case.petition.name,
        case_number=case.case_number,
        opening=opening,
        sections=tuple(one for one in sections if one.text.strip()),
        rights=rights,
        signers=("信访人", "另一方", "主持单位") if kind is DocumentKind.SETTLEMENT else (),
        body=body,
    )


def _issuer(ctx: Context, told: Told, reviewer: str) -> str:
    """The name at the head of the document. Raises DomainError where nobody has said it."""
    role = told.event.role
    if role is Role.REVIEW_UNIT:
        name = told.event.data.get(ACTING_UNIT) or reviewer
    else:
        name = told.unit if role in side_of(Role.RESPONSIBLE_UNIT) else str(ctx.office["name"])
    if not name:
        raise DomainError("no_unit", "您的账号还没有写明单位，文书上就没有机关的名称。请管理员补上单位，再来做文书。")
    return name


def body_above(records: Records, case: CaseRecord, place: int) -> str:
    """The name of the unit to turn to next: the one above who decided (Art. 35, 36); empty where none is known."""
    event = case.events[place]
    decided = (
        event.data.get(ACTING_UNIT, "") if event.role is Role.REVIEW_UNIT else unit_of((*case.events[:place], event))
    )
    return records.units.name_of(records.units.superior_of(decided)) or "" if decided else ""


def unit_of(events: tuple[Event, ...]) -> str:
    """Who had the case last."""
    return next((one.data["unit"] for one in reversed(events) if one.action in _NAMES_UNIT and "unit" in one.data), "")


Wording = tuple[str, tuple[Section, ...], tuple[str, ...]]


def _forwarding(told: Told) -> Wording:
    event = told.event
    how = {Action.FORWARD: "转送", Action.ASSIGN: "交办", Action.DECIDE_COMPETENCE: "交由"}.get(event.action, "转交")
    by_own_rules = event.action is Action.TRANSFER or event.data.get("kind") == "accusation"
    opening = f"{_case(told)}，已于{_day(event.at)}{how}{told.unit}（{cite(RULE_OF[event.action].article)}）。"
    if by_own_rules:
        then = f"由该机关依规依纪依法处理；怎样告知您，按照有关规定执行（{cite('23')}第四款）。"
    else:
        days = PERIODS["notice"].amount
        then = f"该单位自收到之日起{days}日内，书面告知您接收情况以及处理途径和程序（{cite('23')}第三款）。"
    if hear_by := event.data.get("hear_by"):
        then += f"我单位最迟在{_day(date.fromisoformat(hear_by))}给您回音（日期是本单位定的）。"
    reason = told.said("reason") if event.action is Action.TRANSFER else ""
    sections = (_request(told), Section("现在由谁办", told.unit), Section("理由", reason), Section("接下来", then))
    return opening, sections, _ASK


def _acceptance(told: Told) -> Wording:
    opening = f"{_case(told)}，我单位决定受理。现将处理途径和程序告知您（{cite('23')}）："
    data = told.event.data
    if procedure := told.said("procedure"):
        way = f"按照{cite('31')}办理：{procedure}。"
    else:
        way = f"您提出的是建议意见，我单位认真研究论证后答复您（{cite('29')}）。"
    if organ := told.said("organ"):
        way += f"由{organ}按程序办。"
    if data.get("procedure") == INVESTIGATION:
        days, more = PERIODS["conclude"].amount, PERIODS["extension"].amount
        term = (
            f"自受理之日起{days}日内办结并出具处理意见书，最后一天是{_day(told.due('conclude'))}。情况复杂的，"
            f"经我单位负责人批准可以延长，不超过{more}日，并告知您理由（{cite('34')}）。"
        )
    elif limit := data.get("own_limit"):
        term = f"该程序自己的期限到{_day(date.fromisoformat(limit))}为止。"
    else:
        term = f"我单位最迟在{_day(told.due('next_word'))}给您回音（日期是本单位定的）。"
    return opening, (_request(told), Section("处理途径", way), Section("期限", term)), _ASK


def _non_acceptance(told: Told) -> Wording:
    cause = told.said("cause")
    opening = f"{_case(told)}，我单位不予受理，现告知您（{cite(RULE_OF[told.event.action].article)}）："
    reason = f"{cause}。\n{told.said('reason')}" if cause else told.said("reason")
    sections = (_request(told), Section("理由", reason), Section("您可以到哪里办", told.said("where_to_go")))
    right = f"您认为我单位应当受理的，可以向我单位的上级机关、单位反映（{cite('44')}）。"
    return opening, sections, (right,)


def _extension(told: Told) -> Wording:
    opening = (
        f"{_case(told)}，我单位正在办理。因情况复杂，经我单位负责人批准，"
        f"办理期限延长{told.said('days')}日（{cite('34')}）。"
    )
    new = f"延长以后，最后一天是{_day(told.due('conclude'))}。"
    return opening, (_request(told), Section("延期理由", told.said("reason")), Section("新的办结日期", new)), _ASK


def _opinion(told: Told) -> Wording:
    accepted = told.last(Action.ACCEPT)
    since = f"于{_day(accepted.at)}受理，" if accepted else ""
    opening = f"{_case(told)}，我单位{since}现已办理完毕。根据{cite('32')}，提出处理意见如下："
    sections = (
        Section("投诉请求", told.said("request")),
        Section("事实和理由", told.said("facts_and_reasons")),
        Section("重新调查的情况", told.said("examined_anew")),
        Section("处理意见", f"{told.said('outcome')}。\n{told.said('finding')}"),
        Section("法律法规依据", told.said("legal_basis")),
        _execution(told),
    )
    if remedy := told.said("remedy"):
        by, where = _day(date.fromisoformat(told.said("remedy_by"))), told.said("remedy_at")
        right = f"不服的途径：{remedy}。向{where}提出，最晚{by}。"
        return opening, sections, (right,)
    return opening, sections, (_turn(told, "ask_review", "本处理意见", "复查"), _LAST_DAY)


def _reply(told: Told) -> Wording:
    opening = f"{_case(told)}，现答复如下（{cite(RULE_OF[told.event.action].article)}）："
    if told.event.action is Action.REPORT_OUTCOME:
        return opening, (_request(told), Section("有关机关的办理结果", told.said("result"))), _ASK
    sections = (
        Section("您的建议意见", told.case.petition.request),
        Section("研究结果", f"{told.said('outcome')}。"),
        Section("理由", told.said("reason")),
    )
    return opening, sections, _ASK


def _settlement(told: Told) -> Wording:
    opening = f"{_case(told)}，经双方当事人同意，自愿达成协议如下（{cite('33')}）："
    return opening, (_request(told), Section("协议内容", told.said("agreement")), _execution(told)), ()


def _review(told: Told) -> Wording:
    opening, sections = _decided_again(told, Action.REQUEST_REVIEW, "复查", "处理意见")
    if told.event.data.get("decision") == RETURNED:
        return opening, sections, _ANEW
    return opening, sections, (_turn(told, "ask_reexamination", "本复查意见", "复核"), _LAST_DAY)


def _reexamination(told: Told) -> Wording:
    opening, sections = _decided_again(told, Action.REQUEST_REEXAMINATION, "复核", "复查意见")
    if told.event.data.get("decision") == RETURNED:
        return opening, sections, _ANEW
    final = (
        "本复核意见作出后，您仍然以同一事实和理由提出投诉请求的，各级党委和政府信访部门"
        f"和其他机关、单位不再受理（{cite('36')}第三款）。"
    )
    return opening, sections, (final,)


def _decided_again(told: Told, asked: Action, what: str, former: str) -> tuple[str, tuple[Section, ...]]:
    request = told.last(asked)
    asked_on = f"于{_day(request.at)}请求{what}，" if request else ""
    article = cite(RULE_OF[told.event.action].article)
    opening = f"{_case(told)}，您对{former}不服，{asked_on}我单位已经{what}完毕。根据{article}，提出{what}意见如下："
    before = told.last(Action.CONCLUDE if asked is Action.REQUEST_REVIEW else Action.DECIDE_REVIEW)
    earlier = (before.data.get("finding") or before.data.get("opinion", "")) if before else ""
    changed = f"{told.said('new_outcome')}。\n{told.said('new_result')}" if told.said("new_result") else ""
    again = f"由{told.event.data.get('unit') or told.unit}重新办理，最后一天是{_day(told.due('conclude'))}。"
    return opening, (
        Section("您的请求", told.case.petition.request),
        Section(f"不服{former}的理由", request.data.get("reason", "") if request else ""),
        Section(f"原{former}", earlier),
        Section(f"{what}结论", f"{told.said('decision')}。"),
        Section(f"{what}意见和依据", told.said("opinion")),
        Section("变更后的处理意见", changed),
        Section("重新办理", again if told.event.data.get("decision") == RETURNED else ""),
        _execution(told),
    )


def _execution(told: Told) -> Section:
    """By when what was decided for the petitioner is carried out; the day is the office's own."""
    day = told.event.data.get("execute_by")
    return Section("执行", f"最迟在{_day(date.fromisoformat(day))}执行到位（日期是本单位定的）。" if day else "")


def _turn(told: Told, clock: str, what: str, way: str) -> str:
    period = PERIODS[clock]
    return f"不服{what}的，可以自收到之日起{period.amount}日内，向{told.body}请求{way}（{cite(period.article)}）。"


_LAST_DAY = "收到的日期和最后一天，写在送达回证上；扫回执上的二维码也查得到。"
_ASK = (f"您可以扫回执上的二维码，或者用编号查进度，并评价办理情况（{cite('21')}）。",)
_ANEW = ("原来的意见已经撤销。重新办理以后，另外书面告知您，您有同样的权利。",)


def _request(told: Told) -> Section:
    return Section("您的请求", told.case.petition.request)


def _case(told: Told) -> str:
    arrival = Arrival.from_data(told.case.events[0].data)  # a letter counts from its receipt (Art. 22)
    day = arrival.received_on if arrival else told.case.registered_at
    return f"您于{_day(day)}提出的信访事项（编号{told.case.case_number}）"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "（日期未定）"


_WORDING = {
    DocumentKind.FORWARDING: _forwarding,
    DocumentKind.ACCEPTANCE: _acceptance,
    DocumentKind.NON_ACCEPTANCE: _non_acceptance,
    DocumentKind.EXTENSION: _extension,
    DocumentKind.OPINION: _opinion,
    DocumentKind.REPLY: _reply,
    DocumentKind.SETTLEMENT: _settlement,
    DocumentKind.REVIEW: _review,
    DocumentKind.REEXAMINATION: _reexamination,
}
