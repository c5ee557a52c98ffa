"""Types of the workflow: states, actions, roles, and the records that hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from kiosk_api.domain.accusations import Accusation, state_of_case
from kiosk_api.domain.errors import DomainError


class Status(StrEnum):
    """The state of a case."""

    REGISTERED = "registered"
    REPORTED = "reported"
    FORWARDED = "forwarded"
    ASSIGNED = "assigned"
    OBJECTED = "objected"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONCLUDED = "concluded"
    ANSWERED = "answered"
    SETTLED = "settled"
    UNDER_REVIEW = "under_review"
    REVIEWED = "reviewed"
    REHANDLING = "rehandling"
    UNDER_REEXAMINATION = "under_reexamination"
    REEXAMINED = "reexamined"
    TRANSFERRED = "transferred"
    GUIDED = "guided"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Action(StrEnum):
    """An action on a case; every recorded event is one of these."""

    REGISTER = "register"
    REPORT_FOR_DECISION = "report_for_decision"
    FORWARD = "forward"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    GUIDE = "guide"
    DECIDE_REPEAT = "decide_repeat"
    DECLINE_REPEAT = "decline_repeat"
    OBJECT = "object"
    UPHOLD_OBJECTION = "uphold_objection"
    REJECT_OBJECTION = "reject_objection"
    DECIDE_COMPETENCE = "decide_competence"
    RECALL = "recall"
    ACCEPT = "accept"
    DECLINE = "decline"
    REQUEST_EXTENSION = "request_extension"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    GIVE_WORD = "give_word"
    HOLD_HEARING = "hold_hearing"
    END_HEARING = "end_hearing"
    CONCLUDE = "conclude"
    ANSWER_SUGGESTION = "answer_suggestion"
    REPORT_OUTCOME = "report_outcome"
    MEDIATE = "mediate"
    SETTLE = "settle"
    REPORT_EXECUTION = "report_execution"
    CLOSING_REPORT = "closing_report"
    DELIVER = "deliver"
    REQUEST_REVIEW = "request_review"
    DECIDE_REVIEW = "decide_review"
    REQUEST_REEXAMINATION = "request_reexamination"
    DECIDE_REEXAMINATION = "decide_reexamination"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    RATE = "rate"
    URGE = "urge"
    ADD_MATERIAL = "add_material"
    RENEW_CODE = "renew_code"
    SUPERVISE = "supervise"
    ANSWER_SUPERVISION = "answer_supervision"
    ADVISE = "advise"
    ANSWER_ADVICE = "answer_advice"
    REPORT_URGENT = "report_urgent"
    NOTIFY_ORGANISATION = "notify_organisation"
    STEP_ASIDE = "step_aside"
    CORRECT_ROUTE = "correct_route"
    DECIDE_ACCUSATION = "decide_accusation"
    NAME_ACCUSED = "name_accused"
    CLEAR_ACCUSED = "clear_accused"
    ENTRUST = "entrust"
    CONTACT = "contact"
    NOTE = "note"


class Role(StrEnum):
    """Who acts."""

    PETITIONER = "petitioner"
    PETITION_OFFICE = "petition_office"
    RESPONSIBLE_UNIT = "responsible_unit"
    UNIT_LEADER = "unit_leader"
    SUPERVISOR = "supervisor"
    REVIEW_UNIT = "review_unit"
    ADMINISTRATOR = "administrator"  # of accounts; sees no case
    SYSTEM = "system"


FieldKind = Literal["text", "long_text", "choice", "choices", "date", "unit", "number"]
"""`choices` takes several keys, joined by commas."""


@dataclass(frozen=True)
class Field:
    """One thing an action must or may state. One that only some cases need is not `required` here: stated.py asks."""

    name: str
    label: str
    kind: FieldKind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Rule:
    """A row of the workflow table.

    `to` None leaves the state as it is; `may_to` are states that the data or the history lead to
    instead. `starts`, `stops` and `cancels` name clocks: a stopped
    clock was kept or missed, a cancelled one no longer matters. `article` is empty where the
    regulation is silent and the step is the office's own. An action with `own_way` is done by a use
    case of its own, which does more than record it: the general form does not offer it.
    """

    action: Action
    from_: frozenset[Status]
    to: Status | None
    roles: frozenset[Role]
    article: str
    label: str
    fields: tuple[Field, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    is_public: bool = True
    own_way: bool = False
    may_to: tuple[Status, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that was done, as recorded; clocks are computed from these alone."""

    action: Action
    at: datetime
    role: Role
    data: Mapping[str, str] = field(default_factory=dict)
    actor: str = ""


@dataclass(frozen=True)
class CaseState:
    """What the rules need to know of a case.

    `channel` is how it came (empty: not known); `superiors` names, for each unit that has to do with
    it, the units above it, the nearest first (a unit that is not there: not known); `names` every
    name of a unit that an action may name.
    """

    status: Status
    kind: str
    responsible_unit: str | None
    events: Sequence[Event]
    about_unit: str | None = None
    confidential: bool = False
    doubtful: bool = False  # whether it is an accusation waits for an officer
    channel: str = ""
    superiors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def accused_unit(self) -> str | None:
        """Whom an accusation, what may be one, or what is to be kept confidential must not reach (Art. 30)."""
        kept = self.confidential or state_of_case(self.kind, self.doubtful) is not Accusation.NO
        return self.about_unit if kept else None


@dataclass(frozen=True)
class Allowed:
    """Whether an action is open now, why not, and until when it is."""

    rule: Rule
    allowed: bool
    reason: str
    until: date | None = None


class WorkflowError(DomainError):
    """The table does not allow this; nothing was changed."""
