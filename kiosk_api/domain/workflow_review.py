"""Rows of the workflow table: how decisions reach the petitioner, review and re-examination (Art. 35, 36)."""

from __future__ import annotations

from kiosk_api.domain.labels_zh import OUTCOME_LABELS
from kiosk_api.domain.workflow_rows import (
    DECISIONS,
    EXECUTE_BY,
    OFFICE,
    PETITIONER,
    REVIEWERS,
    UNIT,
    rule,
)
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Field, Role, Rule
from kiosk_api.domain.workflow_types import Status as S

FORWARDING, ACCEPTANCE, NON_ACCEPTANCE, EXTENSION = "forwarding", "acceptance", "non_acceptance", "extension"
OPINION, REPLY, SETTLEMENT = "opinion", "reply", "settlement"
REVIEW_OPINION, REEXAMINATION_OPINION = "review", "reexamination"
DOCUMENTS = (
    (FORWARDING, "转送告知书"), (ACCEPTANCE, "受理告知书"), (NON_ACCEPTANCE, "不予受理告知书"),
    (EXTENSION, "延期告知书"), (OPINION, "处理意见书"), (REPLY, "答复书"), (SETTLEMENT, "调解、和解协议书"), (REVIEW_OPINION, "复查意见书"),
    (REEXAMINATION_OPINION, "复核意见书"),
)  # fmt: skip
"""What is given to the petitioner in writing."""
ONLINE, REFUSED, FAILED = "online", "refused", "failed"
METHODS = (
    ("on_the_spot", "当面送达"), ("post", "邮寄送达"), (ONLINE, "网上阅读"), (REFUSED, "本人拒收"),
    (FAILED, "没有送到"),
)  # fmt: skip

_MORE = (
    Field("new_outcome", "变更后的处理结果（变更的必填）", "choice", tuple(OUTCOME_LABELS.items()), required=False),
    Field("new_result", "变更后的处理意见（变更的必填）", "long_text", required=False),
    EXECUTE_BY,
    Field("unit", "重新办理的单位（撤销的；不填由原单位办）", "unit", required=False),
)

REVIEW: tuple[Rule, ...] = (
    rule(
        A.DELIVER, frozenset(S) - {S.REGISTERED, S.WITHDRAWN, S.CLOSED}, None,
        OFFICE | UNIT | REVIEWERS | PETITIONER | {Role.SYSTEM}, "23",
        Field("document", "送达的文书", "choice", DOCUMENTS), Field("method", "送达方式", "choice", METHODS),
        Field("received_on", "收到或拒收的日期（没有送到的，填知道没有送到的日期）", "date"),
        starts=("ask_review", "ask_reexamination"),
    ),
    rule(
        A.REQUEST_REVIEW, frozenset({S.CONCLUDED}), S.UNDER_REVIEW, PETITIONER, "35",
        Field("reason", "不服的理由", "long_text", required=False),
        starts=("review",), stops=("ask_review",),
    ),
    rule(
        A.DECIDE_REVIEW, frozenset({S.UNDER_REVIEW}), S.REVIEWED, REVIEWERS, "35",
        Field("decision", "复查结论", "choice", DECISIONS),
        Field("opinion", "复查意见", "long_text"), *_MORE,
        starts=("conclude", "execution"), stops=("review",), cancels=("execution",), may_to=(S.REHANDLING,),
    ),
    rule(
        A.REQUEST_REEXAMINATION, frozenset({S.REVIEWED}), S.UNDER_REEXAMINATION, PETITIONER,
        "36", Field("reason", "不服的理由", "long_text", required=False),
        starts=("reexamination",), stops=("ask_reexamination",),
    ),
    rule(
        A.DECIDE_REEXAMINATION, frozenset({S.UNDER_REEXAMINATION}), S.REEXAMINED, REVIEWERS,
        "36", Field("decision", "复核结论", "choice", DECISIONS),
        Field("opinion", "复核意见", "long_text"), *_MORE,
        starts=("conclude", "execution"), stops=("reexamination",), cancels=("execution",), may_to=(S.REHANDLING,),
    ),
)  # fmt: skip
