"""Which parts work, and what the bureau has not filled in yet."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.domain.handbook import UNCHECKED
from kiosk_api.services.base.anchor_health import anchors_to_do
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.office import filled_in
from kiosk_api.services.base.store_parts import store_parts

OPTIONAL = ("printer", "speech", "hearing", "cards", "wechat", "sms")  # optional parts: `off` is the bureau's choice


@dataclass(frozen=True)
class Readiness:
    """Each part is `ok`, `degraded` or `off`; status `off` means that no petition could be stored.

    `missing` says what the bureau has to do.
    """

    status: str
    parts: dict[str, str]
    missing: list[str]


def readiness(ctx: Context) -> Readiness:
    """The state of all parts now."""
    now = ctx.clock.now()
    parts, missing = store_parts(ctx, now)
    parts["bot"] = "ok" if ctx.assistant.is_up() else "degraded"
    parts |= terminal_parts(ctx)
    sections = ctx.handbook.index().sections
    if unchecked := sum(UNCHECKED in one.checked_by for one in sections):
        missing.append(f"handbook sections nobody of the office has checked: {unchecked}")
    missing += [f"window not filled in: {one.key}" for one in ctx.windows if not one.configured]
    missing += [f"office {name} not set" for name in ("phone", "address", "hours") if not ctx.office[name]]
    placeholders = (("name", "KIOSK_OFFICE_NAME"), ("document_prefix", "KIOSK_DOCUMENT_PREFIX"))
    missing += [
        f"documents carry a placeholder: {env} not set" for key, env in placeholders if not filled_in(ctx.office[key])
    ]
    missing += anchors_to_do(ctx)
    if "off" in (parts.get("store"), parts.get("schema"), parts.get("disk")):
        status = "off"
    else:
        used = {state for name, state in parts.items() if name not in OPTIONAL or state != "off"}
        status = "ok" if used == {"ok"} else "degraded"
    return Readiness(status, parts, missing)


def terminal_parts(ctx: Context) -> dict[str, str]:
    """The terminal's devices: `ok`, `degraded` (there, but does not work) or `off`."""
    printer = "off"
    if ctx.printer.is_on:
        printer = "ok" if ctx.printer.state() == "ok" else "degraded"
    return {
        "printer": printer,
        "speech": "ok" if ctx.speech.is_on() else "off",
        "hearing": _hearing(ctx),
        "cards": "ok" if ctx.card_reader.is_on() else "off",
    }


def _hearing(ctx: Context) -> str:
    if ctx.hearing.is_on():
        return "ok"
    return "degraded" if ctx.hearing.has_gone() else "off"
