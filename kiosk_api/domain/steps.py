"""The way of one case in steps, as its petitioner is shown it: what was done and when, what is being done and until
when, and what may follow. It follows from the recorded events and the clocks they started; nothing else is promised.

What was undone by a recall or an upheld objection is left out: the case begins again at its registration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import Deadline, day_of, deadlines
from kiosk_api.domain.history import has_review_right, last, reaches_nobody
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.workflow_review import FAILED, OPINION
from kiosk_api.domain.workflow_rows import DONE, IS_ACCUSATION, RETURNED
from kiosk_api.domain.workflow_table import RULE_OF
from kiosk_api.domain.workflow_types import Action, Event, Status

State = Literal["done", "now", "late", "next"]
_APPEAL = "appeal"
_TAKEN_BACK = (Action.RECALL, Action.UPHOLD_OBJECTION)
_STEP_OF = {
    Action.FORWARD: "handed_over",
    Action.ASSIGN: "handed_over",
    Action.DECIDE_COMPETENCE: "handed_over",
    Action.TRANSFER: "transferred",
    Action.GUIDE: "guided",
    Action.ACCEPT: "accepted",
    Action.DECLINE: "declined",
    Action.DECLINE_REPEAT: "declined",
    Action.CONCLUDE: "handled",
    Action.ANSWER_SUGGESTION: "answered",
    Action.REPORT_OUTCOME: "answered",
    Action.SETTLE: "settled",
    Action.DECIDE_REVIEW: "review",
    Action.DECIDE_REEXAMINATION: "reexamination",
    Action.WITHDRAW: "withdrawn",
    Action.CLOSE: "closed",
}
_INSTEAD_OF = {
    Action.ACCEPT: "declined",
    Action.DECIDE_COMPETENCE: "handed_over",
    Action.WITHDRAW: "", Action.CLOSE: "",
}  # fmt: skip
"""The earlier step that this one takes the place of."""
_HANDLING_ENDS_BY = ("conclude", "own_limit")


@dataclass(frozen=True)
class Step:
    """One step. `on`: the day it was done; `by`: the last day for what goes on now; `days`: the days that the Regulations
    allow for it once the step before is done, where no date can be said yet."""

    key: str
    state: State
    on: date | None = None
    by: date | None = None
    days: int | None = None
    article: str = ""


def steps_of(kind: str, status: Status, events: Sequence[Event], calendar: WorkCalendar, now: datetime) -> list[Step]:
    """The steps of a case, in their order. One at most goes on now or is late, beside what is to be carried out."""
    valid = _valid(events)
    open_clocks = {one.key: one for one in deadlines(events, calendar, now) if one.state in ("running", "overdue")}
    return [*_done(valid), *_to_come(kind, status, valid, open_clocks)]


def _valid(events: Sequence[Event]) -> list[Event]:
    """The registration and what was done since the case was last taken back."""
    places = [place for place, event in enumerate(events) if event.action in _TAKEN_BACK]
    return [events[0], *(events[places[-1] + 1 :] if places else events[1:])]


def _done(events: Sequence[Event]) -> list[Step]:
    found = [Step("registered", "done", on=day_of(events[0]), article="22")]
    again = False
    for event in events[1:]:
        key = _STEP_OF.get(event.action, "")
        if replaced := _INSTEAD_OF.get(event.action):
            found = [one for one in found if one.key != replaced]
        if key == "handled" and again:
            key = "rehandled"
        if key:
            found.append(Step(key, "done", on=event.at.date(), article=RULE_OF[event.action].article))
        again = again or event.data.get("decision") == RETURNED
        if not _is_answered(found):
            found += _received(event)
        found += _carried_out(event)
    return found


def _is_answered(steps: Sequence[Step]) -> bool:
    """Whether the latest opinion is already said to have reached the petitioner."""
    return next(
        (one.key == "answered" for one in reversed(steps) if one.key in ("handled", "rehandled", "answered")), False
    )


def _received(event: Event) -> list[Step]:
    """The opinion in writing: the days to ask for a review run from it (Art. 35). Who asks for one has the answer."""
    if event.action is Action.REQUEST_REVIEW:
        return [Step("answered", "done", on=event.at.date(), article="32")]
    if event.action is not Action.DELIVER or event.data["document"] != OPINION or event.data["method"] == FAILED:
        return []
    return [Step("answered", "done", on=date.fromisoformat(event.data["received_on"]), article="32")]


def _carried_out(event: Event) -> list[Step]:
    if event.action is not Action.REPORT_EXECUTION or event.data.get("carried_out") != DONE:
        return []
    return [Step("carried_out", "done", on=event.at.date(), article="32")]


def _to_come(kind: str, status: Status, events: Sequence[Event], clocks: dict[str, Deadline]) -> list[Step]:
    match status:
        case Status.REGISTERED | Status.REPORTED:
            return [_now("handed_over", "22", clocks, "route", "next_word"), *_once_handed_over(kind, clocks)]
        case Status.FORWARDED | Status.ASSIGNED | Status.OBJECTED:
            return _while_handed_over(kind, events, clocks)
        case Status.TRANSFERRED:
            return [_now("answered", "22", clocks, "next_word")]
        case Status.ACCEPTED:
            return [_now("handled", "31", clocks, *_HANDLING_ENDS_BY), Step("answered", "next", article="32"),
                    *([Step("review", "next", article="35")] if has_review_right(events) else [])]  # fmt: skip
        case Status.REHANDLING:
            return [_now("rehandled", "35", clocks, "conclude"), Step("answered", "next", article="32")]
        case Status.UNDER_REVIEW:
            return [_now("review", "35", clocks, "review")]
        case Status.UNDER_REEXAMINATION:
            return [_now("reexamination", "36", clocks, "reexamination")]
        case _:
            return _after_a_result(status, events, clocks)


def _while_handed_over(kind: str, events: Sequence[Event], clocks: dict[str, Deadline]) -> list[Step]:
    """A case that went to a court or a discipline organ stays there while that organ objects."""
    sent = last(events, *(action for action, key in _STEP_OF.items() if key in ("handed_over", "transferred")))
    if sent is not None and sent.action is Action.TRANSFER:
        return [_now("answered", "22", clocks, "next_word")]
    first, *others = _once_handed_over(kind, clocks)
    return [_now(first.key, first.article, clocks, "notice"), *others]


def _once_handed_over(kind: str, clocks: dict[str, Deadline]) -> list[Step]:
    """An accusation is not accepted as an appeal is; its petitioner is told by the rules of the organs that handle it (Art. 23
    (4), 30); only an appeal has the sixty days and a review (Art. 34, 35)."""
    if kind == IS_ACCUSATION:
        return [Step("handled", "next", article="30"), Step("answered", "next", article="23")]
    appeal = kind == _APPEAL
    found = [
        Step("accepted", "next", days=PERIODS["notice"].amount, article="23"),
        Step("handled", "next", days=PERIODS["conclude"].amount if appeal else None, article="34" if appeal else "29"),
        Step("answered", "next", article="32" if appeal else "29"),
    ]
    return [*found, Step("review", "next", article="35")] if appeal else found


def _after_a_result(status: Status, events: Sequence[Event], clocks: dict[str, Deadline]) -> list[Step]:
    found: list[Step] = []
    if status is Status.CONCLUDED and not _is_received(events) and not reaches_nobody(events):
        found.append(Step("answered", "now", article="32"))
    if "execution" in clocks:
        found.append(_now("carried_out", "32", clocks, "execution"))
    if status is Status.CONCLUDED and has_review_right(events) and ("ask_review" in clocks or not _is_received(events)):
        found.append(_may("review", "35", clocks.get("ask_review")))
    if status is Status.REVIEWED:
        found += [_may("reexamination", "36", clocks["ask_reexamination"])] if "ask_reexamination" in clocks else []
    return found


def _is_received(events: Sequence[Event]) -> bool:
    """Whether the latest opinion has reached the petitioner in writing."""
    for event in reversed(events):
        if event.action is Action.CONCLUDE:
            return False
        if _received(event):
            return True
    return False


def _may(key: str, article: str, clock: Deadline | None) -> Step:
    """What the petitioner may ask for, until a day."""
    return Step(key, "next", by=clock.due_on if clock else None, article=article)


def _now(key: str, article: str, clocks: dict[str, Deadline], *named: str) -> Step:
    """What goes on now, until the first of the named clocks that runs."""
    clock = next((clocks[one] for one in named if one in clocks), None)
    late = clock is not None and clock.state == "overdue"
    return Step(key, "late" if late else "now", by=clock.due_on if clock else None, article=article)
