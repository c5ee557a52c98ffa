"""`/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

from contextlib import suppress

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.disk_space import free_bytes
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.web.api.more_answers import Alive, Readiness
from kiosk_api.web.api.publishing import WAIT, answers, data
from kiosk_api.web.probe import prober
from kiosk_api.web.request import ctx

_APART = Gauge("petition_quarantined_records", "Stored records that cannot be read")
_FREE = Gauge("petition_disk_free_bytes", "Bytes left where the store is")
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


@bp.get("/metrics", summary="Prometheus text format", responses=answers(data("text/plain")))
def metrics() -> Response:
    """Prometheus text format; counts of events only."""
    _FREE.set(free_bytes(ctx()))
    with suppress(StoreBusy), ctx().store.read() as records:
        _APART.set(records.quarantine_size())
    return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)
