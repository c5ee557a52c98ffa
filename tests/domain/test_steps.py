"""The steps that a petitioner is shown follow from the events: for every life of a case, and for each way it may end."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk_api.domain.labels_told_zh import STEP_LABELS
from kiosk_api.domain.steps import Step, steps_of
from kiosk_api.domain.workflow import Status
from tests.lives.reading import CALENDAR, Case, Life, at, lives, told_by

GOES_ON = ("now", "late")


def shown(case: Case, day: int) -> list[Step]:
    return steps_of(case.facts.kind, case.facts.status, case.events, CALENDAR, at(day))


def after(*lines: str) -> tuple[Case, int]:
    """A case after the lines of a life."""
    *_, found = told_by(Life("22", True, "", "", list(lines)))
    return found


def words(*lines: str) -> str:
    """The steps as `key state`, in a line."""
    return ", ".join(f"{one.key} {one.state}" for one in shown(*after(*lines)))


@pytest.mark.parametrize("life", lives(), ids=lambda life: life.id)
def test_in_every_life_the_steps_are_in_order_and_at_most_one_goes_on(life: Life) -> None:
    order = {"done": 0, "now": 1, "late": 1, "next": 2}
    for case, day in told_by(life):
        for later in (0, 20, 90):
            steps = shown(case, day + later)
            assert steps[0].key == "registered"
            assert [order[one.state] for one in steps] == sorted(order[one.state] for one in steps)
            assert sum(one.state in GOES_ON for one in steps if one.key != "carried_out") <= 1
            for one in steps:
                assert one.key in STEP_LABELS
                assert (one.on is not None) is (one.state == "done")
                assert one.state != "late" or one.by is not None
            if case.facts.status in (Status.WITHDRAWN, Status.CLOSED, Status.GUIDED, Status.DECLINED):
                assert {one.state for one in steps} == {"done"}


FORWARD, ACCEPT = "day 1 office forward unit=unit-a", "day 3 clerk accept procedure=investigation"
CONCLUDE = "day 9 clerk conclude"
DELIVER = "day 10 clerk deliver document=opinion method=post received_on=@10"
REVIEW = "day 12 citizen request_review"


@pytest.mark.parametrize(("lines", "expected"), [
    ((), "registered done, handed_over now, accepted next, handled next, answered next, review next"),
    (("case kind=accusation",), "registered done, handed_over now, handled next, answered next"),
    (("case kind=suggestion",), "registered done, handed_over now, accepted next, handled next, answered next"),
    ((FORWARD,), "registered done, handed_over done, accepted now, handled next, answered next, review next"),
    ((FORWARD, "day 2 clerk object"), "registered done, handed_over done, accepted now, handled next, answered next, review next"),
    ((FORWARD, "day 2 clerk object", "day 3 office uphold_objection"),
     "registered done, handed_over now, accepted next, handled next, answered next, review next"),
    (("day 1 office transfer unit=court",), "registered done, transferred done, answered now"),
    (("day 1 office transfer unit=court", "day 2 court object"), "registered done, transferred done, answered now"),
    (("day 1 office guide",), "registered done, guided done"),
    ((FORWARD, "day 3 clerk decline cause=not_competent"), "registered done, handed_over done, declined done"),
    ((FORWARD, ACCEPT), "registered done, handed_over done, accepted done, handled now, answered next, review next"),
    ((FORWARD, "day 3 clerk accept procedure=litigation organ=区法院 own_limit=@183"),
     "registered done, handed_over done, accepted done, handled now, answered next"),
    ((FORWARD, ACCEPT, "day 4 office recall"),
     "registered done, handed_over now, accepted next, handled next, answered next, review next"),
    ((FORWARD, ACCEPT, CONCLUDE), "registered done, handed_over done, accepted done, handled done, answered now, review next"),
    ((FORWARD, ACCEPT, CONCLUDE, DELIVER),
     "registered done, handed_over done, accepted done, handled done, answered done, review next"),
    ((FORWARD, ACCEPT, "day 9 clerk settle consent=both"),
     "registered done, handed_over done, accepted done, settled done, carried_out now"),
    ((FORWARD, ACCEPT, CONCLUDE, DELIVER, REVIEW),
     "registered done, handed_over done, accepted done, handled done, answered done, review now"),
    ((FORWARD, ACCEPT, CONCLUDE, REVIEW),
     "registered done, handed_over done, accepted done, handled done, answered done, review now"),
    ((FORWARD, ACCEPT, CONCLUDE, REVIEW, "day 13 clerk deliver document=opinion method=post received_on=@13"),
     "registered done, handed_over done, accepted done, handled done, answered done, review now"),
    ((FORWARD, ACCEPT, CONCLUDE, DELIVER, REVIEW, "day 14 reviewer decide_review decision=returned"),
     "registered done, handed_over done, accepted done, handled done, answered done, review done, rehandled now, answered next"),
    (("day 1 citizen withdraw",), "registered done, withdrawn done"),
])  # fmt: skip
def test_each_way_of_a_case_has_its_steps(lines: tuple[str, ...], expected: str) -> None:
    assert words(*lines) == expected


def test_what_goes_on_is_due_on_the_day_of_its_clock_and_late_afterwards() -> None:
    case, day = after(FORWARD, ACCEPT)
    handled = next(one for one in shown(case, day) if one.key == "handled")
    assert (handled.state, handled.by) == ("now", date(2026, 5, 4))
    assert next(one for one in shown(case, 64) if one.key == "handled").state == "late"


def test_where_no_date_can_be_said_yet_the_days_of_the_regulations_are_and_an_accusation_is_promised_none() -> None:
    days = {one.key: one.days for one in shown(*after())}
    assert (days["accepted"], days["handled"]) == (15, 60)
    assert {one.days for one in shown(*after("case kind=accusation"))} == {None}
