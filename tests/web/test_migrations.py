"""The migrations build the tables of the code."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kiosk_api.persistence.tables import metadata
from tests.factories import fresh_app


def test_a_migrated_store_has_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = fresh_app(tmp_path).extensions["kiosk"].store._engine
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_names_of_units_in_an_older_store_become_units_and_keep_their_cases(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine, "0009")
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        for number, unit in enumerate(("某某局", "某某局", "青禾县住房和城乡建设局", None)):
            connection.execute(
                text(
                    "INSERT INTO cases (id, case_number, token_mark, tail_mark, phone_mark, status, kind, domain,"
                    " window, responsible_unit, emergency, confidential, registered_at, urged, petition, route, version)"
                    " VALUES (:n, :n, :n, :n, :n, 'forwarded', 'appeal', 'economy', 'petition_office', :unit, 0, 0,"
                    " '2026-03-02T02:00:00.000000Z', 0, x'00', x'00', 1)"
                ),
                {"n": f"case{number}", "unit": unit},
            )
        connection.execute(
            text(
                "INSERT INTO officers (id, username, display_name, role, unit, password_hash)"
                " VALUES ('o', 'o', 'o', 'responsible_unit', '某某局', 'x')"
            )
        )
    migrate(engine)
    engine.dispose()
    ctx = fresh_app(tmp_path / "new", KIOSK_DATABASE_URL=f"sqlite:///{tmp_path / 'old.db'}").extensions["kiosk"]
    with ctx.store.read() as records:
        rows = {row.case_number: row.responsible_unit for row in records.cases.page(CaseFilter(), 9, 0)}
        assert rows["case0"] == rows["case1"] and rows["case3"] is None
        assert records.units.name_of(rows["case0"]) == "某某局"
        assert records.officer_by_name("o")[0].unit == rows["case0"]
        assert {unit.kind for unit in records.units.all()} == {"unlisted"}
    assert load_units(ctx, SAMPLE.read_bytes()).inherited == 1
    with ctx.store.read() as records:
        rows = {row.case_number: row.responsible_unit for row in records.cases.page(CaseFilter(), 9, 0)}
        assert rows["case2"] == UNIT and records.units.name_of(rows["case0"]) == "某某局"
