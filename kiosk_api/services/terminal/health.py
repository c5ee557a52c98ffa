"""The state of a terminal in the hall, for its attendants; no personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import disk_state, free_bytes
from kiosk_api.services.base.readiness import Readiness


@dataclass(frozen=True)
class TerminalHealth(Readiness):
    """Readiness, with the printer's state and the terminal's disk and clock."""

    printer: str
    disk_free_bytes: int
    disk: str
    now: datetime


def terminal_health(ctx: Context, state: Readiness) -> TerminalHealth:
    """`state` is what readiness says."""
    return TerminalHealth(
        **vars(state),
        printer=ctx.printer.state(),
        disk_free_bytes=free_bytes(ctx),
        disk=disk_state(ctx),
        now=ctx.clock.now(),
    )
