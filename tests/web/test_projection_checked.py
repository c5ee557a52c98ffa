"""The sweep sees it when what is stored beside a case is not what its events say, whichever part it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.projection import is_projected
from kiosk_api.services.staff.entrust import entrust
from tests.desk import staff
from tests.documents.steps import officer
from tests.factories import UNIT, fresh_app, register

CHANGES = {
    "who has it": "DELETE FROM assignments",
    "a supervision": "UPDATE supervisions SET unit_id = 'somebody'",
    "who stands outside": "DELETE FROM interests",
    "a clock": "UPDATE case_clocks SET due_on = '2031-01-01'",
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


def agrees(ctx: Context, number: str) -> bool:
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
        assert case is not None
        return is_projected(ctx, records, case, records.calendar())


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_one_part_is_seen(app: Flask, what: str) -> None:
    ctx: Context = app.extensions["kiosk"]
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "lead", number, "supervise", cause="delay", advice="尽快办理", answer_by="2026-03-20")
    entrust(ctx, officer(app, "unit"), number, "")
    staff(app, "office", number, "step_aside", interest="亲属")
    assert agrees(ctx, number)
    with ctx.store.write() as records:
        changed = records._connection.execute(text(CHANGES[what])).rowcount
    assert changed and not agrees(ctx, number)
