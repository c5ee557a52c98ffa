"""Whether the record of changes is anchored outside the store, and lately."""

from __future__ import annotations

from datetime import timedelta

from kiosk_api.services.base.context import Context

LATE = timedelta(days=2)


def anchors_to_do(ctx: Context) -> list[str]:
    """What somebody has to do, for readiness."""
    last, found = ctx.anchors.last_at(), []
    if not ctx.anchors.is_apart():
        found.append("anchors of the record of changes are on the disk of the store: see KIOSK_ANCHOR_FOLDER")
    if last is not None and ctx.clock.now() - last > LATE:
        found.append("no anchor of the record of changes for two days: see `anchor-audit`")
    return found
