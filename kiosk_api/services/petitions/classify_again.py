"""The worker classifies cases again that were filed while the classifier was away."""

from __future__ import annotations

from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.routing import propose
from kiosk_api.domain.workflow import Action, Status
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseRecord, OutboxMessage
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
        choice = case.petition.window_choice
        case.route = with_choice(as_route(found, answers), choice)
        case.window = choice or found.window
        case.domain, case.hot_field = found.domain, found.hot_field
        if not _is_decided(case):
            case.kind, case.doubtful = found.kind, found.accusation is Accusation.DOUBTFUL
            case.confidential = case.petition.confidential or found.accusation is not Accusation.NO
        case.emergency = case.emergency or found.emergency
        records.cases.save(case, [])


def _is_decided(case: CaseRecord) -> bool:
    """An officer has said whether it is an accusation."""
    return any(event.action is Action.DECIDE_ACCUSATION for event in case.events)


def _waits(case: CaseRecord) -> bool:
    touched = any(event.action is Action.CORRECT_ROUTE for event in case.events)
    return case.status is Status.REGISTERED and is_by_keywords(case.route) and not touched
