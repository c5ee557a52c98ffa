"""First entries for what a store held before there was a record. Once only: afterwards a row without an entry is a
fault, so that nobody gets one by waiting for the next upgrade."""

from __future__ import annotations

from kiosk_api.domain.audit import OFFICE
from kiosk_api.services.base.context import Context

CASES = 50  # of one transaction; the service goes on meanwhile


def adopt(ctx: Context) -> int:
    """How many rows got their first entry. It can be stopped and run again."""
    with ctx.store.read() as records:
        if records.audit.has_begun():
            return 0
        streams = [OFFICE, *records.audit.streams("", CASES)]
    adopted = 0
    while streams:
        with ctx.store.write() as records:
            adopted += records.audit.adopt(ctx.macs, streams, ctx.clock.now())
        with ctx.store.read() as records:
            streams = records.audit.streams(streams[-1], CASES)
    with ctx.store.write() as records:
        records.audit.begin(ctx.macs, ctx.clock.now())
    return adopted
