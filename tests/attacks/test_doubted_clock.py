"""A worker that doubts its clock calls nothing overdue and deletes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kiosk_api.gateways.notify import HANDLERS
from kiosk_api.services.base.clock_watch import ClockWatch
from kiosk_api.services.chat.drafts import save_draft
from kiosk_api.services.petitions.classify_again import classify_again
from kiosk_api.worker import Worker
from tests.attachments.helpers import count_rows, open_bundle
from tests.factories import reading

PURGED = ("drafts", "attachment_bundles")
ALL_HANDLERS = {**HANDLERS, "read_later": classify_again}


def one_round(app: Flask, watch: ClockWatch) -> tuple[int, list[int]]:
    """The number of warnings and of expired rows that are left."""
    Worker(app.extensions["kiosk"], ALL_HANDLERS, watch).round()
    return count_rows(app, "clock_warnings"), [count_rows(app, table) for table in PURGED]


@pytest.mark.usefixtures("case")
def test_a_round_under_a_doubted_clock_marks_warns_and_purges_nothing(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    ctx.understanding.reading = reading()
    save_draft(ctx, "session-1234", {"name": "钱多米"}, asked_for=True)
    open_bundle(app.test_client())
    watch = ClockWatch(ctx.clock.now(), ctx.clock.now(), lambda: 0.0)
    assert one_round(app, watch) == (0, [1, 1])
    ctx.clock.advance(timedelta(days=400))
    for _ in range(2):
        assert one_round(app, watch) == (0, [1, 1])
    with ctx.store.read() as records:
        assert records.last_beat("worker") == ctx.clock.now()  # it works nevertheless
    warned, left = one_round(app, ClockWatch(None, ctx.clock.now(), lambda: 0.0))
    assert warned > 0  # a trusted clock warns on the same day
    assert left == [0, 0]
