"""Whether an action is open now: by state, by kind, by history and by clocks."""

from __future__ import annotations

from datetime import date, datetime

from kiosk_api.domain import history, policy
from kiosk_api.domain.bars import bar
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.labels_zh import NOT_YET, STATUS_LABELS
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.workflow_review import OPINION, REEXAMINATION_OPINION, REVIEW_OPINION
from kiosk_api.domain.workflow_rows import IN_HAND, IN_REVIEW, INVESTIGATION
from kiosk_api.domain.workflow_types import Action, Allowed, CaseState, Role, Rule, Status

_RESULTS = (
    Action.CONCLUDE, Action.DECLINE, Action.DECLINE_REPEAT, Action.SETTLE, Action.DECIDE_REVIEW,
    Action.DECIDE_REEXAMINATION, Action.TRANSFER, Action.GUIDE, Action.ANSWER_SUGGESTION, Action.REPORT_OUTCOME,
)  # fmt: skip
_RIGHT_BEHIND = {
    Action.REQUEST_REVIEW: "ask_review",
    Action.REQUEST_REEXAMINATION: "ask_reexamination",
    Action.OBJECT: "objection",
}
_OF_REVIEWERS = frozenset({REVIEW_OPINION, REEXAMINATION_OPINION})
_NO_PAPER = "现在没有等待您送达的文书。"


def availability(rule: Rule, state: CaseState, role: Role, at: datetime, calendar: WorkCalendar) -> Allowed:
    """State first, then the kind, then the clocks and the history that limit single actions."""
    if state.status not in rule.from_:
        return Allowed(rule, False, _wrong_state(rule, state))
    barred = bar(rule.action, state)
    if barred:
        return Allowed(rule, False, barred)
    right = _RIGHT_BEHIND.get(rule.action)
    if right is not None:
        return _inside_period(rule, right, state, at, calendar)
    if rule.action is Action.RATE:
        reason, until = _rating(state, at)
        return Allowed(rule, not reason, reason, until)
    reason = _limits(rule.action, state, role, at, calendar)
    return Allowed(rule, not reason, reason)


def _limits(action: Action, state: CaseState, role: Role, at: datetime, calendar: WorkCalendar) -> str:
    """Why history or clocks do not allow it; empty when they do."""
    events = state.events

    def runs(*keys: str) -> bool:
        return any(one.key in keys and one.state in ("running", "overdue") for one in deadlines(events, calendar, at))

    match action:
        case Action.URGE:
            return _too_soon(state, at)
        case Action.ACCEPT if state.status is Status.DECLINED:
            return _accept_after_all(state)
        case Action.FORWARD | Action.ASSIGN:
            return _decided_above(state)
        case Action.REQUEST_EXTENSION | Action.EXTEND | Action.REFUSE_EXTENSION:
            return _extension(action, state, runs("conclude"))
        case Action.DECIDE_ACCUSATION:
            return "" if state.doubtful else "这件事是不是检举控告已经清楚，不用再定。"
        case Action.CLOSE:
            return _keeps_open(state, at, calendar)
        case Action.HOLD_HEARING | Action.END_HEARING:
            return _hearing(action, state, role)
        case Action.MEDIATE | Action.SETTLE if _is_anothers(state, role):
            return "调解、和解由正在办理或者正在复查、复核的机关主持，您的单位不能办这一步（第三十三条）。"
        case Action.CONCLUDE | Action.SETTLE | Action.DECIDE_REEXAMINATION if history.in_hearing(events):
            return "听证还没有结束，请先点“听证结束”。"
        case Action.DECIDE_COMPETENCE:
            disputed = state.status is Status.OBJECTED or history.count(events, Action.UPHOLD_OBJECTION)
            return "" if disputed else "还没有单位对受理提出异议，不用报上级决定（第二十四条）。"
        case Action.RECALL:
            return _recall(state)
        case Action.GIVE_WORD:
            open_word = state.status is Status.TRANSFERRED or runs("next_word", "own_limit")
            return "" if open_word else "这件事有办结期限，不用另外约定回音的日期。"
        case Action.REPORT_OUTCOME:
            accused = state.status is Status.TRANSFERRED or state.kind == "accusation"
            return "" if accused else "转送办理的事项，请受理后出具处理意见书（第三十二条）。"
        case Action.REPORT_EXECUTION:
            return _execution(state)
        case Action.CLOSING_REPORT:
            return "" if runs("report") else "现在没有要提交的办结报告。"
        case Action.ANSWER_SUPERVISION:
            return "" if runs("supervision") else "现在没有等待答复的督办。"
        case Action.ANSWER_ADVICE:
            return "" if runs("advice") else "现在没有等待反馈的建议。"
        case Action.DELIVER:
            return "" if deliverable(state, role) else NOT_YET["deliver"] if role is Role.PETITIONER else _NO_PAPER
    return ""


def deliverable(state: CaseState, role: Role) -> dict[str, date]:
    """The documents that this role may hand over now, with the day of each decision. A petitioner confirms receipt only
    once there is an answer from which days to ask run (Art. 35, 36), with all that came before it; it comes last."""
    owed = history.undelivered(state.events)
    if role is Role.PETITIONER:
        answer = _not_begun(state)
        return {**{one: day for one, day in owed.items() if one != answer}, answer: owed[answer]} if answer else {}
    if role is Role.RESPONSIBLE_UNIT:  # no hand on the reviewer's papers
        return {document: day for document, day in owed.items() if document not in _OF_REVIEWERS}
    if role is Role.REVIEW_UNIT:
        return {document: day for document, day in owed.items() if document in _OF_REVIEWERS}
    return owed


def _wrong_state(rule: Rule, state: CaseState) -> str:
    now = STATUS_LABELS[state.status.value]
    if Role.PETITIONER not in rule.roles:
        return f"这件事现在是“{now}”，不能办理“{rule.label}”。"
    if rule.action in (Action.ADD_MATERIAL, Action.DELIVER):
        return NOT_YET[rule.action.value]  # earlier additions do not make this step done
    done = history.last(state.events, rule.action) is not None or state.status in (
        Status.WITHDRAWN, Status.CLOSED, Status.REEXAMINED
    )  # fmt: skip
    return f"这件事现在是“{now}”，这一步不能再办了。" if done else NOT_YET[rule.action.value]


def _inside_period(rule: Rule, key: str, state: CaseState, at: datetime, calendar: WorkCalendar) -> Allowed:
    if rule.action is Action.OBJECT and history.was_decided_above(state.events):
        return Allowed(rule, False, "受理单位已经由共同上级或联席会议决定，不能再提异议（第二十四条）。")
    clocks = [one for one in deadlines(state.events, calendar, at) if one.key == key]
    running = [one for one in clocks if one.state == "running"]
    if running:
        return Allowed(rule, True, "", running[-1].due_on)
    if rule.action is not Action.OBJECT and _not_begun(state):
        return Allowed(rule, True, "")  # the 30 days run from receipt of the written opinion (Art. 35, 36)
    last = clocks[-1] if clocks else None
    if last is None or last.state != "lapsed":
        return Allowed(rule, False, "已经提出过一次，不能再提。")
    period = PERIODS[key]
    unit = "个工作日" if period.unit == "working_days" else "日"
    reason = f"{period.amount}{unit}的期限到{_chinese(last.due_on)}为止，已经过了。"
    return Allowed(rule, False, reason, last.due_on)


def _not_begun(state: CaseState) -> str:
    """The opinion that can be objected to and has not reached the petitioner in writing; empty where there is none."""
    opinion = {Status.CONCLUDED: OPINION, Status.REVIEWED: REVIEW_OPINION}.get(state.status, "")
    has_right = state.status is not Status.CONCLUDED or history.has_review_right(state.events)
    return opinion if has_right and opinion in history.undelivered(state.events) else ""


def _too_soon(state: CaseState, at: datetime) -> str:
    last = history.last(state.events, Action.URGE)
    if last is None or at - last.at >= policy.URGE_INTERVAL:
        return ""
    days = policy.URGE_INTERVAL.days
    next_on = (last.at + policy.URGE_INTERVAL).date()
    return (
        f"您{_chinese(last.at.date())}刚催过，已经记在这件事里。每{days}天可以催一次，{_chinese(next_on)}以后可以再催。"
    )


def _rating(state: CaseState, at: datetime) -> tuple[str, date | None]:
    last = history.last(state.events, *_RESULTS, Action.RATE)
    if last is None or last.action is Action.RATE:
        return "您已经评价过了，谢谢您。", None
    until = (last.at + policy.RATING_WINDOW).date()
    if at.date() > until:
        return f"评价的时间到{_chinese(until)}为止，已经过了。", until
    return "", until


def _decided_above(state: CaseState) -> str:
    returns = history.count(state.events, Action.UPHOLD_OBJECTION)
    if returns < policy.RETURNS_BEFORE_DECISION:
        return ""
    return f"这件事已经退回{returns}次，请报共同的上一级机关或者联席会议决定由谁受理（第二十四条；次数是本单位规定）。"


def _extension(action: Action, state: CaseState, runs: bool) -> str:
    events = state.events
    asked = history.asked_extension(events)
    if action is not Action.REQUEST_EXTENSION:
        return "" if asked and runs else "现在没有等待批准的延期申请。"
    if asked:
        return "已经申请过延期，正在等单位负责人批准。"
    if not runs:
        return "只有按第三十一条第六项办理的事项才有60日期限可以延长。"
    if len(history.extensions(events)) >= policy.EXTENSIONS_MOST:
        return f"延期最多{policy.EXTENSIONS_MOST}次（本单位规定；第三十四条：延长不得超过{PERIODS['extension'].amount}日）。"
    return ""


def _is_anothers(state: CaseState, role: Role) -> bool:
    """Whether a unit would reach into a review, or a reviewer into a case that is not under review."""
    return role in (Role.RESPONSIBLE_UNIT, Role.REVIEW_UNIT) and (role is Role.REVIEW_UNIT) is not (
        state.status in IN_REVIEW
    )


def _hearing(action: Action, state: CaseState, role: Role) -> str:
    """Only the body that decides opens and ends a hearing."""
    unit_decides = state.status in IN_HAND
    if unit_decides is not (role is Role.RESPONSIBLE_UNIT):
        return "听证由正在办理或者正在复核的机关主持，您的单位不能办这一步（第三十一条、第三十六条）。"
    if unit_decides and history.procedure(state.events) != INVESTIGATION:
        return "只有按第三十一条第六项办理的事项举行听证。"
    in_hearing = history.in_hearing(state.events)
    if action is Action.HOLD_HEARING:
        return "听证正在进行。" if in_hearing else ""
    return "" if in_hearing else "现在没有进行中的听证。"


def _accept_after_all(state: CaseState) -> str:
    """A non-acceptance that the office has supervised is put right by accepting (Art. 40, 44)."""
    latest = history.last(state.events, Action.DECLINE, Action.DECLINE_REPEAT, Action.SUPERVISE)
    supervised = latest is not None and latest.action is Action.SUPERVISE
    return "" if supervised else "这件事已经答复不予受理；经信访部门督办，才能改为受理。"


def _recall(state: CaseState) -> str:
    """Until there is a result; after one only an accusation, which no unit may keep (Art. 30)."""
    if state.kind == "accusation" or state.status in IN_HAND or state.status in (
        Status.FORWARDED, Status.ASSIGNED, Status.OBJECTED, Status.TRANSFERRED, Status.GUIDED, Status.DECLINED
    ):  # fmt: skip
        return ""
    return "这件事已经有了书面结果，不能收回。"


def _execution(state: CaseState) -> str:
    if not history.is_supported(state.events):
        return "没有需要执行的意见：只有支持请求的意见和达成的协议要报告执行情况（第三十二条）。"
    return "已经报告执行到位。" if history.is_carried_out(state.events) else ""


def _keeps_open(state: CaseState, at: datetime, calendar: WorkCalendar) -> str:
    """What has to end before a case is filed away."""
    clocks = deadlines(state.events, calendar, at)
    open_keys = {one.key for one in clocks if one.state in ("running", "overdue")}
    late = {one.key for one in clocks if one.state == "overdue"}
    if open_keys & {"ask_review", "ask_reexamination"}:
        return "信访人申请复查、复核的期限还没有过，暂时不能归档。"
    owed = history.has_review_right(state.events) and _not_begun(state) and not history.reaches_nobody(state.events)
    if state.kind == "appeal" and owed:
        return "书面意见还没有送达，申请复查、复核的期限还没有开始算，暂时不能归档。"
    if "execution" in open_keys:
        return "支持请求的意见还没有执行到位，暂时不能归档（第三十二条）。"
    if "report" in open_keys:
        return "承办单位还没有提交办结报告，暂时不能归档（第二十二条）。"
    if "supervision" in open_keys:
        return "督办还没有答复，暂时不能归档（第四十条）。"
    if "objection" in open_keys:
        return "收件单位提出异议的期限还没有过，暂时不能归档（第二十三条）。"
    if "next_word" in late:
        return "答应给信访人的回音还没有给，请先告知进展，再归档。"
    return ""


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
