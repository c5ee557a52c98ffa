"""What the worker does with messages about cases: counts them, and tells the discipline organ.

Petitioners are told by notices, which are kept with their events (services/base/notices_made.py) and not sent from here:
a message of the outbox may be handled twice.
"""

from __future__ import annotations

from kiosk_api.domain.notices import FROM_ACCUSED, FROM_OTHERS
from kiosk_api.domain.wall import is_no_addressee, line_of
from kiosk_api.gateways.worker_figures import DECISIONS, EVENTS
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import OutboxMessage


def count_event(ctx: Context, message: OutboxMessage) -> None:
    """Count the event."""
    del ctx
    EVENTS.labels(message.topic).inc()
    if kind := message.payload.get("decision"):
        DECISIONS.labels(kind).inc()


def tell_discipline(ctx: Context, message: OutboxMessage) -> None:
    """Tell the discipline organ that an accusation was in other hands; the tree may have none to tell."""
    count_event(ctx, message)
    organ, holder = message.payload.get("tell"), message.payload.get("from")
    if organ and message.case_id:
        with ctx.store.write() as records:
            accused = is_no_addressee(records.walls.of_case(message.case_id), line_of(holder, records.walls.tree()))
            kind = FROM_ACCUSED if accused else FROM_OTHERS
            records.notices.tell(message.id, organ, message.case_id, kind, ctx.clock.now())


HANDLERS = {"case_registered": count_event, "case_moved": count_event, "accusation_recalled": tell_discipline}
