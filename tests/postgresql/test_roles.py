"""The roles of `deploy/postgresql/roles.sql`: the service works with its own, and cannot change a table or a trigger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from tests.factories import fresh_app, register
from tests.postgres_server import server

ROLES = Path(__file__).resolve().parents[2] / "deploy/postgresql/roles.sql"


@pytest.fixture
def database(empty_url: str) -> Iterator[str]:
    name = str(make_url(empty_url).database)
    server().run(ROLES.read_text(encoding="utf-8"), name)
    yield empty_url
    server().run("DROP OWNED BY petition, petition_owner; DROP ROLE petition, petition_owner", name)


def as_role(url: str, role: str) -> str:
    return url.replace("postgres:@", f"{role}:@")


def test_the_service_needs_no_more_than_its_role(database: str, tmp_path: Path) -> None:
    owner = make_engine(as_role(database, "petition_owner"))
    migrate(owner)
    owner.dispose()
    app = fresh_app(tmp_path, KIOSK_DATABASE_URL=as_role(database, "petition"))
    token = register(app)["lookup_token"]
    assert app.test_client().post("/api/v1/cases/lookup", json={"lookup_token": token}).status_code == 200
    assert app.test_client().get("/readyz").get_json()["parts"]["store"] == "ok"
    app.extensions["kiosk"].store.close()
    with psycopg.connect(as_role(database, "petition").replace("+psycopg", ""), autocommit=True) as connection:
        for statement in (
            "DROP TABLE cases", "ALTER TABLE events DISABLE TRIGGER ALL", "TRUNCATE events", "CREATE TABLE mine (id int)",
            "DROP TRIGGER kept_events_delete ON events",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
