"""Staff register a letter, a call, a fax or a visit (Art. 17, 22), in one transaction as a petition is.

Art. 22 leaves no choice: whatever comes is registered, and only then is it decided what becomes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import structlog

from kiosk_api.domain.attachments import bundle_token
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.registration import Channel, Registration, parse_registration
from kiosk_api.domain.workflow import RULE_OF, Action, Event
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import require_room
from kiosk_api.services.base.idempotency import Submission, answered, once
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.petitions.new_case import Registered, add_case
from kiosk_api.services.petitions.route_matter import route_matter, with_choice
from kiosk_api.services.staff.earlier_cases import EarlierCase, earlier_case


@dataclass(frozen=True)
class RegisteredByStaff(Registered):
    """A case that an officer has registered; `missing` names what was not stated or not clearly, `earlier` a case that
    it may repeat."""

    channel: Channel
    received_on: date
    missing: tuple[str, ...]
    earlier: EarlierCase | None


def register_received(ctx: Context, officer: Officer, sent: Submission) -> JsonObject:
    """The answer to `POST /desk/petitions`; a case number is returned only after commit.

    Raises DomainError `forbidden`, or `invalid_petition` with every field error at once.
    """
    may_register(officer)
    key, body = sent.key, sent.body
    signed = {"officer": officer.id, "body": dict(body)}
    if before := answered(ctx, "desk.petitions", key, signed):
        return before
    require_room(ctx)
    given = checked_registration(ctx, body)
    petition, arrival = given.petition, given.arrival
    bundle = bundle_token(body)
    proposed = route_matter(ctx, petition.narrative[:TEXT_MAX], petition.route_answers)
    route = with_choice(proposed, petition.window_choice)

    def do(records: Records) -> JsonObject:
        event = Event(Action.REGISTER, ctx.clock.now(), officer.role, arrival.to_data(), officer.id)
        made = add_case(ctx, records, petition, route, event, bundle, arrival.channel)
        case = records.cases.by_number(made.case_number)
        assert case is not None  # just added
        found = earlier_case(ctx, records, officer, case)
        return as_json(RegisteredByStaff(**vars(made), channel=arrival.channel, received_on=arrival.received_on,
                                         missing=arrival.missing, earlier=found))  # fmt: skip

    answer = once(ctx, "desk.petitions", key, signed, do)
    structlog.get_logger("audit").info("registered_by_staff", reason=officer.id)
    return answer


def may_register(officer: Officer) -> None:
    """Raises DomainError `forbidden` unless this officer registers what comes to the office."""
    if officer.role not in RULE_OF[Action.REGISTER].roles:
        raise DomainError("forbidden", "来信、来电、来访由信访部门登记。")


def checked_registration(ctx: Context, body: object) -> Registration:
    """What was typed, checked. Raises DomainError `invalid_petition`."""
    return parse_registration(body, ctx.identity, ctx.clock.now().date())
