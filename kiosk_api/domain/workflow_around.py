"""Rows of the workflow table: what goes on beside the handling (Art. 21, 25, 28, 30, 40)."""

from __future__ import annotations

from kiosk_api.domain.labels_zh import DOMAIN_LABELS, KIND_LABELS, RATING_LABELS
from kiosk_api.domain.windows import WINDOWS
from kiosk_api.domain.workflow_rows import (
    ALL_CLOCKS,
    HAS_RESULT,
    KINDS_DECIDED,
    LEADER,
    NEW,
    OFFICE,
    OPEN,
    PETITIONER,
    REASON,
    STAFF,
    TAKES_PAPERS,
    UNIT,
    rule,
)
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Field, Rule
from kiosk_api.domain.workflow_types import Status as S

REFUSAL = "refusal"
_CAUSES = (
    ("delay", "拖延办理"),
    ("shirking", "推诿、敷衍"),
    ("sham", "弄虚作假"),
    (REFUSAL, "拒不执行处理意见"),
    ("not_accepted", "应当受理而不受理"),
)
_RATINGS = tuple(RATING_LABELS.items())
URGENT_TO = (
    ("party_committee", "本级党委"), ("government", "本级政府"), ("department", "相关主管部门"),
    ("joint_conference", "本级联席会议办公室"), ("superior_office", "上一级信访部门"),
    ("national_office", "国家信访局"),
)  # fmt: skip
URGENT_BY_UNITS = frozenset({"party_committee", "government", "department", "joint_conference"})
"""Art. 25 (1): whom every organ tells; the petition office tells all (Art. 25 (2))."""
_ADVICE = (("improve", "改进工作"), ("policy", "完善政策"), ("accountability", "追究责任"))
_ADOPTED = (("adopted", "采纳"), ("partly", "部分采纳"), ("not_adopted", "不采纳"))
_ORGANISATION = (
    ("organisation_department", "组织（人事）部门"), ("party_leaders", "党委主要负责同志和分管组织工作的负责同志"),
)  # fmt: skip
SUPERVISED = OPEN | {S.DECLINED, S.CONCLUDED, S.ANSWERED, S.SETTLED, S.REVIEWED, S.REEXAMINED}
_CONTACTS = (("call", "电话"), ("visit", "当面"), ("letter", "书信"), ("message", "短信或者网上留言"))
_ANY = frozenset(S)
_PERSON = Field("officer", "被检举的人的登录名（有本系统账号的才填）", required=False)

AROUND: tuple[Rule, ...] = (
    rule(A.CLOSE, HAS_RESULT - {S.CLOSED}, S.CLOSED, OFFICE, "", cancels=ALL_CLOCKS),
    rule(
        A.RATE, HAS_RESULT | {S.UNDER_REVIEW, S.REHANDLING, S.UNDER_REEXAMINATION}, None, PETITIONER, "21",
        Field("petition_office", "对信访部门", "choice", _RATINGS),
        Field("responsible_unit", "对办理单位", "choice", _RATINGS, required=False),
        Field("comment", "想说的话", "long_text", required=False),
    ),
    rule(
        A.URGE, OPEN | {S.TRANSFERRED}, None, PETITIONER, "",
        Field("comment", "催办的话", "long_text", required=False),
    ),
    rule(
        A.ADD_MATERIAL, TAKES_PAPERS, None, PETITIONER, "19",
        Field("count", "照片张数", "number"),
    ),
    rule(A.RENEW_CODE, _ANY, None, OFFICE, "", own_way=True),
    rule(
        A.SUPERVISE, SUPERVISED, None, OFFICE, "40",
        Field("cause", "督办原因", "choice", _CAUSES), Field("advice", "改进建议", "long_text"),
        Field("answer_by", "要求答复的日期（不填按本单位规定）", "date", required=False),
        starts=("supervision",),
    ),
    rule(
        A.ANSWER_SUPERVISION, SUPERVISED, None, UNIT | OFFICE, "40",
        Field("feedback", "督办的答复和整改情况", "long_text"), stops=("supervision",),
    ),
    rule(
        A.ADVISE, _ANY, None, OFFICE, "40",
        Field("addressee", "向哪个单位提出", "unit"), Field("advice_kind", "建议的种类", "choice", _ADVICE),
        Field("advice", "建议内容", "long_text"),
        Field("answer_by", "要求书面反馈的日期（不填按本单位规定）", "date", required=False),
        starts=("advice",), is_public=False,
    ),
    rule(
        A.ANSWER_ADVICE, _ANY, None, UNIT | OFFICE, "40",
        Field("which", "反馈的是第几条建议", "number", required=False),
        Field("adopted", "采纳情况", "choice", _ADOPTED), Field("feedback", "书面反馈", "long_text"),
        stops=("advice",), is_public=False,
    ),
    rule(
        A.REPORT_URGENT, OPEN, None, OFFICE | UNIT, "25",
        Field("recipients", "向谁报告、通报", "choices", URGENT_TO),
        Field("reported_to", "具体单位和联系人", required=False),
        Field("summary", "情况和已采取的措施", "long_text"), is_public=False,
    ),
    rule(
        A.NOTIFY_ORGANISATION, _ANY, None, OFFICE, "30",
        Field("notified", "通报给谁", "choice", _ORGANISATION), Field("summary", "反映干部问题的情况", "long_text"),
        is_public=False,
    ),
    rule(
        A.STEP_ASIDE, OPEN | {S.TRANSFERRED, S.CONCLUDED, S.REVIEWED}, None, STAFF, "28",
        Field("officer", "回避人员的用户名（不填就是您本人）", required=False),
        Field("interest", "有什么利害关系", "long_text"), is_public=False,
    ),
    rule(
        A.CORRECT_ROUTE, OPEN, None, OFFICE, "22",
        Field("window", "正确的窗口", "choice", tuple((window.key, window.label) for window in WINDOWS.values())),
        Field("domain", "正确的领域", "choice", tuple(DOMAIN_LABELS.items()), required=False),
        Field("kind", "正确的诉求类型", "choice", tuple(KIND_LABELS.items()), required=False),
        Field("reason", "理由", "long_text", required=False), is_public=False,
    ),
    rule(
        A.DECIDE_ACCUSATION, _ANY, None, OFFICE, "30",
        Field("kind", "性质", "choice", KINDS_DECIDED), is_public=False,
    ),
    rule(
        A.NAME_ACCUSED, _ANY, None, OFFICE, "30",
        Field("unit", "被检举的单位（检举的是人，就选他的单位）", "unit"), _PERSON, is_public=False,
    ),
    rule(
        A.CLEAR_ACCUSED, _ANY, None, OFFICE, "30",
        Field("unit", "记错的单位（记错的是人，就选他的单位）", "unit"), _PERSON, REASON, is_public=False,
    ),
    rule(
        A.ENTRUST, _ANY - NEW - {S.WITHDRAWN, S.CLOSED}, None, UNIT | LEADER, "",
        Field("officer", "承办人的用户名"), is_public=False, own_way=True,
    ),
    rule(
        A.CONTACT, _ANY, None, STAFF, "",
        Field("contact_kind", "联系的方式", "choice", _CONTACTS), Field("note", "联系的情况", "long_text"),
        is_public=False,
    ),
    rule(A.NOTE, _ANY, None, STAFF, "", Field("text", "备注", "long_text"), is_public=False),
)  # fmt: skip
