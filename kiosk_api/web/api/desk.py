"""Staff API: the same lists, cases and actions as the desk pages, with a bearer token."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from flask import Response, g, request
from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.organisation.units import search_units
from kiosk_api.services.petitions import assist
from kiosk_api.services.staff import act_on_case, sign_in, staff_cases, view_attachments
from kiosk_api.services.staff.addressees import addressees
from kiosk_api.services.staff.find_owner import find_owner
from kiosk_api.services.staff.reading_log import give_reason
from kiosk_api.services.staff.renew_code import renew_code
from kiosk_api.web import gate
from kiosk_api.web.api.answers import LeftCode
from kiosk_api.web.api.attachments import PICTURES, picture_answer
from kiosk_api.web.api.desk_list_schemas import CaseList, CasesFound
from kiosk_api.web.api.desk_schemas import (
    ActionBody,
    CaseInFull,
    CasePath,
    CasePicturePath,
    CasesQuery,
    FindBody,
    NewCode,
    NewCodeBody,
    Session,
    SessionBody,
    case_in_full,
)
from kiosk_api.web.api.publishing import OFFICER, answers, data
from kiosk_api.web.api.unit_schemas import UnitsFound, UnitsQuery
from kiosk_api.web.request import ctx
from kiosk_api.web.source import client_source

bp = APIBlueprint("desk_api", __name__, url_prefix="/api/v1/desk", abp_tags=[Tag(name="desk")])


def bearer() -> str:
    """The token that was sent, or an empty string."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


@bp.before_request
def _only_officers() -> None:
    """Every call except signing in needs `Authorization: Bearer …` of a valid session."""
    if request.endpoint == "desk_api.open_session":
        return
    token = bearer()
    g.officer = sign_in.officer_for(ctx(), token) if token else None
    if g.officer is None:
        raise DomainError("not_signed_in", "请先登录。")
    if (refused := gate.problem(g.officer, request.endpoint)) is not None:
        raise refused
    number, said = (request.view_args or {}).get("number"), request.headers.get("X-Reading-Reason")
    if number and said is not None:
        give_reason(ctx(), g.officer, number, _unquoted(said))


def _unquoted(said: str) -> str:
    """Text of a header, percent-encoded or not; nothing where it is no UTF-8."""
    try:
        return unquote_to_bytes(said.encode("latin-1")).decode()
    except UnicodeError:
        return ""


@bp.after_request
def _no_copies(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/session", summary="Sign in", responses=answers(Session, 201, 401, 403))
def open_session(body: SessionBody) -> tuple[JsonObject, int]:
    """{username, password} → {token, officer}."""
    token, officer = sign_in.sign_in(ctx(), body.username, body.password, client_source(), body.code)
    who = as_json(officer)
    del who["id"]
    return {"token": token, "officer": who}, 201


@bp.delete("/session", summary="Sign out", responses=answers(None, 204), security=OFFICER)
def close_session() -> tuple[str, int]:
    """End the session whose token is sent."""
    sign_in.sign_out(ctx(), bearer())
    return "", 204


@bp.get("/units", summary="Units to choose from", responses=answers(UnitsFound, 200, 404), security=OFFICER)
def units(query: UnitsQuery) -> JsonObject:
    """Units at work today, the best match first; for a case only those that it may be given to."""
    if query.case:
        return as_json({"items": addressees(ctx(), g.officer, query.q, query.case)})
    return as_json({"items": search_units(ctx(), query.q)})


@bp.get("/cases", summary="One page of a work list", responses=answers(CaseList), security=OFFICER)
def cases(query: CasesQuery) -> JsonObject:
    """Cases that this officer may see and that match view, q, kind and status."""
    wanted = staff_cases.Wanted(query.view, query.q, query.kind, query.status, query.channel)
    return as_json(staff_cases.list_cases(ctx(), g.officer, wanted, query.page))


@bp.post(
    "/cases/find",
    summary="The cases of somebody who has lost receipt and number",
    responses=answers(CasesFound, 200, 429),
    security=OFFICER,
)
def find(body: FindBody) -> JsonObject:
    """{owner: the whole phone or ID number, identity_checked: true} → {items}; counted and noted with the officer."""
    found = find_owner(ctx(), g.officer, body.owner, identity_checked=body.identity_checked)
    return as_json({"items": found})


@bp.get("/cases/<number>", summary="One case in full", responses=answers(CaseInFull, 200, 404), security=OFFICER)
def case(path: CasePath) -> JsonObject:
    """With its timeline, deadlines, pictures and the actions this officer may take."""
    return case_in_full(staff_cases.view_case(ctx(), g.officer, path.number))


@bp.get(
    "/cases/<number>/pictures/<picture_id>",
    summary="One picture of a case",
    responses=answers(data(*PICTURES), 200, 404),
    security=OFFICER,
)
def picture(path: CasePicturePath) -> Response:
    """By an `id` of the case's `pictures`."""
    found = view_attachments.case_picture(ctx(), g.officer, path.number, path.picture_id)
    return picture_answer(*found)


@bp.post(
    "/cases/<number>/actions",
    summary="Carry out an action of the workflow table",
    responses=answers(CaseInFull, 200, 404, 409),
    security=OFFICER,
)
def act(path: CasePath, body: ActionBody) -> JsonObject:
    """{action, data} → the case afterwards."""
    return case_in_full(act_on_case.act(ctx(), g.officer, path.number, body.action, body.data, body.seen))


@bp.post(
    "/cases/<number>/new-code",
    summary="A new QR in place of the old one",
    responses=answers(NewCode, 201, 404, 409),
    security=OFFICER,
)
def new_code(path: CasePath, body: NewCodeBody) -> tuple[JsonObject, int]:
    """{identity_checked: true} → {case_number, lookup_token, url, qr_svg}; the old code stops working."""
    return as_json(renew_code(ctx(), g.officer, path.number, identity_checked=body.identity_checked)), 201


@bp.post(
    "/assist",
    summary="A code that marks what is filed with it as filed with this officer's help",
    responses=answers(LeftCode, 201),
    security=OFFICER,
)
def open_assist() -> tuple[JsonObject, int]:
    """A six-digit code, valid for some minutes."""
    return as_json(assist.open_assist(ctx(), g.officer)), 201
