"""How a terminal in the hall is doing, for the people who look after it; no personal data."""

from __future__ import annotations

from typing import Any

from kiosk_api.services.context import Context
from kiosk_api.services.readiness import readiness

DISK_LOW = 1_000_000_000  # bytes: about a million petitions without attachments


def terminal_health(ctx: Context) -> dict[str, Any]:
    """`{status, parts, printer, disk_free_bytes, disk, now, missing}`; `now` is RFC 3339."""
    state = readiness(ctx)
    free = ctx.disk_free()
    return {
        "status": state["status"],
        "parts": state["parts"],
        "printer": ctx.printer.state(),
        "disk_free_bytes": free,
        "disk": "ok" if free >= DISK_LOW else "degraded",
        "now": ctx.clock.now().isoformat(),
        "missing": state["missing"],
    }
