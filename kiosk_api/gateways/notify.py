"""Notices about a case to its petitioner. Without a push channel the status page is the notice."""

from __future__ import annotations

from prometheus_client import Counter

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import OutboxMessage

_EVENTS = Counter("petition_case_events", "Case events handed on by the worker", ["topic"])


_DECISIONS = Counter("petition_decisions_told", "Decisions to be told to petitioners, by kind", ["kind"])


def count_event(ctx: Context, message: OutboxMessage) -> None:
    """Count the event; the citizen reads the change on the status page."""
    del ctx
    _EVENTS.labels(message.topic).inc()
    if kind := message.payload.get("decision"):
        _DECISIONS.labels(kind).inc()


HANDLERS = {"case_registered": count_event, "case_moved": count_event, "accusation_recalled": count_event}
