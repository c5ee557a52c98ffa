"""Rows of the workflow table: from registration until a unit has the case (Art. 20, 22-24)."""

from __future__ import annotations

from kiosk_api.domain.workflow_rows import (
    ALL_CLOCKS,
    HANDED_OVER,
    HEAR_BY,
    NEW,
    OFFICE,
    OPEN,
    PETITIONER,
    REASON,
    UNIT,
    UNIT_FIELD,
    rule,
)
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Field, Rule
from kiosk_api.domain.workflow_types import Status as S

_GOVERNING = (("party_committee", "本级党委"), ("government", "本级政府"))
SAME, DIFFERENT = "same", "different"
SAME_OR_NOT = ((SAME, "是同一件事"), (DIFFERENT, "不是同一件事"))
BEING_HANDLED, CLOSED_FOR_GOOD = "being_handled", "closed_for_good"
REPEATS = (
    (BEING_HANDLED, "同一事项已经受理或正在办理（第十九条）"),
    (CLOSED_FOR_GOOD, "同一事实和理由已经复核终结（第三十六条）"),
)
JOINT_CONFERENCE = "joint_conference"
_DECIDERS = (("common_superior", "共同的上一级机关、单位"), (JOINT_CONFERENCE, "信访工作联席会议（没有共同上级时）"))
TAKEN_BACK_FROM = frozenset(
    {S.GUIDED, S.FORWARDED, S.ASSIGNED, S.OBJECTED, S.ACCEPTED, S.TRANSFERRED, S.REHANDLING, S.DECLINED, S.CONCLUDED,
     S.ANSWERED, S.SETTLED, S.UNDER_REVIEW, S.REVIEWED, S.UNDER_REEXAMINATION, S.REEXAMINED}
)  # fmt: skip

INTAKE: tuple[Rule, ...] = (
    rule(A.REGISTER, frozenset(), S.REGISTERED, PETITIONER | OFFICE, "22", starts=("route",)),
    rule(
        A.REPORT_FOR_DECISION, frozenset({S.REGISTERED}), S.REPORTED, OFFICE, "22",
        Field("reported_to", "报请谁决定", "choice", _GOVERNING), Field("proposal", "建议", "long_text"), HEAR_BY,
        starts=("next_word",), stops=("route",),
    ),
    rule(
        A.FORWARD, NEW, S.FORWARDED, OFFICE, "22", UNIT_FIELD,
        starts=("notice", "objection", "next_word"), stops=("route", "next_word"),
    ),
    rule(
        A.ASSIGN, NEW, S.ASSIGNED, OFFICE, "22", UNIT_FIELD,
        Field("report_by", "要求报告结果的日期", "date"),
        starts=("notice", "objection", "report"), stops=("route", "next_word"),
    ),
    rule(
        A.TRANSFER, NEW, S.TRANSFERRED, OFFICE, "22",
        Field("unit", "政法机关或纪检监察机关", "unit"), REASON, HEAR_BY,
        starts=("objection", "next_word"), stops=("route", "next_word"),
    ),
    rule(
        A.GUIDE, NEW, S.GUIDED, OFFICE, "22",
        Field("organ", "应当向哪个政法机关反映"), REASON, Field("bring", "要带的材料", "long_text"),
        stops=("route", "next_word"),
    ),
    rule(
        A.DECIDE_REPEAT, OPEN, None, OFFICE, "19",
        Field("first", "先前那件的信访件编号"), Field("same", "是不是同一事项", "choice", SAME_OR_NOT), is_public=False,
    ),
    rule(
        A.DECLINE_REPEAT, NEW, S.DECLINED, OFFICE, "19",
        Field("cause", "属于哪一种", "choice", REPEATS), Field("same_as", "同一事项的信访件编号"), REASON,
        Field("where_to_go", "可以到哪里查、找谁", "text"), stops=("route", "next_word"),
    ),
    rule(
        A.OBJECT, HANDED_OVER | {S.TRANSFERRED}, S.OBJECTED, UNIT, "23", REASON, stops=("objection",),
    ),
    rule(
        A.UPHOLD_OBJECTION, frozenset({S.OBJECTED}), S.REGISTERED, OFFICE, "23",
        Field("reason", "说明", "long_text", required=False),
        starts=("route",), cancels=("notice", "report", "next_word"),
    ),
    rule(
        A.REJECT_OBJECTION, frozenset({S.OBJECTED}), S.FORWARDED, OFFICE, "23", REASON,
        may_to=(S.ASSIGNED, S.TRANSFERRED),
    ),
    rule(
        A.DECIDE_COMPETENCE, frozenset({S.REGISTERED, S.OBJECTED}), S.FORWARDED, OFFICE, "24",
        Field("decided_by", "由谁决定", "choice", _DECIDERS), Field("decider", "作出决定的机关或会议"),
        UNIT_FIELD, REASON,
        starts=("notice", "next_word"), stops=("route",), cancels=("notice", "objection", "next_word"), may_to=(S.ASSIGNED,),
    ),
    rule(
        A.RECALL, TAKEN_BACK_FROM, S.REGISTERED, OFFICE, "22", REASON,
        starts=("route",),
        cancels=("notice", "objection", "report", "conclude", "own_limit", "next_word", "execution", "hearing",
                 "ask_review", "review", "ask_reexamination", "reexamination"),
    ),
    rule(
        A.GIVE_WORD, frozenset({S.REPORTED, S.ACCEPTED, S.TRANSFERRED}), None, OFFICE | UNIT, "21",
        Field("word", "告诉信访人的进展", "long_text"), HEAR_BY, starts=("next_word",), stops=("next_word",),
    ),
    rule(
        A.WITHDRAW, OPEN, S.WITHDRAWN, PETITIONER, "",
        Field("reason", "撤回的原因", "long_text", required=False), cancels=ALL_CLOCKS,
    ),
)  # fmt: skip
