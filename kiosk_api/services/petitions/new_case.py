"""Store a new case in the caller's transaction, whoever registers it, and answer with its receipt."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.case_number import make as make_case_number
from kiosk_api.domain.labels_zh import STATUS_LABELS
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.registration import Channel
from kiosk_api.domain.windows import window_label
from kiosk_api.domain.workflow import Event, Status
from kiosk_api.services.attachments.later_pictures import take_into_case
from kiosk_api.services.base.case_marks import marks_of
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notices_made import keep_of_events
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.route import CaseRoute
from kiosk_api.services.base.shown import DeadlineShown
from kiosk_api.services.cases.case_view import deadline_list
from kiosk_api.services.cases.projection import put_projection
from kiosk_api.services.cases.receipts import receipt_code, status_url
from kiosk_api.services.cases.walling import naming_whom
from kiosk_api.services.petitions.route_matter import is_by_keywords

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


def add_case(
    ctx: Context,
    records: Records,
    petition: Petition,
    route: CaseRoute,
    event: Event,
    bundle: str | None,
    channel: Channel = Channel.NETWORK,
) -> Registered:
    """The new case; `event` registers it, `bundle` is the token of its pictures."""
    token = secrets.token_urlsafe(24)
    event = naming_whom(records, petition, event)
    number = free_number(records, event.at.date())
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
        registered_at=event.at,
        petition=petition,
        events=[event],
        channel=channel,
    )
    calendar = records.calendar()
    records.cases.add(case, ctx.marks.mark("case.token", token), marks_of(ctx, number, petition))
    put_projection(ctx, records, case, calendar)
    keep_of_events(records, case, len(case.events), ctx.clock.now())
    records.send("case_registered", case.id, {"emergency": case.emergency})
    if is_by_keywords(route):
        records.send("read_later", case.id, {})
    pictures = take_into_case(ctx, records, bundle, case.id) if bundle else 0
    return _answer(ctx, case, token, deadline_list(ctx, case, calendar), pictures)


def free_number(records: Records, day: date) -> str:
    """A number that no case has. Of a million on one day two would be alike every other time; the store refuses the second."""
    while True:
        number = make_case_number(day, secrets.randbits(_NUMBER_BITS))
        if records.cases.registered_on(number) is None:
            return number


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
