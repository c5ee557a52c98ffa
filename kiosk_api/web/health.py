"""`/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from kiosk_api.services.ports import StoreBusy
from kiosk_api.services.room import free_bytes
from kiosk_api.web.probe import prober
from kiosk_api.web.request import ctx

bp = Blueprint("health", __name__)
_APART = Gauge("petition_quarantined_records", "Stored records that cannot be read")
_FREE = Gauge("petition_disk_free_bytes", "Bytes left where the store is")


@bp.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
def ready() -> tuple[dict[str, Any], int]:
    """503 only when no petition could be stored; says what a bureau still has to fill in."""
    state = prober().state(ctx())
    return state, 503 if state["status"] == "off" else 200


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus text format; counts of events only."""
    _FREE.set(free_bytes(ctx()))
    with suppress(StoreBusy), ctx().store.read() as records:
        _APART.set(records.quarantine_size())
    return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)
