"""What a petitioner is told at home, and when: one table from events and clocks to notices.

A notice says that there is news, never what it is: the decision itself stands whole on the status page and in its
document. Where the Regulations owe the petitioner the telling, its article stands here, and nobody can opt out of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk_api.domain.decisions import TOLD
from kiosk_api.domain.policy import QUIET_FROM, QUIET_UNTIL, RATING_ASKED_AFTER
from kiosk_api.domain.workflow_types import Action, Event


class NoticeKind(StrEnum):
    """What happened, as the office's side knows it; none of these words is sent."""

    REGISTERED = "registered"
    FORWARDED = "forwarded"
    REPORTED = "reported"
    TRANSFERRED = "transferred"
    GUIDED = "guided"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXTENDED = "extended"
    WORD = "word"
    URGE_ANSWERED = "urge_answered"
    DOCUMENT_READY = "document_ready"
    OPINION = "opinion"
    REPLY = "reply"
    OUTCOME = "outcome"
    EXECUTION = "execution"
    SETTLED = "settled"
    REVIEWED = "reviewed"
    REEXAMINED = "reexamined"
    SUPERVISED = "supervised"
    SUPERVISION_ANSWERED = "supervision_answered"
    DUE = "due"
    OVERDUE = "overdue"
    RATING = "rating"
    CALLBACK_ASKED = "callback_asked"
    CALLBACK_MISSED = "callback_missed"


class Said(StrEnum):
    """The few things that are said, and the names of the templates of platforms that send only approved ones."""

    REGISTERED = "registered"
    PROGRESS = "progress"
    DATE_NEAR = "date_near"
    LATE = "late"
    RATE = "rate"
    CALLBACK_ASKED = "callback_asked"
    CALLBACK_MISSED = "callback_missed"


@dataclass(frozen=True)
class Notice:
    """One kind of notice. `article` obliges the office to tell (empty: the office's own choice, which the petitioner
    may refuse). `may_wait`: not sent in the quiet hours; only what answers a step just taken comes at once."""

    kind: NoticeKind
    said: Said = Said.PROGRESS
    article: str = ""
    may_wait: bool = True

    @property
    def is_statutory(self) -> bool:
        """Whether nobody can opt out of it."""
        return bool(self.article)


NOTICES: dict[NoticeKind, Notice] = {
    one.kind: one
    for one in (
        Notice(NoticeKind.REGISTERED, Said.REGISTERED, may_wait=False),
        Notice(NoticeKind.FORWARDED),
        Notice(NoticeKind.REPORTED),
        Notice(NoticeKind.TRANSFERRED),
        Notice(NoticeKind.GUIDED),
        Notice(NoticeKind.ACCEPTED, article="23"),
        Notice(NoticeKind.DECLINED, article="23"),
        Notice(NoticeKind.EXTENDED, article="34"),
        Notice(NoticeKind.WORD),
        Notice(NoticeKind.URGE_ANSWERED),
        Notice(NoticeKind.DOCUMENT_READY, article="23"),
        Notice(NoticeKind.OPINION, article="32"),
        Notice(NoticeKind.REPLY, article="29"),
        Notice(NoticeKind.OUTCOME),
        Notice(NoticeKind.EXECUTION),
        Notice(NoticeKind.SETTLED, article="33"),
        Notice(NoticeKind.REVIEWED, article="35"),
        Notice(NoticeKind.REEXAMINED, article="36"),
        Notice(NoticeKind.SUPERVISED),
        Notice(NoticeKind.SUPERVISION_ANSWERED),
        Notice(NoticeKind.DUE, Said.DATE_NEAR),
        Notice(NoticeKind.OVERDUE, Said.LATE),
        Notice(NoticeKind.RATING, Said.RATE),
        Notice(NoticeKind.CALLBACK_ASKED, Said.CALLBACK_ASKED),
        Notice(NoticeKind.CALLBACK_MISSED, Said.CALLBACK_MISSED),
    )
}

OF_DECISION: dict[str, NoticeKind] = {
    "forwarding": NoticeKind.FORWARDED,
    "report": NoticeKind.REPORTED,
    "transfer": NoticeKind.TRANSFERRED,
    "guidance": NoticeKind.GUIDED,
    "acceptance": NoticeKind.ACCEPTED,
    "non_acceptance": NoticeKind.DECLINED,
    "extension": NoticeKind.EXTENDED,
    "word": NoticeKind.WORD,
    "opinion": NoticeKind.OPINION,
    "reply": NoticeKind.REPLY,
    "outcome": NoticeKind.OUTCOME,
    "execution": NoticeKind.EXECUTION,
    "settlement": NoticeKind.SETTLED,
    "review": NoticeKind.REVIEWED,
    "reexamination": NoticeKind.REEXAMINED,
    "supervision": NoticeKind.SUPERVISED,
    "supervision_answer": NoticeKind.SUPERVISION_ANSWERED,
}
"""Every kind of decision that is owed to the petitioner (decisions.py) is also a reason to tell them at home."""

OF_STAGE: Mapping[tuple[str, str], NoticeKind] = {
    ("ask_review", "due_soon"): NoticeKind.DUE,
    ("ask_reexamination", "due_soon"): NoticeKind.DUE,
    ("route", "overdue"): NoticeKind.OVERDUE,
    ("notice", "overdue"): NoticeKind.OVERDUE,
    ("conclude", "overdue"): NoticeKind.OVERDUE,
    ("review", "overdue"): NoticeKind.OVERDUE,
    ("reexamination", "overdue"): NoticeKind.OVERDUE,
}
"""What the sweep notes and the petitioner hears: their own last day coming, and a statutory period that has run out.
Dates between offices and the office's own dates are read on the status page."""

_ENDS_IN_A_RESULT = frozenset({
    NoticeKind.OPINION, NoticeKind.REPLY, NoticeKind.OUTCOME, NoticeKind.SETTLED,
})  # fmt: skip
ONCE = "rating"
"""The occasion of what happens once in the life of a case."""


@dataclass(frozen=True)
class Due:
    """A notice that an event gives rise to: its occasion within the case, and when it may go out at the earliest."""

    occasion: str
    kind: NoticeKind
    not_before: datetime


def notices_of(events: Sequence[Event], place: int) -> list[Due]:
    """What the event at `place` gives rise to. A result also asks for a rating, once in the life of a case, some days
    later: nobody is asked to rate what they have not read."""
    event = events[place]
    kind = _kind(events, place)
    if kind is None:
        return []
    found = [Due(occasion_of_event(place), kind, event.at)]
    if kind in _ENDS_IN_A_RESULT:
        found.append(Due(ONCE, NoticeKind.RATING, event.at + RATING_ASKED_AFTER))
    return found


def _kind(events: Sequence[Event], place: int) -> NoticeKind | None:
    action = events[place].action
    if action is Action.REGISTER:
        return NoticeKind.REGISTERED
    told = TOLD[action]
    if told is None:
        return None
    kind = OF_DECISION[told.kind]
    return NoticeKind.URGE_ANSWERED if kind is NoticeKind.WORD and _urge_waits(events[:place]) else kind


def _urge_waits(before: Sequence[Event]) -> bool:
    """Whether the petitioner has urged since they were last told anything."""
    for event in reversed(before):
        if event.action is Action.URGE:
            return True
        if TOLD[event.action] is not None:
            return False
    return False


def occasion_of_event(place: int) -> str:
    """The event of a case at this place."""
    return f"event:{place}"


def occasion_of_document(place: int) -> str:
    """The document that tells the decision at this place."""
    return f"document:{place}"


def occasion_of_clock(clock: str, seq: int, stage: str) -> str:
    """A stage of a clock, as the sweep notes it."""
    return f"clock:{clock}:{seq}:{stage}"


def notice_id(subject: str, occasion: str) -> str:
    """The same thing to be told of the same case has the same id, so it is kept once."""
    return f"{subject}:{occasion}"


def subject_of(notice_id: str) -> str:
    """The case, or the request to be called back, that a notice is about."""
    return notice_id.partition(":")[0]


def not_in_quiet_hours(kind: NoticeKind, now: datetime) -> datetime:
    """`now`, or the end of the quiet hours for what can wait; `now` is a moment in Shanghai."""
    clock = now.time()
    quiet = clock >= QUIET_FROM or clock < QUIET_UNTIL
    if not quiet or not NOTICES[kind].may_wait:
        return now
    day = now.date() + timedelta(days=1 if clock >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_UNTIL, now.tzinfo)
