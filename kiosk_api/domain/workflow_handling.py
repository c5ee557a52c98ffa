"""Rows of the workflow table: how a unit accepts, handles and concludes (Art. 23, 29-34)."""

from __future__ import annotations

from kiosk_api.domain.labels_zh import OUTCOME_LABELS, SUGGESTION_OUTCOME_LABELS
from kiosk_api.domain.workflow_rows import (
    CONSENT,
    DONE,
    EXECUTE_BY,
    HANDED_OVER,
    HEAR_BY,
    IN_HAND,
    IN_REVIEW,
    LEADER,
    OFFICE,
    PROCEDURES,
    REASON,
    REVIEWERS,
    UNIT,
    rule,
)
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Field, Rule
from kiosk_api.domain.workflow_types import Status as S

REMEDIES = (
    ("court", "向法院起诉"), ("arbitration", "申请仲裁"), ("reconsideration", "申请行政复议"),
    ("procuratorate", "申请检察监督"), ("party_review", "党员申诉、申请复审"), ("other", "其他法定途径"),
)  # fmt: skip
DECLINED_FOR = (
    ("not_competent", "不属于本机关、单位和本系统的职权范围（第二十三条）"),
    ("litigation", "应当通过诉讼、检察、公安程序处理（第三十一条第一项）"),
    ("arbitration", "应当通过仲裁解决（第三十一条第二项）"),
    ("party_appeal", "应当通过党员申诉、申请复审解决（第三十一条第三项）"),
    ("administrative", "应当通过行政复议等行政程序解决（第三十一条第四项）"),
    ("being_handled", "同一事项已经受理或正在办理（第十九条）"),
    ("closed_for_good", "同一事实和理由已经复核终结（第三十六条）"),
)  # fmt: skip
"""Why a matter is not accepted here, as far as the Regulations name it; the reason says the rest."""
_CARRIED_OUT = ((DONE, "已经执行到位"), ("partly", "执行了一部分"), ("not_yet", "还没有执行"))
_CONCLUDED = ("conclude", "own_limit", "next_word")
_MEDIATED = HANDED_OVER | IN_HAND | IN_REVIEW | {S.REGISTERED}
SUPPORTED = frozenset({S.CONCLUDED, S.SETTLED, S.UNDER_REVIEW, S.REVIEWED, S.UNDER_REEXAMINATION, S.REEXAMINED})

HANDLING: tuple[Rule, ...] = (
    rule(
        A.ACCEPT, HANDED_OVER | {S.DECLINED}, S.ACCEPTED, UNIT, "23",
        Field("procedure", "按第三十一条哪一项办理（申诉求决）", "choice", PROCEDURES, required=False),
        Field("organ", "由哪个机关按程序办（第一项至第五项）", required=False),
        Field("own_limit", "该程序自己的期限（第一项至第五项，有就填）", "date", required=False), HEAR_BY,
        starts=("conclude", "own_limit", "next_word"), stops=("notice", "next_word"), cancels=("objection",),
    ),
    rule(
        A.DECLINE, HANDED_OVER, S.DECLINED, UNIT, "23",
        Field("cause", "属于哪一种情况", "choice", DECLINED_FOR, required=False), REASON,
        Field("where_to_go", "应当向哪里提出", "text"),
        stops=("notice",), cancels=("objection", "next_word"),
    ),
    rule(
        A.REQUEST_EXTENSION, IN_HAND, None, UNIT, "34",
        Field("days", "申请延长的天数（不超过30）", "number"), REASON, is_public=False,
    ),
    rule(
        A.EXTEND, IN_HAND, None, LEADER, "34",
        Field("days", "批准延长的天数（不填按申请的）", "number", required=False),
        Field("reason", "告知信访人的延期理由（不填按申请的）", "long_text", required=False),
    ),
    rule(A.REFUSE_EXTENSION, IN_HAND, None, LEADER, "34", REASON, is_public=False),
    rule(
        A.HOLD_HEARING, IN_HAND | {S.UNDER_REEXAMINATION}, None, UNIT | REVIEWERS, "36", starts=("hearing",),
    ),
    rule(
        A.END_HEARING, IN_HAND | {S.UNDER_REEXAMINATION}, None, UNIT | REVIEWERS, "36", stops=("hearing",),
    ),
    rule(
        A.CONCLUDE, IN_HAND, S.CONCLUDED, UNIT, "32",
        Field("outcome", "处理结果", "choice", tuple(OUTCOME_LABELS.items())),
        Field("request", "投诉请求", "long_text"),
        Field("facts_and_reasons", "事实和理由", "long_text"),
        Field("finding", "处理意见", "long_text"),
        Field("legal_basis", "法律法规依据", "long_text"),
        EXECUTE_BY,
        Field("examined_anew", "重新调查了什么（重新办理的必填）", "long_text", required=False),
        Field("remedy", "不服可以走的途径（第一项至第五项必填）", "choice", REMEDIES, required=False),
        Field("remedy_at", "向哪个机关提出（第一项至第五项必填）", required=False),
        Field("remedy_by", "最晚哪一天提出（第一项至第五项必填）", "date", required=False),
        starts=("execution",), stops=_CONCLUDED,
    ),
    rule(
        A.ANSWER_SUGGESTION, frozenset({S.ACCEPTED}), S.ANSWERED, UNIT, "29",
        Field("outcome", "研究结果", "choice", tuple(SUGGESTION_OUTCOME_LABELS.items())), REASON,
        stops=_CONCLUDED,
    ),
    rule(
        A.REPORT_OUTCOME, frozenset({S.FORWARDED, S.TRANSFERRED}), S.ANSWERED, UNIT | OFFICE, "22",
        Field("result", "有关机关的办理结果", "long_text"),
        stops=("notice", "next_word"), cancels=("objection",),
    ),
    rule(
        A.MEDIATE, _MEDIATED, None, UNIT | OFFICE | REVIEWERS, "33",
        Field("summary", "调解情况", "long_text"), CONSENT,
    ),
    rule(
        A.SETTLE, _MEDIATED, S.SETTLED, UNIT | OFFICE | REVIEWERS, "33",
        Field("agreement", "协议书内容", "long_text"), CONSENT, EXECUTE_BY,
        starts=("execution",), stops=("route", *_CONCLUDED, "review", "reexamination"),
        cancels=("notice", "objection", "execution"),
    ),
    rule(
        A.REPORT_EXECUTION, SUPPORTED, None, UNIT | OFFICE, "32",
        Field("carried_out", "执行情况", "choice", _CARRIED_OUT), Field("how", "怎样执行的（信访人看得到）", "long_text"),
        stops=("execution",),
    ),
    rule(
        A.CLOSING_REPORT,
        frozenset({S.DECLINED, S.CONCLUDED, S.ANSWERED, S.SETTLED, S.UNDER_REVIEW, S.REVIEWED,
                   S.UNDER_REEXAMINATION, S.REEXAMINED}),
        None, UNIT, "22", Field("report", "办结报告", "long_text"), stops=("report",), is_public=False,
    ),
)  # fmt: skip
