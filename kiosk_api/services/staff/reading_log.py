"""Every reading of a case by an officer is recorded before it is shown; what cannot be recorded is not shown."""

from __future__ import annotations

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer


def note_reading(ctx: Context, officer: Officer, case_id: str, action: str, reason: str = "") -> None:
    """Record that this officer reads a case now. Raises StoreBusy."""
    with ctx.store.write() as records:
        records.accounts.note_reading(officer.id, case_id, action, reason, ctx.clock.now())
