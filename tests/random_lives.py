"""Cases that live at random by the workflow table, and what is stored of them beside their events."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from flask import Flask

from kiosk_api.domain.workflow import Role, Rule, WorkflowError, allowed
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.cases.background import sweep
from kiosk_api.services.cases.case_view import state_of
from kiosk_api.services.cases.move_case import move
from tests.factories import UNIT, register
from tests.stores import with_bytes

PROJECTED = (
    "status", "kind", "domain", "window", "responsible_unit", "emergency", "confidential", "doubtful", "next_due_on",
    "recheck_on", "list_order", "urged", "urge_waits", "channel", "repeat_of", "hot_field",
)  # fmt: skip
# most lives are to be longer, and more than notes
SELDOM = {"withdraw", "close", "decline", "decline_repeat", "transfer", "guide", "settle", "recall"}
OFFICERS = ("one-officer", "another", "a-third")
CASES, ROUNDS = 24, 110


def live(app: Flask, seed: int = 7, cases: int = CASES, rounds: int = ROUNDS) -> None:
    """Register some cases and let them live at random for most of a year."""
    ctx, chance = app.extensions["kiosk"], random.Random(seed)
    for number in range(cases):
        register(app, f"random-life-{number}")
    with ctx.store.read() as records:
        ids = records.cases.ids("", cases)
    for _ in range(rounds):
        with ctx.store.write() as records:
            for case_id in chance.sample(ids, cases // 2):
                _step(ctx, records, chance, case_id)
        ctx.clock.advance(timedelta(days=chance.choice((0, 0, 1, 3, 9)), hours=3))
    while sweep(ctx):
        pass


def stored(ctx: Context) -> dict[str, Any]:
    """Everything that follows from events, by case."""
    columns = ", ".join(f'"{name}"' for name in PROJECTED)
    with ctx.store.read() as records:
        rows = records._connection.exec_driver_sql(f"SELECT id, {columns} FROM cases").all()  # noqa: S608
        return {
            row[0]: (tuple(row), sorted(map(str, records.clocks.of_case(row[0]))), records.oversight.of_case(row[0]))
            for row in rows
        }


def run(ctx: Context, statement: str) -> None:
    """Change the store past its rules."""
    with ctx.store.write() as records:
        records._connection.exec_driver_sql(with_bytes(statement))


def _step(ctx: Context, records: Records, chance: random.Random, case_id: str) -> None:
    """A random step that the table allows, by whoever may take it."""
    case, now, officer = records.cases.by_id(case_id), ctx.clock.now(), chance.choice(OFFICERS)
    assert case is not None
    may = [
        (role, one.rule)
        for role in chance.sample(list(Role), 3)
        for one in allowed(state_of(case), role, now, records.calendar(), officer, UNIT)
        if one.allowed and chance.random() < _wanted(one.rule)
    ]
    if not may:
        return
    role, rule = chance.choice(may)
    data = {field.name: _value(chance, field, now.date()) for field in rule.fields if chance.random() < 0.97}
    try:
        move(ctx, records, case, rule.action, role, data, officer, UNIT)
    except WorkflowError:
        return  # of something not stated well nothing is kept


def _wanted(rule: Rule) -> float:
    """How often a step that is open is thought of."""
    if rule.action.value in SELDOM:
        return 0.03
    return 0.05 if rule.to is None and rule.action.value not in ("deliver", "extend", "hold_hearing") else 1


def _value(chance: random.Random, field: Any, today: date) -> str:
    """Something for a field of the workflow table that is mostly lawful."""
    if field.kind == "choice":
        return str(chance.choice(field.choices)[0])
    if field.kind == "date":
        return (today + timedelta(days=chance.choice((-2, 0, 0, 5, 12, 20)))).isoformat()
    if field.kind == "number":
        return str(chance.randint(1, 9))
    return UNIT if field.kind == "unit" else "随便写的一句说明"
