"""`/api/v1/openapi.json`: what the views declare, completed with what all calls share."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, json
from flask_openapi3 import OpenAPI
from pydantic import BaseModel

from kiosk_api.web.api.answers import Problem

bp = Blueprint("contract", __name__, url_prefix="/api/v1")
OFFICER: list[dict[str, list[str]]] = [{"officer": []}]
SECURITY = {"officer": {"type": "http", "scheme": "bearer",
                        "description": "The token of POST /api/v1/desk/session."}}  # fmt: skip
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
WAIT = {"Retry-After": {"description": "seconds to wait", "required": True,
                         "schema": {"type": "integer", "minimum": 1}}}  # fmt: skip
Responses = dict[str | int | HTTPStatus, type[BaseModel] | dict[Any, Any] | None]  # as flask-openapi3 takes them
_BUSY = (429, 503)
_OF_CASE = "/api/v1/desk/cases/{number}"
_ALWAYS, _WITH_BODY, _WITH_PARAMETERS = (400, 429, 503), (413, 415, 422), (422,)
_HEADERS = {
    "Idempotency-Key": ("makes a retry harmless", True, {"type": "string", "pattern": "^[!-~]{8,255}$"}),
    "X-Bundle": ("the token of a bundle of pictures", False, {"type": "string"}),
    "X-Talk": ("the session_id of a conversation, whose one bundle is meant", False, {"type": "string"}),
    "X-Visit": ("the token of a phone that was let in", False, {"type": "string"}),
    "X-Reading-Reason": (
        "why the officer reads this case, percent-encoded UTF-8; wanted once per case and sign-in "
        "where the office asks for it",
        False,
        {"type": "string"},
    ),
    "X-Upload-Link": ("the code that a phone has read", False, {"type": "string"}),
}


def answers(model: type[BaseModel] | dict[str, Any] | None, status: int = 200,
            *problems: int) -> Responses:  # fmt: skip
    """The `responses` of a view: its answer, and its own problems in addition to those of every call."""
    return {str(status): model, **{str(one): _problem(one) for one in problems}}


def data(*kinds: str) -> dict[str, Any]:
    """A response that is not JSON."""
    schema = {"type": "string"}
    return {"description": "OK", "content": {kind: {"schema": schema} for kind in kinds}}


def headers(*names: str) -> dict[str, Any]:
    """`openapi_extensions` of a view that reads these headers."""
    return {"x-headers": list(names)}


def also(status: int, *kinds: str) -> dict[str, Any]:
    """`openapi_extensions` of a view that answers with these kinds too, where Accept asks for them."""
    return {"x-also": {str(status): data(*kinds)["content"]}}


@bp.get("/openapi.json")
def contract() -> Response:
    """The whole contract, OpenAPI 3.1."""
    return Response(json.dumps(document(current_app), ensure_ascii=False), mimetype="application/json")


def document(app: Any) -> dict[str, Any]:
    """Built once for each application."""
    assert isinstance(app, OpenAPI)
    if "contract" not in app.extensions:
        app.extensions["contract"] = _completed(app.api_doc)
    found: dict[str, Any] = app.extensions["contract"]
    return found


def _completed(found: dict[str, Any]) -> dict[str, Any]:
    for address, path in found["paths"].items():
        for operation in path.values():
            if address.startswith(_OF_CASE):
                operation.setdefault("x-headers", []).append("X-Reading-Reason")
            _complete(operation)
    for schema in found["components"]["schemas"].values():
        schema.pop("$defs", None)  # each model is among the components already
    return found


def _complete(operation: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    for name in operation.pop("x-headers", ()):
        words, required, schema = _HEADERS[name]
        parameters.append({"name": name, "in": "header", "required": required,
                           "description": words, "schema": schema})  # fmt: skip
    given = operation["responses"]
    for answered, content in operation.pop("x-also", {}).items():
        given[answered]["content"].update(content)
    # flask-openapi3 puts its own 422 where a view has declared none.
    if "application/problem+json" not in given.get("422", {}).get("content", {}):
        given.pop("422", None)
    common = {*_ALWAYS, *(_WITH_BODY if "requestBody" in operation else ()),
              *(_WITH_PARAMETERS if parameters else ())}  # fmt: skip
    if operation.get("security"):
        common |= {401, 403}
    for status in sorted(common):
        given.setdefault(str(status), _problem(status))


def _problem(status: int) -> dict[str, Any]:
    return {"description": HTTPStatus(status).phrase, "content": _PROBLEM,
            **({"headers": WAIT} if status in _BUSY else {})}  # fmt: skip


__all__ = ["OFFICER", "SECURITY", "WAIT", "Problem", "answers", "bp", "data", "document", "headers"]
