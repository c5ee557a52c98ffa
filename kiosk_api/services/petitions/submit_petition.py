"""Register a petition (Art. 19, 22): check, route, store in one transaction, answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import structlog

from kiosk_api.domain.attachments import bundle_token
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.petition import Petition, parse_petition
from kiosk_api.domain.policy import PETITIONS
from kiosk_api.domain.workflow import Action, Event, Role
from kiosk_api.services.attachments.talk_pictures import bundle_with_pictures
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import require_room
from kiosk_api.services.base.idempotency import Submission, answered, once
from kiosk_api.services.base.limits import charge_in, require_allowance
from kiosk_api.services.base.ports import Records
from kiosk_api.services.petitions.assist import code_errors, forget_handed_over, help_given
from kiosk_api.services.petitions.new_case import add_case
from kiosk_api.services.petitions.route_matter import route_matter, with_choice


def submit_petition(ctx: Context, sent: Submission, source: str, talk: str | None = None) -> JsonObject:
    """The answer to `POST /petitions`; a case number is returned only after commit.

    `talk` is the conversation it was told in: the pictures sent there go with it.

    Raises DomainError `invalid_petition` with every field error at once.
    """
    key, body = sent.key, sent.body
    if before := answered(ctx, "petitions", key, body):
        return before
    require_room(ctx)
    petition = checked_petition(ctx, body, source)
    bundle = bundle_token(body)
    require_allowance(ctx, PETITIONS, source)
    proposed = route_matter(ctx, petition.narrative[:TEXT_MAX], petition.route_answers)
    route = with_choice(proposed, petition.window_choice)

    def do(records: Records) -> JsonObject:
        charge_in(ctx, records, PETITIONS, source)
        event = Event(Action.REGISTER, ctx.clock.now(), Role.PETITIONER, help_given(ctx, records, body))
        forget_handed_over(ctx, records, body)
        pictures = bundle or (bundle_with_pictures(ctx, records, talk) if talk else None)
        return as_json(add_case(ctx, records, petition, route, event, pictures))

    answer = once(ctx, "petitions", key, body, do)
    if body.get("assisted_by_code"):
        structlog.get_logger("audit").info("filed_with_help")  # the case itself names the officer
    return answer


def checked_petition(ctx: Context, body: object, source: str) -> Petition:
    """The petition, with the day on which a proxy confirmed the petitioner's consent."""
    given = body if isinstance(body, Mapping) and body.get("assisted_by_code") else None
    wrong_code = code_errors(ctx, given, source) if given else ()
    try:
        petition = parse_petition(body, ctx.identity)
    except DomainError as error:
        raise DomainError(error.code, error.detail, (*error.errors, *wrong_code)) from error
    if wrong_code:
        raise DomainError("invalid_petition", wrong_code[0].detail, wrong_code)
    if petition.proxy is None:
        return petition
    on = ctx.clock.now().date().isoformat()
    return replace(petition, proxy=replace(petition.proxy, consent_on=on))
