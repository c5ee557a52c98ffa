"""The worker classifies cases again that were filed while the classifier was away."""

from __future__ import annotations

from dataclasses import replace

from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.routing import propose
from kiosk_api.domain.workflow import Action, Status
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseRecord, OutboxMessage
from kiosk_api.services.cases.projection import facts_from_events, set_facts, store
from kiosk_api.services.petitions.route_matter import as_route, is_by_keywords, with_choice


class ClassifierAway(Exception):
    """The classifier still does not answer; the outbox tries again."""


def classify_again(ctx: Context, message: OutboxMessage) -> None:
    """Replace the keyword proposal, unless staff have already decided or moved the case.

    Raises ClassifierAway, so that the message comes back.
    """
    with ctx.store.read() as records:
        case = records.cases.by_id(message.case_id or "")
    if case is None or not _waits(case):
        return
    text = case.petition.narrative[:TEXT_MAX]
    reading = ctx.understanding.read(text)
    if reading is None:
        raise ClassifierAway
    answers = dict(case.petition.route_answers)
    found = propose(ctx.understanding.simplified(text), reading, answers)
    with ctx.store.write() as records:
        case = records.cases.by_id(case.id)
        if case is None or not _waits(case):
            return
        before = case.route
        route = with_choice(as_route(found, answers), case.petition.window_choice)
        if _is_decided(case):  # the officer decided about the first proposal
            route = replace(route, kind=before.kind, kind_label=before.kind_label, accusation=before.accusation)
        case.route = replace(route, emergency=route.emergency or before.emergency)
        case.hot_field = found.hot_field
        set_facts(case, facts_from_events(case))
        store(ctx, records, case, [], records.calendar())


def _is_decided(case: CaseRecord) -> bool:
    """An officer has said whether it is an accusation."""
    return any(event.action is Action.DECIDE_ACCUSATION for event in case.events)


def _waits(case: CaseRecord) -> bool:
    touched = any(event.action is Action.CORRECT_ROUTE for event in case.events)
    return case.status is Status.REGISTERED and is_by_keywords(case.route) and not touched
