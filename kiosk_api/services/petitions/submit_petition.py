"""Register a petition (Art. 19, 22): check, route, store in one transaction, answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.attachments import bundle_token
from kiosk_api.domain.case_number import make as make_case_number
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import STATUS_LABELS
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.petition import Petition, parse_petition
from kiosk_api.domain.policy import PETITIONS
from kiosk_api.domain.windows import window_label
from kiosk_api.domain.workflow import Action, Event, Role, Status
from kiosk_api.services.attachments.later_pictures import take_into_case
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.case_marks import marks_of
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import require_room
from kiosk_api.services.base.idempotency import Submission, answered, once
from kiosk_api.services.base.limits import charge_in, require_allowance
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.route import CaseRoute
from kiosk_api.services.base.shown import DeadlineShown
from kiosk_api.services.cases.case_view import deadline_list
from kiosk_api.services.cases.projection import put_projection
from kiosk_api.services.cases.receipts import receipt_code, status_url
from kiosk_api.services.petitions.assist import code_errors, forget_handed_over, help_given
from kiosk_api.services.petitions.route_matter import is_by_keywords, route_matter, with_choice

_NUMBER_BITS = 40


@dataclass(frozen=True)
class ReceiptLinks:
    """What a page needs to show and print the receipt."""

    url: str
    verify_code: str
    verify_url: str
    print_path: str


@dataclass(frozen=True)
class Registered:
    """A case that has just been registered; `attachments` counts its pictures."""

    case_number: str
    lookup_token: str
    registered_at: datetime
    status: Status
    status_label: str
    kind: str
    accusation: Accusation
    domain: str
    route: CaseRoute
    window: str
    window_label: str
    deadlines: list[DeadlineShown]
    attachments: int
    receipt: ReceiptLinks


def submit_petition(ctx: Context, sent: Submission, source: str) -> JsonObject:
    """The answer to `POST /petitions`; a case number is returned only after commit.

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
        now = ctx.clock.now()
        token = secrets.token_urlsafe(24)
        number = make_case_number(now.date(), secrets.randbits(_NUMBER_BITS))
        while records.cases.registered_on(number) is not None:
            number = make_case_number(now.date(), secrets.randbits(_NUMBER_BITS))
        case = CaseRecord(
            id=secrets.token_hex(16),
            case_number=number,
            status=Status.REGISTERED,
            kind=route.kind,
            domain=route.domain,
            hot_field=route.hot_field,
            window=petition.window_choice or route.window,
            route=route,
            emergency=route.emergency,
            confidential=petition.confidential or route.accusation != Accusation.NO,
            doubtful=route.accusation == Accusation.DOUBTFUL,
            responsible_unit=None,
            registered_at=now,
            petition=petition,
            events=[Event(Action.REGISTER, now, Role.PETITIONER, help_given(ctx, records, body))],
        )
        marks = marks_of(ctx, number, petition)
        calendar = records.calendar()
        records.cases.add(case, ctx.marks.mark("case.token", token), marks)
        forget_handed_over(ctx, records, body)
        put_projection(ctx, records, case, calendar)
        records.send("case_registered", case.id, {"emergency": case.emergency})
        if is_by_keywords(route):
            records.send("read_later", case.id, {})
        pictures = take_into_case(ctx, records, bundle, case.id) if bundle else 0
        return as_json(_answer(ctx, case, token, deadline_list(ctx, case, calendar), pictures))

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


def _answer(ctx: Context, case: CaseRecord, token: str, deadlines: list[DeadlineShown], pictures: int) -> Registered:
    code = receipt_code(ctx, case)
    return Registered(
        case_number=case.case_number,
        lookup_token=token,
        registered_at=case.registered_at,
        status=case.status,
        status_label=STATUS_LABELS[case.status.value],
        kind=case.kind,
        accusation=case.accusation,
        domain=case.domain,
        route=case.route,
        window=case.window,
        window_label=window_label(case.window),
        deadlines=deadlines,
        attachments=pictures,
        receipt=ReceiptLinks(
            url=status_url(ctx, token),
            verify_code=code,
            verify_url=f"{ctx.public_url}/verify?code={code}",
            print_path="/receipt",
        ),
    )
