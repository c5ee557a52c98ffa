from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk_api.demo import ALL_MATTERS, fill
from kiosk_api.demo_received import RECEIVED
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.registration import Channel
from kiosk_api.domain.workflow import Action, Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseFilter, Officer
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.cases.own_document import own_document
from kiosk_api.services.cases.rebuild import rebuild
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.callbacks import list_callbacks, waiting
from kiosk_api.services.staff.case_documents import document_file
from kiosk_api.services.staff.earlier_cases import earlier_case
from kiosk_api.services.staff.renew_code import renew_code
from kiosk_api.services.staff.staff_cases import Wanted, list_cases
from tests.factories import PASSWORD, reading
from tests.random_lives import run, stored
from tests.web.desk_helpers import make_app


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A store with the demonstration, for tests that only look."""
    ctx: Context = make_app(tmp_path_factory.mktemp("demo")).extensions["kiosk"]
    fill(ctx)
    return ctx


def test_the_demonstration_shows_every_list_and_never_fills_a_store_in_use(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    ctx = app.extensions["kiosk"]
    doubtful = reading(discipline=0.6, petition_office=0.4)  # an assistant that is up would stop some of the steps
    ctx.understanding.reading = replace(doubtful, accuses={"official": 0.5, "nobody": 0.5})
    filled = len(ALL_MATTERS) + len(RECEIVED)
    assert fill(ctx) == filled
    office = Officer("any", "any", "王敏", Role.PETITION_OFFICE, None)
    counts = list_cases(ctx, office, Wanted("all")).counts
    assert counts["all"] == filled
    assert all(counts[view] for view in ("mine", "new", "due", "overdue", "urged")), counts
    assert fill(ctx) == 0


def test_the_demonstration_has_people_who_wait_for_a_call_and_one_who_calls_from_the_hall(shown: Context) -> None:
    ctx = shown
    office = Officer("any", "any", "王敏", Role.PETITION_OFFICE, None)
    assert [one.tries for one in list_callbacks(ctx, office, closed=False, page=1).items] == [1, 0]
    assert [one.state.value for one in list_callbacks(ctx, office, closed=True, page=1).items] == ["answered"]
    wait = waiting(ctx, office)
    assert wait and (wait.callbacks, wait.overdue, wait.hall_calls) == (2, 1, 1)


def test_demonstration_cases_reach_many_different_states(shown: Context) -> None:
    with shown.store.read() as records:
        rows = records.cases.page(CaseFilter(), 50, 0)
    assert len({row.status for row in rows}) >= 10
    assert any(row.emergency for row in rows)
    assert any(row.confidential for row in rows)


def test_the_demonstration_has_matters_by_every_channel_and_one_that_comes_again(shown: Context) -> None:
    ctx = shown
    office = Officer("any", "any", "王敏", Role.PETITION_OFFICE, None)
    with ctx.store.read() as records:
        rows = records.cases.page(CaseFilter(), 50, 0)
        assert {row.channel for row in rows} == set(Channel)
        found = [earlier_case(ctx, records, office, records.cases.by_number(row.case_number)) for row in rows]
    assert any(found)


def test_lives_that_went_badly_are_shown_as_what_they_are(shown: Context) -> None:
    ctx = shown
    with ctx.store.read() as records:
        calendar, now = records.calendar(), ctx.clock.now()
        cases = [records.cases.by_id(one) for one in records.cases.ids("", 100)]
    done = [Counter(event.action for event in case.events) for case in cases]
    decisions = {event.data.get("decision") for case in cases for event in case.events}
    late = [one for case in cases for one in deadlines(case.events, calendar, now) if one.state == "overdue"]
    assert max(one[Action.UPHOLD_OBJECTION] for one in done) == 2
    assert {"changed", "returned", "upheld"} <= decisions
    assert any(one[Action.RECALL] for one in done)
    assert any(one.late_since and one.key == "conclude" for one in late)
    assert any(one.key == "execution" for one in late)
    assert any(event.data.get("method") == "failed" for case in cases for event in case.events)


def test_everything_in_the_demonstration_follows_from_its_events(tmp_path: Path) -> None:
    ctx = make_app(tmp_path).extensions["kiosk"]
    fill(ctx)
    before = stored(ctx)
    assert [one.changed for one in rebuild(ctx)] == [0]
    run(ctx, "DELETE FROM case_clocks")
    run(ctx, "UPDATE cases SET status = 'registered', responsible_unit = NULL, kind = 'appeal', confidential = false")
    assert sum(one.changed for one in rebuild(ctx)) > 10
    assert stored(ctx) == before


def test_some_cases_have_documents_in_each_state_and_they_are_printed_on_desk_and_status_page(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    ctx = app.extensions["kiosk"]
    fill(replace(ctx, reading_reasons=frozenset(Role)))
    with ctx.store.read() as records:
        cases = [records.cases.by_id(one) for one in records.cases.ids("", 100)]
        written = [(case, one) for case in cases for one in records.documents.of_case(case.id)]
        sent = {one.document_id for case in cases for one in records.documents.deliveries_of(case.id)}
    assert Counter(one.kind for _, one in written) == {
        "opinion": 2, "review": 1, "non_acceptance": 1, "extension": 1, "acceptance": 1,
    }  # fmt: skip
    assert [one.kind for _, one in written if not one.is_approved] == ["acceptance"]
    assert {one.kind for _, one in written if one.is_approved and one.id not in sent} == {"non_acceptance"}
    office = add_officer(ctx, "reader", "petition_office", "王敏", None, PASSWORD)
    for case, one in written:
        assert document_file(ctx, office, case.case_number, one.id).startswith(b"%PDF")
    case, opinion = next((case, one) for case, one in written if one.kind == "opinion")
    token = renew_code(ctx, office, case.case_number, identity_checked=True).lookup_token
    who = Identification(token, phone_tail=case.petition.phone[-4:])
    assert own_document(ctx, who, opinion.id, "test").startswith(b"%PDF")
