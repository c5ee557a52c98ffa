"""What a citizen can do with a registered case: look, urge, rate, confirm receipt, ask for review, withdraw."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.domain.conditions import deliverable
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import COMMENT_MAX
from kiosk_api.domain.typed import clean
from kiosk_api.domain.workflow import Action, Role, Status
from kiosk_api.domain.workflow_review import ONLINE
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission, once
from kiosk_api.services.base.ports import Records
from kiosk_api.services.cases.case_view import CitizenView, citizen_view, state_of
from kiosk_api.services.cases.find_case import Identification, has_token, identify
from kiosk_api.services.cases.move_case import move


@dataclass(frozen=True)
class Rating:
    """What a citizen says of the petition office and of the responsible unit (Art. 21)."""

    petition_office: str | None = None
    responsible_unit: str | None = None
    comment: str | None = None


def look_up(ctx: Context, who: Identification, source: str) -> CitizenView:
    """The state of one's own case."""
    case_id = identify(ctx, who, source)
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
        assert case is not None  # cases are never deleted
        return citizen_view(ctx, records, case, by_token=has_token(who))


def urge(ctx: Context, who: Identification, comment: str | None, sent: Submission, source: str) -> JsonObject:
    """催办: ask the office to hurry."""
    case_id = identify(ctx, who, source)
    return _step(ctx, case_id, Action.URGE, _optional("comment", comment), sent)


def rate(ctx: Context, who: Identification, rating: Rating, sent: Submission, source: str) -> JsonObject:
    """Rate the petition office and the responsible unit separately (Art. 21)."""
    case_id = identify(ctx, who, source)
    data = _optional("comment", rating.comment)
    if rating.petition_office:
        data["petition_office"] = rating.petition_office
    if rating.responsible_unit:
        data["responsible_unit"] = rating.responsible_unit
    return _step(ctx, case_id, Action.RATE, data, sent)


def ask_review(ctx: Context, who: Identification, reason: str | None, sent: Submission, source: str) -> JsonObject:
    """Ask for the review (Art. 35) or, once that is decided, for re-examination (Art. 36)."""
    case_id = identify(ctx, who, source, both=True)
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
        assert case is not None
        reviewed = case.status is Status.REVIEWED
    action = Action.REQUEST_REEXAMINATION if reviewed else Action.REQUEST_REVIEW
    return _step(ctx, case_id, action, _optional("reason", reason), sent)


def withdraw(ctx: Context, who: Identification, reason: str | None, sent: Submission, source: str) -> JsonObject:
    """Take the petition back."""
    case_id = identify(ctx, who, source, both=True)
    return _step(ctx, case_id, Action.WITHDRAW, _optional("reason", reason), sent)


def confirm_receipt(
    ctx: Context, who: Identification, document: str | None, sent: Submission, source: str
) -> JsonObject:
    """Say that a written decision was read online: it is received today, and the days to ask for the next instance
    begin (Art. 35, 36). Without `document` all that wait are meant."""
    case_id = identify(ctx, who, source, both=True)

    def do(records: Records) -> JsonObject:
        case = records.cases.by_id(case_id)
        assert case is not None
        waiting = [document] if document else [*deliverable(state_of(case), Role.PETITIONER)]
        for one in waiting or [""]:  # nothing waits: the table says why not
            data = {"document": one, "method": ONLINE, "received_on": ctx.clock.now().date().isoformat()}
            move(ctx, records, case, Action.DELIVER, Role.PETITIONER, data)
        return as_json(citizen_view(ctx, records, case))

    return once(ctx, "received", sent.key, {"case": case_id, "body": dict(sent.body)}, do)


def _step(ctx: Context, case_id: str, action: Action, data: dict[str, str], sent: Submission) -> JsonObject:
    def do(records: Records) -> JsonObject:
        case = records.cases.by_id(case_id)
        assert case is not None
        move(ctx, records, case, action, Role.PETITIONER, data)
        return as_json(citizen_view(ctx, records, case))

    return once(ctx, action.value, sent.key, {"case": case_id, "body": dict(sent.body)}, do)


def _optional(name: str, value: str | None) -> dict[str, str]:
    value = clean(value or "").strip()
    if not value:
        return {}
    if len(value) > COMMENT_MAX:
        detail = f"这一项请写文字，不超过{COMMENT_MAX}个字。"
        raise DomainError("invalid_request", detail, (FieldError(name, "invalid", detail),))
    return {name: value}
