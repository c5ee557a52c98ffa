"""Which parts work, and what the bureau has not filled in yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kiosk_api.domain.handbook import UNCHECKED
from kiosk_api.services.context import Context
from kiosk_api.services.ports import StoreBusy

WORKER_SILENT_AFTER = timedelta(seconds=30)
OPTIONAL = ("printer", "speech")  # a kiosk without them is whole: `off` is a bureau's choice


def readiness(ctx: Context) -> dict[str, Any]:
    """`{status, parts, missing}`; status `off` means that no petition could be stored."""
    now = ctx.clock.now()
    parts: dict[str, str] = {}
    missing: list[str] = []
    try:
        parts["schema"] = "ok" if ctx.store.check() == ctx.schema_head else "off"
        with ctx.store.write() as records:  # takes the write lock, changes nothing
            beat = records.last_beat("worker")
            calendar = records.calendar()
        parts["store"] = "ok"
        alive = beat is not None and now - beat < WORKER_SILENT_AFTER
        parts["worker"] = "ok" if alive else "degraded"
        parts["calendar"] = "ok" if calendar.is_confirmed(now.year) else "degraded"
        if not calendar.is_confirmed(now.year + 1):
            missing.append(f"calendar year {now.year + 1} not confirmed")
    except StoreBusy:
        parts["store"] = "off"
    parts["bot"] = "ok" if ctx.assistant.is_up() else "degraded"
    parts |= terminal_parts(ctx)
    sections = ctx.handbook.index().sections
    if unchecked := sum(UNCHECKED in one.checked_by for one in sections):
        missing.append(f"handbook sections nobody of the office has checked: {unchecked}")
    missing += [f"window not filled in: {one['key']}" for one in ctx.windows if not one["configured"]]
    missing += [f"office {name} not set" for name in ("phone", "address") if not ctx.office[name]]
    if "off" in (parts.get("store"), parts.get("schema")):
        status = "off"
    else:
        used = {state for name, state in parts.items() if name not in OPTIONAL or state != "off"}
        status = "ok" if used == {"ok"} else "degraded"
    return {"status": status, "parts": parts, "missing": missing}


def terminal_parts(ctx: Context) -> dict[str, str]:
    """What stands at the terminal: `ok`, `degraded` (there, but does not work) or `off`."""
    printer = "off"
    if ctx.printer.is_on:
        printer = "ok" if ctx.printer.state() == "ok" else "degraded"
    return {"printer": printer, "speech": "ok" if ctx.speech.is_on() else "off"}
