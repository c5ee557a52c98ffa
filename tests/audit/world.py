"""A small store in which every table that is recorded holds rows, and raw statements past the code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from kiosk_api.gateways.clock import SettableClock
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from kiosk_api.sample.district import FILE as SAMPLE
from kiosk_api.services.base.context import Context
from kiosk_api.services.organisation.units import load_units
from kiosk_api.services.staff import approve_documents
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.deliver_documents import deliver
from tests.attachments.helpers import open_bundle, paper, send
from tests.caches import cheap_passwords
from tests.desk import OPINION, staff
from tests.documents.steps import approved, made, officer
from tests.factories import (
    OFFICERS,
    PASSWORD,
    START,
    UNIT,
    build_context,
    fresh_app,
    petition,
    record_key,
    register,
    settings,
)

READER = {"username": "unit", "password": PASSWORD}


def few_units(folder: Path) -> None:
    """A store with three units instead of a whole county, so that it can be verified thousands of times."""
    engine = make_engine(settings(folder).database_url)
    migrate(engine)
    engine.dispose()
    record_key(folder)
    ctx = replace(build_context(settings(folder), clock=SettableClock(START)), passwords=cheap_passwords())
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if line.split(",")[0] in ("id", "u-0001", "u-0002", "u-0003", UNIT)]
    assert not load_units(ctx, "\n".join(chosen).encode()).problems
    with ctx.store.write() as records:
        records.confirm_year(START.year, "invented", START)
    for username, role, name, unit in OFFICERS:
        add_officer(ctx, username, role, name, unit, PASSWORD)
    ctx.store.close()


def small_app(folder: Path, **env: str) -> Flask:
    """Three cases: one with all that a case can have, from a paper to a delivered opinion; two just registered."""
    app = fresh_app(folder, officers=True, KIOSK_READING_REASONS="responsible_unit", **env)
    ctx, client = app.extensions["kiosk"], app.test_client()
    bundle = open_bundle(client)
    send(client, bundle, paper())
    body = petition(attachments=bundle)
    answer = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "audit-with-paper"})
    number = str(answer.get_json()["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    read(client, number)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **OPINION)
    one = made(app, "unit", number, "opinion")
    approve_documents.send_back(ctx, officer(app, "leader"), number, one.id, "单位名称不全")
    document = approved(app, "unit", "leader", number, "opinion").id
    today = ctx.clock.now().date().isoformat()
    deliver(ctx, officer(app, "unit"), number, document, {"method": "on_the_spot", "received_on": today})
    for key in ("audit-second", "audit-third"):
        register(app, key)
    return app


def read(client: FlaskClient, number: str) -> None:
    """The unit's officer reads a case, with a reason."""
    token = client.post("/api/v1/desk/session", json=READER).get_json()["token"]
    asked = {"Authorization": f"Bearer {token}", "X-Reading-Reason": quote("核对进度")}
    assert client.get(f"/api/v1/desk/cases/{number}", headers=asked).status_code == 200


def small_world(folder: Path) -> Context:
    """The context of the same."""
    ctx: Context = small_app(folder).extensions["kiosk"]
    return ctx


def run(ctx: Context, statement: str, **values: Any) -> Any:
    """A raw statement in a transaction of its own; the first value of a query, the count of rows of a change."""
    with ctx.store._engine.connect() as connection:  # type: ignore[attr-defined]
        return run_on(connection, statement, **values)


def run_on(connection: Connection, statement: str, **values: Any) -> Any:
    """The same on a connection, committed."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        done = connection.execute(text(statement), values)
        found = done.scalar() if done.returns_rows else done.rowcount
    except BaseException:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("ROLLBACK")
        raise
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
    connection.commit()
    return found
