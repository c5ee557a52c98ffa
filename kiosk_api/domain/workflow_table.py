"""The workflow of 信访工作条例 (2022) as one table.

Each row: action, from which states, to which state, who may, article, what must be stated, and
which clocks it starts, stops or cancels. API, desk, status page and tests read only
this table.
"""

from __future__ import annotations

from kiosk_api.domain.labels_zh import (
    ACTION_LABELS,
    DOMAIN_LABELS,
    KIND_LABELS,
    OUTCOME_LABELS,
    RATING_LABELS,
)
from kiosk_api.domain.windows import WINDOWS
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Field, Role, Rule
from kiosk_api.domain.workflow_types import Status as S

_OFFICE = frozenset({Role.PETITION_OFFICE, Role.SUPERVISOR})
_UNIT = frozenset({Role.RESPONSIBLE_UNIT})
_REVIEWERS = frozenset({Role.REVIEW_UNIT})
_PETITIONER = frozenset({Role.PETITIONER})
_STAFF = _OFFICE | _UNIT | _REVIEWERS

OPEN = frozenset(
    {S.REGISTERED, S.FORWARDED, S.ASSIGNED, S.OBJECTED, S.ACCEPTED, S.UNDER_REVIEW,
     S.UNDER_REEXAMINATION}
)  # fmt: skip
"""Somebody in office has the next step."""
HAS_RESULT = frozenset(S) - OPEN - {S.WITHDRAWN}
"""A result was given in writing."""
TAKES_PAPERS = OPEN | {S.CONCLUDED, S.REVIEWED}
"""Somebody still reads what comes in: now, or in the review that may be asked for."""
_HANDED_OVER = frozenset({S.FORWARDED, S.ASSIGNED})

INVESTIGATION = "investigation"
PROCEDURES = (
    ("litigation", "诉讼、检察或公安程序（第一项）"),
    ("arbitration", "仲裁程序（第二项）"),
    ("party_appeal", "党员申诉、申请复审（第三项）"),
    ("administrative", "行政复议、裁决、许可等程序（第四项）"),
    ("duty", "履行查处、保护职责（第五项）"),
    (INVESTIGATION, "调查核实并出具处理意见书（第六项）"),
)
"""The six routes of Art. 31; only the sixth has the 60 days of Art. 34."""
_CAUSES = (
    ("delay", "拖延办理"),
    ("shirking", "推诿、敷衍"),
    ("sham", "弄虚作假"),
    ("refusal", "拒不执行处理意见"),
)
_DECISIONS = (("upheld", "维持"), ("changed", "变更"), ("returned", "撤销，责令重新办理"))
IS_ACCUSATION, IS_ORDINARY = "accusation", "ordinary"
KINDS_DECIDED = ((IS_ACCUSATION, "是检举控告"), (IS_ORDINARY, "不是，按一般诉求办"))
_RATINGS = tuple(RATING_LABELS.items())
_ALL_CLOCKS = (
    "route", "notice", "objection", "report", "conclude", "ask_review", "review",
    "ask_reexamination", "reexamination",
)  # fmt: skip


def _rule(
    action: A, from_: frozenset[S], to: S | None, roles: frozenset[Role], article: str,
    *fields: Field, starts: tuple[str, ...] = (), stops: tuple[str, ...] = (),
    cancels: tuple[str, ...] = (), is_public: bool = True, own_way: bool = False,
) -> Rule:  # fmt: skip
    label = ACTION_LABELS[action.value]
    return Rule(action, from_, to, roles, article, label, fields, starts, stops, cancels, is_public, own_way)


_REASON = Field("reason", "理由", "long_text")
_UNIT_FIELD = Field("unit", "有权处理的单位", "unit")

TABLE: tuple[Rule, ...] = (
    _rule(A.REGISTER, frozenset(), S.REGISTERED, _PETITIONER | _OFFICE, "22", starts=("route",)),
    _rule(
        A.FORWARD, frozenset({S.REGISTERED}), S.FORWARDED, _OFFICE, "22", _UNIT_FIELD,
        starts=("notice", "objection"), stops=("route",),
    ),
    _rule(
        A.ASSIGN, frozenset({S.REGISTERED}), S.ASSIGNED, _OFFICE, "22", _UNIT_FIELD,
        Field("report_by", "要求报告结果的日期", "date"),
        starts=("notice", "objection", "report"), stops=("route",),
    ),
    _rule(
        A.TRANSFER, frozenset({S.REGISTERED}), S.TRANSFERRED, _OFFICE, "22",
        Field("unit", "政法机关或纪检监察机关", "unit"), _REASON, stops=("route",),
    ),
    _rule(A.OBJECT, _HANDED_OVER, S.OBJECTED, _UNIT, "23", _REASON, stops=("objection",)),
    _rule(
        A.UPHOLD_OBJECTION, frozenset({S.OBJECTED}), S.REGISTERED, _OFFICE, "23",
        Field("reason", "说明", "long_text", required=False),
        starts=("route",), cancels=("notice", "report"),
    ),
    _rule(A.REJECT_OBJECTION, frozenset({S.OBJECTED}), S.FORWARDED, _OFFICE, "23", _REASON),
    _rule(
        A.ACCEPT, _HANDED_OVER, S.ACCEPTED, _UNIT, "23",
        Field("procedure", "按第三十一条哪一项办理", "choice", PROCEDURES),
        starts=("conclude",), stops=("notice",), cancels=("objection",),
    ),
    _rule(
        A.DECLINE, _HANDED_OVER, S.DECLINED, _UNIT, "23", _REASON,
        Field("where_to_go", "应当向哪里提出", "text"),
        stops=("notice", "report"), cancels=("objection",),
    ),
    _rule(
        A.EXTEND, frozenset({S.ACCEPTED}), None, _UNIT, "34",
        Field("days", "延长天数（不超过30）", "number"), _REASON,
        Field("approved_by", "批准延期的单位负责人"),
    ),
    _rule(
        A.HOLD_HEARING, frozenset({S.ACCEPTED, S.UNDER_REEXAMINATION}), None,
        _UNIT | _REVIEWERS, "36",
    ),
    _rule(
        A.END_HEARING, frozenset({S.ACCEPTED, S.UNDER_REEXAMINATION}), None,
        _UNIT | _REVIEWERS, "36",
    ),
    _rule(
        A.CONCLUDE, frozenset({S.ACCEPTED}), S.CONCLUDED, _UNIT, "32",
        Field("outcome", "处理结果", "choice", tuple(OUTCOME_LABELS.items())),
        Field("request", "投诉请求", "long_text"),
        Field("facts_and_reasons", "事实和理由", "long_text"),
        Field("finding", "处理意见", "long_text"),
        Field("legal_basis", "法律法规依据", "long_text"),
        starts=("ask_review",), stops=("conclude", "report"),
    ),
    _rule(
        A.MEDIATE, frozenset({S.ACCEPTED}), None, _UNIT | _OFFICE, "33",
        Field("summary", "调解情况", "long_text"),
    ),
    _rule(
        A.SETTLE, frozenset({S.ACCEPTED}), S.SETTLED, _UNIT | _OFFICE, "33",
        Field("agreement", "协议书内容", "long_text"), stops=("conclude", "report"),
    ),
    _rule(
        A.REQUEST_REVIEW, frozenset({S.CONCLUDED}), S.UNDER_REVIEW, _PETITIONER, "35",
        Field("reason", "不服的理由", "long_text", required=False),
        starts=("review",), stops=("ask_review",),
    ),
    _rule(
        A.DECIDE_REVIEW, frozenset({S.UNDER_REVIEW}), S.REVIEWED, _REVIEWERS, "35",
        Field("decision", "复查结论", "choice", _DECISIONS),
        Field("opinion", "复查意见", "long_text"),
        starts=("ask_reexamination",), stops=("review",),
    ),
    _rule(
        A.REQUEST_REEXAMINATION, frozenset({S.REVIEWED}), S.UNDER_REEXAMINATION, _PETITIONER,
        "36", Field("reason", "不服的理由", "long_text", required=False),
        starts=("reexamination",), stops=("ask_reexamination",),
    ),
    _rule(
        A.DECIDE_REEXAMINATION, frozenset({S.UNDER_REEXAMINATION}), S.REEXAMINED, _REVIEWERS,
        "36", Field("decision", "复核结论", "choice", _DECISIONS),
        Field("opinion", "复核意见", "long_text"), stops=("reexamination",),
    ),
    _rule(
        A.WITHDRAW, OPEN, S.WITHDRAWN, _PETITIONER, "",
        Field("reason", "撤回的原因", "long_text", required=False), cancels=_ALL_CLOCKS,
    ),
    _rule(A.CLOSE, HAS_RESULT - {S.CLOSED}, S.CLOSED, _OFFICE, ""),
    _rule(
        A.RATE, frozenset(S) - OPEN - {S.WITHDRAWN} | {S.UNDER_REVIEW, S.UNDER_REEXAMINATION},
        None, _PETITIONER, "21",
        Field("petition_office", "对信访部门", "choice", _RATINGS),
        Field("responsible_unit", "对办理单位", "choice", _RATINGS),
        Field("comment", "想说的话", "long_text", required=False),
    ),
    _rule(
        A.URGE, OPEN, None, _PETITIONER, "",
        Field("comment", "催办的话", "long_text", required=False),
    ),
    _rule(
        A.ADD_MATERIAL, TAKES_PAPERS, None, _PETITIONER, "19",
        Field("count", "照片张数", "number"),
    ),
    _rule(A.RENEW_CODE, frozenset(S), None, _OFFICE, "", own_way=True),
    _rule(
        A.SUPERVISE, OPEN, None, _OFFICE, "40",
        Field("cause", "督办原因", "choice", _CAUSES), Field("advice", "改进建议", "long_text"),
    ),
    _rule(
        A.REPORT_URGENT, OPEN, None, _OFFICE | _UNIT, "25", Field("reported_to", "向谁报告"),
        Field("summary", "情况和已采取的措施", "long_text"), is_public=False,
    ),
    _rule(
        A.CORRECT_ROUTE, OPEN, None, _OFFICE, "22",
        Field("window", "正确的窗口", "choice", tuple((window.key, window.label) for window in WINDOWS.values())),
        Field("domain", "正确的领域", "choice", tuple(DOMAIN_LABELS.items()), required=False),
        Field("kind", "正确的诉求类型", "choice", tuple(KIND_LABELS.items()), required=False),
        Field("reason", "理由", "long_text", required=False), is_public=False,
    ),
    _rule(
        A.DECIDE_ACCUSATION, frozenset(S), None, _OFFICE, "30",
        Field("kind", "性质", "choice", KINDS_DECIDED), is_public=False,
    ),
    _rule(
        A.NOTE, frozenset(S), None, _STAFF, "", Field("text", "备注", "long_text"),
        is_public=False,
    ),
)  # fmt: skip

RULE_OF: dict[A, Rule] = {rule.action: rule for rule in TABLE}
