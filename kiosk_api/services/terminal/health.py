"""How a terminal in the hall is doing, for the people who look after it; no personal data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import disk_state, free_bytes


def terminal_health(ctx: Context, state: Mapping[str, Any]) -> dict[str, Any]:
    """`{status, parts, printer, disk_free_bytes, disk, now, missing}`; `now` is RFC 3339.

    `state` is what readiness says.
    """
    return {
        "status": state["status"],
        "parts": state["parts"],
        "printer": ctx.printer.state(),
        "disk_free_bytes": free_bytes(ctx),
        "disk": disk_state(ctx),
        "now": ctx.clock.now().isoformat(),
        "missing": state["missing"],
    }
