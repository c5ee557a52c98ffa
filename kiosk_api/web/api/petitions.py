"""`POST /petitions`, `/route` and the receipts."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.cases.receipts import build_receipt, verify_receipt
from kiosk_api.services.petitions.check_answers import check_answers
from kiosk_api.services.petitions.route_matter import route_matter
from kiosk_api.services.petitions.submit_petition import submit_petition
from kiosk_api.services.staff.handover import leave_for_officer
from kiosk_api.web.api.answers import LeftCode, Problems, Registered, Route
from kiosk_api.web.api.publishing import answers, headers
from kiosk_api.web.api.receipt_answers import Receipt, Verified
from kiosk_api.web.api.schemas import (
    AnswersBody,
    CodeBody,
    CodeQuery,
    HandoverBody,
    PetitionBody,
    RouteBody,
    TokenBody,
)
from kiosk_api.web.opening import opening_now
from kiosk_api.web.request import bot_session, ctx, source, submission
from kiosk_api.web.view import say

bp = APIBlueprint("petitions", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="petitions")])


@bp.post(
    "/petitions",
    summary="Register a petition (header Idempotency-Key required)",
    responses=answers(Registered, 201),
    openapi_extensions=headers("Idempotency-Key"),
)
def register(body: PetitionBody) -> tuple[JsonObject, int]:
    """Answered only after the case is committed."""
    return submit_petition(ctx(), submission(body), source(), bot_session()), 201


@bp.post("/petitions/check", summary="What is wrong with the answers given so far", responses=answers(Problems))
def check(body: AnswersBody) -> JsonObject:
    """Nothing is stored, and nothing that was not given is asked for."""
    return {
        "errors": [{**as_json(one), "detail": say(one.detail)} for one in check_answers(ctx(), body.given, source())]
    }


@bp.post("/handover", summary="Leave an unfinished petition for an officer", responses=answers(LeftCode, 201))
def hand_over(body: HandoverBody) -> tuple[JsonObject, int]:
    """Stored encrypted for half an hour; the code opens it once, at the desk."""
    return as_json(leave_for_officer(ctx(), body.draft, source())), 201


@bp.post("/route", summary="Propose a window, with its reason", responses=answers(Route))
def route(body: RouteBody) -> JsonObject:
    """Nothing is stored. `opening`: whether that window is open now, null where its hours are not published."""
    found = route_matter(ctx(), body.text, body.answers)
    return {**as_json(found), "opening": opening_now(ctx(), found.window)}


@bp.post("/receipts", summary="Everything a receipt shows, QR pictures included", responses=answers(Receipt, 200, 404))
def receipt(body: TokenBody) -> JsonObject:
    """By lookup token. `opening`: whether the window is open now, null where its hours are not published."""
    found = build_receipt(ctx(), body.lookup_token or "")
    return {**as_json(found), "opening": opening_now(ctx(), found.window)}


@bp.get("/receipts/verify", summary="Is this printed receipt genuine", responses=answers(Verified))
def verify(query: CodeQuery) -> JsonObject:
    """Says nothing about a person."""
    return as_json(verify_receipt(ctx(), query.code))


@bp.post("/receipts/verify", summary="The same, for a code that somebody typed", responses=answers(Verified))
def verify_typed(body: CodeBody) -> JsonObject:
    """The typed code may be anything, so it is sent in the body and not in the address."""
    return as_json(verify_receipt(ctx(), body.code or ""))
