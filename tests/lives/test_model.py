"""Thousands of random steps: the program and the model allow the same, and their clocks are equal every day."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.workflow import Action, allowed
from kiosk_api.domain.workflow_table import OPEN
from tests.lives.model_around import Whole
from tests.lives.reading import BEGINS, CALENDAR, PEOPLE, SUPERIORS, USUAL, Case, at, day_of

OFFICE, CLERK, REVIEWER = ("office", "lead", "office2"), ("clerk", "clerk2", "clerk-b", "court"), ("reviewer", "reviewer2", "reexaminer")  # fmt: skip
WHO = {
    **dict.fromkeys((
        "report_for_decision", "forward", "assign", "transfer", "guide", "decline_repeat", "uphold_objection",
        "reject_objection", "decide_competence", "recall", "supervise", "advise", "notify_organisation",
        "correct_route", "decide_accusation", "name_accused", "clear_accused", "close", "renew_code", "decide_repeat",
    ), OFFICE),
    **dict.fromkeys((
        "object", "accept", "decline", "request_extension", "conclude", "answer_suggestion", "closing_report",
    ), CLERK),
    **dict.fromkeys(("extend", "refuse_extension"), ("leader",)),
    **dict.fromkeys(("mediate", "settle"), (*OFFICE, *CLERK, *REVIEWER)),
    **dict.fromkeys(("hold_hearing", "end_hearing"), (*CLERK, *REVIEWER)),
    **dict.fromkeys((
        "give_word", "report_outcome", "report_execution", "answer_supervision", "answer_advice",
        "report_urgent",
    ), (*OFFICE, *CLERK)),
    "decide_review": (*REVIEWER, "reviewer", "own-reviewer", "aside-reviewer"),
    "decide_reexamination": (*REVIEWER, *("reexaminer",) * 4, "aside-reviewer"),
    **dict.fromkeys(("request_review", "request_reexamination", "withdraw", "rate", "urge", "add_material"), ("citizen",)),
    "deliver": (*CLERK, *REVIEWER, "office", "citizen", "system"),
    **dict.fromkeys(("note", "contact"), (*OFFICE, *CLERK, "leader")), "entrust": (*CLERK, "leader"),
    "step_aside": ("office2", "clerk2", "reviewer2", "lead"),
    "register": ("citizen", "office"),
}  # fmt: skip
_HANDED = ("accept", "accept", "accept", "object", "settle", "decline", "report_outcome", "mediate")
_HANDLED = ("conclude", "conclude", "request_extension", "extend", "hold_hearing", "end_hearing", "settle")
_DECIDED = ("deliver", "report_execution", "closing_report", "close", "rate", "supervise", "answer_supervision")
ONWARD: dict[str, tuple[str, ...]] = {
    "registered": ("forward", "forward", "assign", "transfer", "report_for_decision", "decide_competence"),
    "reported": ("forward", "assign", "transfer", "give_word"),
    "forwarded": _HANDED, "assigned": _HANDED,
    "objected": ("uphold_objection", "uphold_objection", "reject_objection", "decide_competence"),
    "accepted": (*_HANDLED, "answer_suggestion", "give_word"), "rehandling": _HANDLED,
    "concluded": ("request_review", "request_review", "deliver", *_DECIDED),
    "under_review": ("decide_review", "decide_review", "deliver", "urge", "mediate", "settle"),
    "reviewed": ("request_reexamination", "request_reexamination", "deliver", *_DECIDED),
    "under_reexamination": ("hold_hearing", "end_hearing", "decide_reexamination", "decide_reexamination"),
    "transferred": ("object", "report_outcome", "give_word", "urge", "close", "rate"),
}  # fmt: skip
"""What usually comes next: most steps are drawn from here, so that cases live long; the rest are any."""
RARE = {"withdraw", "close", "step_aside", "register", "guide", "decline_repeat", "recall"}
ANY = [action.value for action in Action for _ in range(1 if action in RARE else 4)]
DATES = {"report_by", "hear_by", "own_limit", "execute_by", "remedy_by", "received_on", "answer_by"}
EVERY_ORGAN = "party_committee,government,department,joint_conference,superior_office,national_office"
UNITS = ("unit-a", "unit-a", "unit-b", "court", "far-unit")
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "report_for_decision": {"reported_to": ("government",)},
    "decline_repeat": {"cause": ("being_handled",)},
    "decide_repeat": {"first": ("XF-1",), "same": ("same", "different")},
    "forward": {"unit": UNITS}, "assign": {"unit": UNITS}, "transfer": {"unit": UNITS},
    "decide_competence": {"unit": UNITS, "decided_by": ("common_superior", "joint_conference")},
    "accept": {"procedure": ("investigation", "investigation", "investigation", "duty", "-"), "organ": ("区城管局", "-")},
    "request_extension": {"days": ("30", "10", "31")}, "extend": {"days": ("-", "-", "5", "31")},
    "conclude": {
        "outcome": ("supported", "explained"), "finding": ("停工", "停工", "赔偿"), "examined_anew": ("又去看了", "-"),
        "remedy": ("court", "-"), "remedy_at": ("区法院",),
    },
    "answer_suggestion": {"outcome": ("adopted",)},
    "mediate": {"consent": ("both", "not_both")}, "settle": {"consent": ("both", "not_both")},
    "report_execution": {"carried_out": ("done", "partly")},
    "deliver": {
        "document": ("opinion", "opinion", "review", "review", "acceptance", "reexamination", "reply"),
        "method": ("post", "online", "refused", "failed"),
    },
    "decide_review": {"decision": ("upheld", "changed", "returned"), "unit": ("-", "-", "unit-b")},
    "decide_reexamination": {"decision": ("upheld", "changed", "returned"), "unit": ("-", "-", "unit-b")},
    "rate": {"responsible_unit": ("satisfied", "satisfied", "-")},
    "supervise": {"cause": ("delay", "refusal", "not_accepted")},
    "advise": {"addressee": UNITS, "advice_kind": ("improve",)},
    "answer_advice": {"adopted": ("adopted",), "which": ("-", "-", "1", "2")},
    "report_urgent": {"recipients": (EVERY_ORGAN, EVERY_ORGAN, "government", "party_committee,department")},
    "notify_organisation": {"notified": ("organisation_department",)},
    "correct_route": {"window": ("discipline",), "kind": ("-", "-", "appeal", "suggestion", "accusation")},
    "decide_accusation": {"kind": ("accusation", "ordinary")},
    "name_accused": {"unit": UNITS}, "clear_accused": {"unit": UNITS},
    "step_aside": {"officer": ("-", "-", "clerk2")},
    "add_material": {"count": ("2",)}, "note": {"text": ("看看",)}, "entrust": {"officer": ("clerk", "clerk2")},
    "contact": {"contact_kind": ("call", "letter"), "note": ("问了近况",)},
}  # fmt: skip
DAYS: dict[str, dict[str, tuple[int | None, ...]]] = {
    "report_for_decision": {"hear_by": (None, 20, 91)}, "transfer": {"hear_by": (None, 20, 91)},
    "give_word": {"hear_by": (None, 20, 0)}, "assign": {"report_by": (30, 75, 76)},
    "accept": {"own_limit": (None, None, 100, 731), "hear_by": (None, None, 20)},
    "conclude": {"execute_by": (None, None, 30, 0), "remedy_by": (None, 30, 0)},
    "settle": {"execute_by": (None, 30)}, "deliver": {"received_on": (0, 0, 0, -3, -10, 1)},
    "decide_review": {"execute_by": (None, None, 30)}, "decide_reexamination": {"execute_by": (None, None, 30)},
    "supervise": {"answer_by": (None, 10, 61)}, "advise": {"answer_by": (None, 10, 91)},
}  # fmt: skip


def stated(draw: Any, action: str, day: int) -> dict[str, str]:
    """What is stated for an action; sometimes one thing is left out."""
    data = dict(USUAL.get(action, {}))
    for name, values in CHOICES.get(action, {}).items():
        if (value := draw(st.sampled_from(values))) != "-":
            data[name] = value
    for name, after in DAYS.get(action, {}).items():
        if (days := draw(st.sampled_from(after))) is not None:
            data[name] = str(max(0, day + days))
    if data.get("decision") == "changed" or (
        action in ("decide_review", "decide_reexamination") and not draw(st.integers(0, 9))
    ):
        data |= {"new_outcome": draw(st.sampled_from(("supported", "not_supported"))), "new_result": "改为赔偿"}
    if data and not draw(st.integers(0, 14)):
        del data[draw(st.sampled_from(sorted(data)))]
    return data


OF_OFFICE = {"route", "notice", "conclude", "own_limit", "next_word", "review", "reexamination"}
"""Clocks at the end of which the petitioner hears something."""
BEGINNING: dict[str, Any] = {
    "kind": st.sampled_from(("appeal",) * 9 + ("suggestion", "accusation")),
    "doubtful": st.sampled_from((False,) * 9 + (True,)),
    "about": st.sampled_from(("", "", "unit-b")),
}


class Both(RuleBasedStateMachine):
    """The program's case and the model's, step by step."""

    @initialize(**BEGINNING)
    def begin(self, kind: str, doubtful: bool, about: str) -> None:
        self.day = 0
        self.case = Case()
        self.case.about = about
        secret = doubtful or kind == "accusation"
        self.case.describe(kind=kind, doubtful=doubtful, confidential=secret)
        self.model = Whole(kind, doubtful=doubtful, about=about, above=SUPERIORS)

    @precondition(lambda self: self.model.status in ("withdrawn", "closed", "guided", "answered"))
    @rule(**BEGINNING)
    def another(self, kind: str, doubtful: bool, about: str) -> None:
        """The next case, once this one is over."""
        self.begin(kind, doubtful, about)

    @rule(data=st.data())
    def step(self, data: Any) -> None:
        draw = data.draw
        self.day += draw(st.sampled_from((0, 0, 0, 1, 1, 2, 5, 20)))
        onward = ONWARD.get(self.model.status, _DECIDED)
        if self.model.clocks.hearing_since is not None:
            onward = ("end_hearing", "end_hearing", *onward)
        action = draw(st.sampled_from(onward if draw(st.integers(0, 9)) < 7 else ANY))
        who = draw(st.sampled_from(WHO[action] if draw(st.integers(0, 9)) else sorted(PEOPLE)))
        said = stated(draw, action, self.day)
        if "document" in said and self.model.owed and draw(st.integers(0, 4)):
            said["document"] = draw(st.sampled_from(sorted(self.model.owed)))
        person = PEOPLE[who]
        may = self.model.step(who, person.role.value, person.unit, action, said, self.day)
        offers = allowed(self.case.state(), person.role, at(self.day), CALENDAR, who, person.unit)
        dated = {name: day_of(int(text)).isoformat() if name in DATES else text for name, text in said.items()}
        before = self.case.state()
        refused = self.case.do(self.day, who, action, dated)
        assert may == (not refused), (self.day, who, action, said, before.status, refused or "was done")
        if may:
            assert next(one for one in offers if one.rule.action == action).allowed

    @invariant()
    def agree(self) -> None:
        if not hasattr(self, "case"):
            return
        facts = self.case.facts
        assert facts.status == self.model.status
        assert (facts.responsible_unit or "") == self.model.unit
        assert (facts.kind, facts.doubtful) == (self.model.kind, self.model.doubtful)
        found = [
            (one.key, since(one.starts_on), since(one.due_on), one.state, one.late_since and since(one.late_since))
            for one in deadlines(self.case.events, CALENDAR, at(self.day))
        ]
        assert sorted(found, key=str) == self.model.clocks.shown(self.day)
        if facts.status in {*OPEN, "transferred"}:
            due = {key for key, _, _, state, _ in found if state in ("running", "overdue")}
            assert due & OF_OFFICE, "a life without a next date"


def since(day: Any) -> int:
    return int((day - BEGINS.date()).days)


def run(examples: int, number: int) -> None:
    chosen = settings(
        max_examples=examples, stateful_step_count=50, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    run_state_machine_as_test(seed(number)(type("Seeded", (Both,), {})), settings=chosen)


def test_program_and_model_agree_on_some_steps() -> None:
    run(40, 1)


@pytest.mark.long
@pytest.mark.parametrize("number", range(1, 6))
def test_program_and_model_agree_on_twenty_thousand_steps(number: int) -> None:
    run(500, number)
