"""A store with one ended case, and time passing."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from kiosk_api.domain.erasure import Obstacle, cutoff
from kiosk_api.services.base.context import Context
from tests.audit.world import run
from tests.desk import staff

YEARS = 3
NAMES = ("钱多米", "13912345678", "江畔区", "半夜还在打桩")


def full(app: Flask) -> str:
    return str(
        run(app.extensions["kiosk"], "SELECT case_number FROM cases WHERE id IN (SELECT case_id FROM documents)")
    )


def ended(app: Flask) -> None:
    """Close the case once its opinion can no longer be reviewed; everything is told and sent."""
    ctx: Context = app.extensions["kiosk"]
    later(ctx, days=40)
    staff(app, "office", full(app), "report_execution", carried_out="done", how="夜间已经停工")
    staff(app, "office", full(app), "close")
    at = "2026-03-02T00:00:00.000000Z"
    run(ctx, "UPDATE outbox SET done_at = :at", at=at)
    run(ctx, "UPDATE petitioner_notices SET state = 'told', done_at = :at", at=at)
    run(ctx, "UPDATE notice_attempts SET state = 'sent'")


def later(ctx: Context, **span: int) -> None:
    ctx.clock.advance(timedelta(**span))  # type: ignore[attr-defined]


def case_id(ctx: Context, number: str) -> str:
    return str(run(ctx, "SELECT id FROM cases WHERE case_number = :number", number=number))


def stands(ctx: Context, number: str) -> list[Obstacle]:
    now = ctx.clock.now()
    with ctx.store.read() as records:
        return records.erasures.obstacles(case_id(ctx, number), cutoff(now, YEARS), now.date())
