"""The migrations build the tables of the code, and keep what a store holds."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import _config, migrate
from kiosk_api.persistence.tables import metadata
from kiosk_api.sample.district import FILE as SAMPLE
from kiosk_api.services.base.records import CaseFilter
from kiosk_api.services.organisation.units import load_units
from tests.desk import staff
from tests.factories import UNIT, UNIT_NAME, fresh_app, register


def test_a_migrated_store_has_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = fresh_app(tmp_path).extensions["kiosk"].store._engine
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_cases_of_an_earlier_release_came_over_the_network(tmp_path: Path) -> None:
    """Migration 0012."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    config = _config()
    before = ScriptDirectory.from_config(config).get_revision("0012").down_revision
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(before))
        columns = {row[1]: row for row in connection.execute(text("PRAGMA table_info(cases)"))}
        needed = [name for name, row in columns.items() if row[3] and row[4] is None]
        names, values = ", ".join(f'"{one}"' for one in needed), ", ".join("'1'" for _ in needed)
        connection.execute(text(f"INSERT INTO cases ({names}) VALUES ({values})"))
        connection.commit()
    migrate(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT channel, repeat_of FROM cases")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("network", None)]


def test_names_of_units_in_an_older_store_become_units_and_keep_their_cases(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True)
    ctx = app.extensions["kiosk"]
    numbers = [register(app, f"an-old-case-{n}")["case_number"] for n in range(4)]
    for number in numbers[:3]:
        staff(app, "office", number, "forward", unit=UNIT)
    config = _config()
    before = ScriptDirectory.from_config(config).get_revision("0010").down_revision
    with create_engine(ctx.store._engine.url).connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, str(before))
        assert set(connection.execute(text("SELECT responsible_unit FROM cases")).scalars()) == {UNIT_NAME, None}
        numbered = [{"n": number} for number in numbers[:2]]
        connection.execute(text("UPDATE cases SET responsible_unit = '某某局' WHERE case_number = :n"), numbered)
        connection.execute(text("UPDATE officers SET unit = '某某局' WHERE username = 'unit'"))
        connection.commit()
    migrate(ctx.store._engine)
    with ctx.store.read() as records:
        units = {row.case_number: row.responsible_unit for row in records.cases.page(CaseFilter(), 9, 0)}
        assert units[numbers[0]] == units[numbers[1]] and units[numbers[3]] is None
        assert records.units.name_of(units[numbers[0]]) == "某某局"
        assert records.officer_by_name("unit")[0].unit == units[numbers[0]]
        assert {unit.kind for unit in records.units.all()} == {"unlisted"}
    assert load_units(ctx, SAMPLE.read_bytes()).inherited == 1
    with ctx.store.read() as records:
        units = {row.case_number: row.responsible_unit for row in records.cases.page(CaseFilter(), 9, 0)}
        assert units[numbers[2]] == UNIT and records.units.name_of(units[numbers[0]]) == "某某局"


def test_cases_that_may_accuse_somebody_get_their_wall_after_the_upgrade(tmp_path: Path) -> None:
    """Migration 0014."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    config = _config()
    before = ScriptDirectory.from_config(config).get_revision("0014").down_revision
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(before))
        columns = {row[1]: row for row in connection.execute(text("PRAGMA table_info(cases)"))}
        needed = [name for name, row in columns.items() if row[3] and row[4] is None]
        names, values = ", ".join(f'"{one}"' for one in needed), ", ".join(f":{one}" for one in needed)
        plain = {**dict.fromkeys(needed, "1"), "kind": "appeal", "confidential": 0}
        for key, more in (
            ("plain", {}),
            ("accuses", {"kind": "accusation"}),
            ("secret", {"confidential": 1}),
            ("aside", {}),
        ):
            row = {**plain, "id": key, "case_number": key, "token_mark": key, **more}
            connection.execute(text(f"INSERT INTO cases ({names}) VALUES ({values})"), row)
        connection.execute(
            text(
                "INSERT INTO events (id, case_id, seq, at, action, role, actor, data)"
                " VALUES ('e', 'aside', 1, '1', 'step_aside', 'supervisor', 'o', x'00')"
            )
        )
        connection.commit()
    migrate(engine)
    with engine.connect() as connection:
        marked = connection.execute(text("SELECT id FROM cases WHERE recheck_on = '1970-01-01' ORDER BY id"))
        assert [row.id for row in marked] == ["accuses", "aside", "secret"]
    engine.dispose()


def test_accounts_of_an_earlier_release_can_sign_in_and_hold_their_office(tmp_path: Path) -> None:
    """Migration 0016."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    config = _config()
    before = ScriptDirectory.from_config(config).get_revision("0016").down_revision
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(before))
        connection.execute(
            text(
                "INSERT INTO officers (id, username, display_name, role, unit, password_hash)"
                " VALUES ('o1', 'wang', '王敏', 'petition_office', NULL, 'hash')"
            )
        )
        opened = "INSERT INTO officer_sessions (token_mark, officer_id, opened_at, expires_at)"
        connection.execute(text(f"{opened} VALUES ('mark', 'o1', '2026', '2027')"))
        connection.commit()
    migrate(engine)
    with engine.connect() as connection:
        accounts = connection.execute(text("SELECT is_active, must_change FROM officers")).all()
        offices = connection.execute(text("SELECT officer_id, role, unit, since, until FROM officer_roles")).all()
    engine.dispose()
    assert [tuple(row) for row in accounts] == [(1, 0)]
    assert [tuple(row) for row in offices] == [("o1", "petition_office", None, None, None)]
