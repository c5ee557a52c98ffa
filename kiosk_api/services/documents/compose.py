"""The text of a document, made from the case and the event that it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.documents import FORMS, KIND_OF, DocumentKind, Issuer, Paper, Section
from kiosk_api.domain.statute import PERIODS, cite
from kiosk_api.domain.workflow import RULE_OF, Action, Event
from kiosk_api.domain.workflow_table import INVESTIGATION
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord

_HANDED_OVER = (Action.FORWARD, Action.ASSIGN, Action.TRANSFER)


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


def paper_of(ctx: Context, records: Records, case: CaseRecord, place: int, body: str) -> Paper:
    """The document that tells the event at `place` of the history; its number and day are not given yet.

    `body` names who reviews or re-examines, for the kinds that tell it.
    """
    event = case.events[place]
    kind = KIND_OF[event.action]
    before = tuple(case.events[:place])
    told = Told(case, event, before, records.calendar(), unit_of((*before, event)), body)
    opening, sections, rights = _WORDING[kind](told)
    return Paper(
        kind=kind,
        title=FORMS[kind].title,
        issued_by=issued_by(ctx, kind, told.unit, event),
        addressee="" if kind is DocumentKind.SETTLEMENT else case.petition.name,
        case_number=case.case_number,
        opening=opening,
        sections=sections,
        rights=rights,
        signers=("信访人", "另一方", "主持调解的单位") if kind is DocumentKind.SETTLEMENT else (),
    )


def issued_by(ctx: Context, kind: DocumentKind, unit: str, event: Event) -> str:
    """The name at the head of the document."""
    if FORMS[kind].issuer is Issuer.OFFICE:
        return str(ctx.office["name"])
    return event.data.get("decided_by_unit") or unit or str(ctx.office["name"])


def unit_of(events: tuple[Event, ...]) -> str:
    """Who had the case last."""
    return next((one.data["unit"] for one in reversed(events) if one.action in _HANDED_OVER), "")


Wording = tuple[str, tuple[Section, ...], tuple[str, ...]]


def _forwarding(told: Told) -> Wording:
    how = {Action.FORWARD: "转送", Action.ASSIGN: "交办"}.get(told.event.action, "转交")
    opening = f"{_case(told)}，我单位已于{_day(told.event.at)}{how}{told.unit}（{cite('22')}）。"
    if told.event.action is Action.TRANSFER:
        then = "该机关依法处理，怎样告知您，按照该机关的有关规定办（" + cite("23") + "第四款）。"
    else:
        days = PERIODS["notice"].amount
        then = f"该单位自收到之日起{days}日内，书面告知您接收情况以及处理途径和程序（{cite('23')}第三款）。"
    reason = (Section("理由", told.said("reason")),) if told.said("reason") else ()
    return opening, (_request(told), Section("现在由谁办", told.unit), *reason, Section("接下来", then)), _ASK


def _acceptance(told: Told) -> Wording:
    opening = f"{_case(told)}，我单位决定受理。现将处理途径和程序告知您："
    way = f"按照{cite('31')}办理：{told.said('procedure')}。"
    if told.event.data.get("procedure") == INVESTIGATION:
        days, more = PERIODS["conclude"].amount, PERIODS["extension"].amount
        term = (
            f"自受理之日起{days}日内办结并出具处理意见书，最后一天是{_day(told.due('conclude'))}。"
            f"情况复杂的，经我单位负责人批准可以延长，不超过{more}日，并告知您理由（{cite('34')}）。"
        )
    else:
        term = "按照该程序的法律规定办理。"
    return opening, (_request(told), Section("处理途径", way), Section("办理期限", term)), _ASK


def _non_acceptance(told: Told) -> Wording:
    opening = f"{_case(told)}，我单位不予受理，现告知您（{cite('23')}）："
    sections = (
        _request(told), Section("理由", told.said("reason")), Section("您可以向哪里提出", told.said("where_to_go")),
    )  # fmt: skip
    right = f"您认为这件事属于我单位职权范围的，可以向我单位的上级机关、单位反映（{cite('44')}）。"
    return opening, sections, (right,)


def _extension(told: Told) -> Wording:
    opening = (
        f"{_case(told)}，我单位受理后正在办理。因情况复杂，经我单位负责人批准，"
        f"办理期限延长{told.said('days')}日（{cite('34')}）。"
    )
    new = f"延长以后，最后一天是{_day(told.due('conclude'))}。"
    return opening, (_request(told), Section("延长的理由", told.said("reason")), Section("新的办结日期", new)), _ASK


def _opinion(told: Told) -> Wording:
    accepted = told.last(Action.ACCEPT)
    since = f"于{_day(accepted.at)}受理，" if accepted else ""
    opening = f"{_case(told)}，我单位{since}现已办理完毕。根据{cite('32')}，提出处理意见如下："
    sections = (
        Section("投诉请求", told.said("request")),
        Section("事实和理由", told.said("facts_and_reasons")),
        Section("处理意见", f"{told.said('outcome')}。\n{told.said('finding')}"),
        Section("法律法规依据", told.said("legal_basis")),
    )
    return opening, sections, (_turn(told, "ask_review", "本处理意见", "复查"), _LAST_DAY)


def _settlement(told: Told) -> Wording:
    opening = f"{_case(told)}，在自愿的基础上，经双方同意，达成协议如下（{cite('33')}）："
    return opening, (_request(told), Section("协议内容", told.said("agreement"))), ()


def _review(told: Told) -> Wording:
    opening, sections = _decided_again(told, Action.REQUEST_REVIEW, "复查", "处理意见")
    return opening, sections, (_turn(told, "ask_reexamination", "本复查意见", "复核"), _LAST_DAY)


def _reexamination(told: Told) -> Wording:
    opening, sections = _decided_again(told, Action.REQUEST_REEXAMINATION, "复核", "复查意见")
    if told.event.data.get("decision") == "returned":
        return opening, sections, ("原来的意见已经撤销，由办理单位重新办理，办完以后书面告知您。",)
    final = (
        "本复核意见是信访程序的最后一次答复。您仍然以同一事实和理由提出投诉请求的，各级党委和政府信访部门"
        f"和其他机关、单位不再受理（{cite('36')}第三款）。"
    )
    return opening, sections, (final,)


def _decided_again(told: Told, asked: Action, what: str, former: str) -> tuple[str, tuple[Section, ...]]:
    request = told.last(asked)
    asked_on = f"您于{_day(request.at)}请求{what}，" if request else ""
    opening = f"{_case(told)}，您对{former}不服，{asked_on}我单位已经{what}，提出{what}意见如下："
    reason = request.data.get("reason", "") if request else ""
    before = told.last(Action.CONCLUDE if what == "复查" else Action.DECIDE_REVIEW)
    earlier = (before.data.get("finding") or before.data.get("opinion", "")) if before else ""
    sections = [Section("您的请求和理由", f"{told.case.petition.request}\n{reason}")]
    if earlier:
        sections.append(Section(f"原{former}", earlier))
    sections.append(Section(f"{what}结论", f"{told.said('decision')}。"))
    sections.append(Section(f"{what}意见和依据", told.said("opinion")))
    return opening, tuple(sections)


def _turn(told: Told, clock: str, what: str, way: str) -> str:
    period = PERIODS[clock]
    return (
        f"不服{what}的，可以自收到之日起{period.amount}日内，向{told.body}请求{way}（{cite(period.article)}）。"
    )


_LAST_DAY = "收到的日期和最后一天，写在送达回证上；用回执上的二维码也查得到。"
_ASK = (f"您可以用回执上的二维码或者编号查进度，并评价办理情况（{cite('21')}）。",)


def _request(told: Told) -> Section:
    return Section("您的请求", told.case.petition.request)


def _case(told: Told) -> str:
    return f"您于{_day(told.case.registered_at)}提出的信访事项（编号{told.case.case_number}）"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "（日期未定）"


_WORDING = {
    DocumentKind.FORWARDING: _forwarding,
    DocumentKind.ACCEPTANCE: _acceptance,
    DocumentKind.NON_ACCEPTANCE: _non_acceptance,
    DocumentKind.EXTENSION: _extension,
    DocumentKind.OPINION: _opinion,
    DocumentKind.SETTLEMENT: _settlement,
    DocumentKind.REVIEW: _review,
    DocumentKind.REEXAMINATION: _reexamination,
}

