"""`/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from kiosk_api.services.readiness import readiness
from kiosk_api.web.request import ctx

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
def ready() -> tuple[dict[str, Any], int]:
    """503 only when no petition could be stored; says what a bureau still has to fill in."""
    state = readiness(ctx())
    return state, 503 if state["status"] == "off" else 200


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus text format; counts of events only."""
    return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)
