"""`/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.exceptions import NotFound

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.web import figures
from kiosk_api.web.api.more_answers import Alive, Readiness
from kiosk_api.web.api.publishing import WAIT, answers, data
from kiosk_api.web.probe import prober
from kiosk_api.web.request import ctx

_OFF = {"description": "No petition could be stored", "headers": WAIT,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Readiness"}}}}  # fmt: skip
bp = APIBlueprint("health", __name__, abp_tags=[Tag(name="health")])


@bp.get("/healthz", summary="The process answers", responses=answers(Alive))
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz", summary="Which parts work", responses={**answers(Readiness), "503": _OFF})
def ready() -> tuple[JsonObject, int]:
    """503 only when no petition could be stored; also lists what the bureau still has to fill in."""
    state = prober().state(ctx())
    return as_json(state), 503 if state.status == "off" else 200


@bp.get("/metrics", summary="Prometheus text format", responses=answers(data("text/plain"), 200, 404))
def metrics() -> Response:
    """Figures for the operator: to this machine, or to who knows KIOSK_METRICS_TOKEN; for others there is no such page."""
    if not figures.may_read():
        raise NotFound
    return Response(generate_latest(figures.Everything(ctx())), mimetype=CONTENT_TYPE_LATEST)
