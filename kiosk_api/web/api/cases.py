"""`POST /cases/…`: what a citizen does with a registered case."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.cases import citizen_steps
from kiosk_api.services.notices import choices
from kiosk_api.web.api.answers import CaseStands
from kiosk_api.web.api.case_schemas import IdentifyBody, NoticesBody, RateBody, ReasonBody, ReceivedBody, UrgeBody
from kiosk_api.web.api.publishing import answers, headers
from kiosk_api.web.request import ctx, source, submission

_FOUND = answers(CaseStands, 200, 404)
_DONE = answers(CaseStands, 200, 404, 409)
_ONCE = headers("Idempotency-Key")
bp = APIBlueprint("cases", __name__, url_prefix="/api/v1/cases", abp_tags=[Tag(name="cases")])


@bp.post("/lookup", summary="State of a case", responses=_FOUND)
def lookup(body: IdentifyBody) -> JsonObject:
    """By token, or by number and phone tail; a wrong pair gets the same answer as an unknown case."""
    return as_json(citizen_steps.look_up(ctx(), body.who(), source()))


@bp.post(
    "/urge",
    summary="Ask the office to hurry (header Idempotency-Key required)",
    responses=_DONE,
    openapi_extensions=_ONCE,
)
def urge(body: UrgeBody) -> JsonObject:
    """催办."""
    return citizen_steps.urge(ctx(), body.who(), body.comment, submission(body), source())


@bp.post(
    "/rate", summary="Rate the handling (header Idempotency-Key required)", responses=_DONE, openapi_extensions=_ONCE
)
def rate(body: RateBody) -> JsonObject:
    """评价."""
    return citizen_steps.rate(ctx(), body.who(), body.rating(), submission(body), source())


@bp.post(
    "/review",
    summary="Ask for review, or for re-examination once it is decided",
    responses=_DONE,
    openapi_extensions=_ONCE,
)
def review(body: ReasonBody) -> JsonObject:
    """复查、复核; needs token and phone tail together."""
    return citizen_steps.ask_review(ctx(), body.who(), body.reason, submission(body), source())


@bp.post(
    "/received",
    summary="Confirm that written decisions were read online (header Idempotency-Key required)",
    responses=_DONE,
    openapi_extensions=_ONCE,
)
def received(body: ReceivedBody) -> JsonObject:
    """网上阅读; needs token and phone tail together. The days to ask for review begin with it."""
    return citizen_steps.confirm_receipt(ctx(), body.who(), body.document, submission(body), source())


@bp.post("/notices", summary="Which notices are wanted at home", responses=_FOUND)
def notices(body: NoticesBody) -> JsonObject:
    """Needs the token. What the Regulations owe the petitioner is told in any case."""
    return choices.choose(ctx(), body.who(), body.notices, source())


@bp.post("/withdraw", summary="Withdraw the petition", responses=_DONE, openapi_extensions=_ONCE)
def withdraw(body: ReasonBody) -> JsonObject:
    """Needs token and phone tail together."""
    return citizen_steps.withdraw(ctx(), body.who(), body.reason, submission(body), source())
