"""Staff API: registering letters, calls, faxes and visits, as on the desk's page 登记来信来访."""

from __future__ import annotations

from flask import g

from kiosk_api.domain.registration import CHANNEL_LABELS
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.staff.add_papers import add_papers
from kiosk_api.services.staff.channels import counts_by_channel
from kiosk_api.services.staff.register_received import register_received
from kiosk_api.web.api.desk_callbacks import bp
from kiosk_api.web.api.desk_petition_schemas import (
    ChannelCounts,
    ChannelsQuery,
    PapersAdded,
    PapersBody,
    RegisteredByStaff,
    StaffPetitionBody,
)
from kiosk_api.web.api.desk_schemas import CasePath
from kiosk_api.web.api.publishing import OFFICER, answers, headers
from kiosk_api.web.request import ctx, submission


@bp.post(
    "/petitions",
    summary="Register a letter, a call, a fax or a visit (header Idempotency-Key required)",
    responses=answers(RegisteredByStaff, 201),
    openapi_extensions=headers("Idempotency-Key"),
    security=OFFICER,
)
def register(body: StaffPetitionBody) -> tuple[JsonObject, int]:
    """Answered only after the case is committed; the 15 days count from `received_on`."""
    return register_received(ctx(), g.officer, submission(body)), 201


@bp.get(
    "/channels",
    summary="How many matters came by which way, from one day to another",
    responses=answers(ChannelCounts),
    security=OFFICER,
)
def channels(query: ChannelsQuery) -> JsonObject:
    """Counts only. Without dates: this month."""
    today = ctx().clock.now().date()
    first, last = query.first or today.replace(day=1), query.last or today
    found = counts_by_channel(ctx(), g.officer, first, last)
    items = [{"channel": one, "label": CHANNEL_LABELS[one], "count": number} for one, number in found.items()]
    return as_json({"first": first, "last": last, "items": items})


@bp.post(
    "/cases/<number>/papers",
    summary="Papers that came to the office, as pictures of a bundle (header Idempotency-Key required)",
    responses=answers(PapersAdded, 200, 404, 409),
    openapi_extensions=headers("Idempotency-Key"),
    security=OFFICER,
)
def papers(path: CasePath, body: PapersBody) -> JsonObject:
    """{attachments: the bundle's token} → {case_number, added}; recorded as the petitioner's step."""
    return add_papers(ctx(), g.officer, path.number, body.attachments, submission(body))


__all__ = ["bp"]
