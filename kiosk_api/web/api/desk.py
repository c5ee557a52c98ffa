"""Staff API: the same lists, cases and actions as the desk pages, with a bearer token."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.services import act_on_case, assist, attach_view, sign_in, staff_cases
from kiosk_api.services.renew_code import renew_code
from kiosk_api.web.api.attachments import picture_answer
from kiosk_api.web.source import client_source

bp = Blueprint("desk_api", __name__, url_prefix="/api/v1/desk")
VIEWS = ("mine", "new", "due", "overdue", "urged", "all")


def _ctx() -> Any:
    return current_app.extensions["kiosk"]


def _plain(value: Any) -> Any:
    """A service's answer as JSON values: dates in ISO 8601, enumerations by value."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise DomainError("invalid_request", "请求内容应当是一个 JSON 对象。")
    return body


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        detail = f"缺少 {name}，或者它不是文字。"
        raise DomainError("invalid_request", detail, (FieldError(name, "required", detail),))
    return value


@bp.before_request
def _only_officers() -> None:
    """Every call but signing in needs `Authorization: Bearer …` of a living session."""
    if request.endpoint == "desk_api.open_session":
        return
    token = _bearer()
    g.officer = sign_in.officer_for(_ctx(), token) if token else None
    if g.officer is None:
        raise DomainError("not_signed_in", "请先登录。")


@bp.after_request
def _no_copies(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/session")
def open_session() -> tuple[Response, int]:
    """{username, password} → {token, officer}."""
    body = _body()
    token, officer = sign_in.sign_in(
        _ctx(), _text(body, "username"), _text(body, "password"), client_source()
    )
    who = {
        "username": officer.username,
        "display_name": officer.display_name,
        "role": officer.role,
        "unit": officer.unit,
    }
    return jsonify(_plain({"token": token, "officer": who})), 201


@bp.delete("/session")
def close_session() -> tuple[str, int]:
    """End the session whose token is sent."""
    sign_in.sign_out(_ctx(), _bearer())
    return "", 204


@bp.get("/cases")
def cases() -> Response:
    """?view=mine|new|due|overdue|urged|all&page=1 → {items, page, has_next, counts}."""
    view = request.args.get("view", "mine")
    if view not in VIEWS:
        detail = "view 只能是：" + "、".join(VIEWS) + "。"
        raise DomainError("invalid_request", detail, (FieldError("view", "invalid", detail),))
    page = max(request.args.get("page", 1, type=int), 1)
    return jsonify(_plain(staff_cases.list_cases(_ctx(), g.officer, view, page)))


@bp.get("/cases/<number>")
def case(number: str) -> Response:
    """One case with its timeline, deadlines, pictures and the actions this officer may take."""
    return jsonify(_plain(staff_cases.view_case(_ctx(), g.officer, number)))


@bp.get("/cases/<number>/pictures/<picture_id>")
def picture(number: str, picture_id: str) -> Response:
    """One picture, by an `id` of the case's `pictures`."""
    return picture_answer(*attach_view.case_picture(_ctx(), g.officer, number, picture_id))


@bp.post("/cases/<number>/actions")
def act(number: str) -> Response:
    """{action, data} → the case as it stands afterwards."""
    body = _body()
    action, data = _text(body, "action"), body.get("data", {})
    if not isinstance(data, dict) or not all(isinstance(item, str) for item in data.values()):
        detail = "data 应当是对象，各项的值应当是文字。"
        raise DomainError("invalid_request", detail, (FieldError("data", "invalid", detail),))
    return jsonify(_plain(act_on_case.act(_ctx(), g.officer, number, action, data)))


@bp.post("/cases/<number>/new-code")
def new_code(number: str) -> tuple[Response, int]:
    """{identity_checked: true} → {case_number, lookup_token, url, qr_svg}; the old code is dead."""
    checked = _body().get("identity_checked") is True
    return jsonify(renew_code(_ctx(), g.officer, number, identity_checked=checked)), 201


@bp.post("/assist")
def open_assist() -> tuple[Response, int]:
    """A code that marks what is filed with it as filed with this officer's help."""
    return jsonify(assist.open_assist(_ctx(), g.officer)), 201
