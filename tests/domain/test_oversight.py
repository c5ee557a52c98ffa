"""Contacts, supervisions and advice follow from the events of a case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from kiosk_api.domain.oversight import Contact, beside
from kiosk_api.domain.workflow import Action, Event, Role

START = datetime(2026, 3, 2, 9, 0)


def events(*steps: tuple[Action, dict[str, Any]]) -> list[Event]:
    days = count()
    return [Event(act, START + timedelta(days=next(days)), Role.PETITION_OFFICE, data, "li") for act, data in steps]


GIVEN = (Action.FORWARD, {"unit": "u-1"})
SUPERVISED = (Action.SUPERVISE, {"cause": "delay", "answer_by": "2026-03-20"})
ADVISED = (Action.ADVISE, {"addressee": "u-2", "advice_kind": "policy", "answer_by": "2026-04-01"})


def test_a_contact_says_who_how_and_when_and_not_what() -> None:
    found = beside(events((Action.CONTACT, {"contact_kind": "call", "note": "问了近况"})))
    assert found.contacts == (Contact(1, "li", "call", START),)


def test_a_supervision_is_of_the_unit_that_had_the_case_and_one_answer_closes_all() -> None:
    first, second = beside(
        events(SUPERVISED, GIVEN, SUPERVISED, (Action.ANSWER_SUPERVISION, {"feedback": "办了"}))
    ).supervisions
    assert (first.unit, second.unit) == (None, "u-1")
    assert second.due_on == date(2026, 3, 20)
    assert first.closed_at == second.closed_at == START + timedelta(days=3)
    assert first.answered and second.answered


def test_a_case_that_ends_closes_its_supervision_unanswered_and_a_later_answer_changes_nothing() -> None:
    (one,) = beside(events(GIVEN, SUPERVISED, (Action.WITHDRAW, {}), (Action.CLOSE, {}))).supervisions
    assert one.closed_at == START + timedelta(days=2)
    assert not one.answered


def test_advice_outlives_the_case_and_keeps_its_first_answer() -> None:
    waiting = events(GIVEN, ADVISED, (Action.WITHDRAW, {}))
    (one,) = beside(waiting).advice
    assert (one.unit, one.kind, one.due_on, one.answered_at, one.adopted) == (
        "u-2",
        "policy",
        date(2026, 4, 1),
        None,
        "",
    )
    answers = [(Action.ANSWER_ADVICE, {"adopted": said, "feedback": "x"}) for said in ("partly", "adopted")]
    (one,) = beside(events(GIVEN, ADVISED, *answers)).advice
    assert (one.answered_at, one.adopted) == (START + timedelta(days=2), "partly")


def test_events_of_the_first_release_name_no_date() -> None:
    old = beside(
        events((Action.SUPERVISE, {"cause": "delay"}), (Action.ADVISE, {"addressee": "u", "advice_kind": "x"}))
    )
    assert old.supervisions[0].due_on is None
    assert old.advice[0].due_on is None
