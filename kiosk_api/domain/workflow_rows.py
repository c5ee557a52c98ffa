"""What the rows of the workflow table are written with: states, roles, choices and fields that recur."""

from __future__ import annotations

from kiosk_api.domain.labels_zh import ACTION_LABELS
from kiosk_api.domain.workflow_types import Action, Field, Role, Rule
from kiosk_api.domain.workflow_types import Status as S

OFFICE = frozenset({Role.PETITION_OFFICE, Role.SUPERVISOR})
UNIT = frozenset({Role.RESPONSIBLE_UNIT})
LEADER = frozenset({Role.UNIT_LEADER})
REVIEWERS = frozenset({Role.REVIEW_UNIT})
PETITIONER = frozenset({Role.PETITIONER})
STAFF = OFFICE | UNIT | LEADER | REVIEWERS

OPEN = frozenset(
    {S.REGISTERED, S.REPORTED, S.FORWARDED, S.ASSIGNED, S.OBJECTED, S.ACCEPTED, S.UNDER_REVIEW,
     S.REHANDLING, S.UNDER_REEXAMINATION}
)  # fmt: skip
"""Somebody in office has the next step."""
HAS_RESULT = frozenset(S) - OPEN - {S.WITHDRAWN}
"""A result was given in writing."""
TAKES_PAPERS = OPEN | {S.CONCLUDED, S.REVIEWED}
"""Somebody still reads what comes in: now, or in the review that may be asked for."""
NEW = frozenset({S.REGISTERED, S.REPORTED})
HANDED_OVER = frozenset({S.FORWARDED, S.ASSIGNED})
IN_HAND = frozenset({S.ACCEPTED, S.REHANDLING})
"""A unit handles it: for the first time, or anew after its opinion was annulled."""
IN_REVIEW = frozenset({S.UNDER_REVIEW, S.UNDER_REEXAMINATION})
"""Another body decides: the reviewed unit has no hand in it."""

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
IS_ACCUSATION, IS_ORDINARY = "accusation", "ordinary"
KINDS_DECIDED = ((IS_ACCUSATION, "是检举控告"), (IS_ORDINARY, "不是，按一般诉求办"))
RETURNED, CHANGED = "returned", "changed"
DECISIONS = (("upheld", "维持"), (CHANGED, "变更"), (RETURNED, "撤销，责令重新办理"))
DONE = "done"

REASON = Field("reason", "理由", "long_text")
UNIT_FIELD = Field("unit", "有权处理的单位", "unit")
HEAR_BY = Field("hear_by", "下一次回音的日期（不填按本单位规定）", "date", required=False)
EXECUTE_BY = Field("execute_by", "执行到位的日期（支持请求、达成协议的；不填按本单位规定）", "date", required=False)
CONSENT = Field("consent", "当事人是否同意", "choice", (("both", "双方都同意"), ("not_both", "有一方不同意")))

ALL_CLOCKS = (
    "route", "notice", "objection", "report", "conclude", "own_limit", "next_word", "execution", "hearing",
    "ask_review", "review", "ask_reexamination", "reexamination", "supervision",
)  # fmt: skip
"""Every clock but the one of advice to a unit: it is about the unit, and outlives the case."""


def rule(
    action: Action, from_: frozenset[S], to: S | None, roles: frozenset[Role], article: str,
    *fields: Field, starts: tuple[str, ...] = (), stops: tuple[str, ...] = (),
    cancels: tuple[str, ...] = (), is_public: bool = True, own_way: bool = False, may_to: tuple[S, ...] = (),
) -> Rule:  # fmt: skip
    """A row, with the label of its action."""
    label = ACTION_LABELS[action.value]
    return Rule(action, from_, to, roles, article, label, fields, starts, stops, cancels, is_public, own_way, may_to)
