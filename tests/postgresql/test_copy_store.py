"""`copy-store`: everything, the same, or nothing at all; there and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, select, text

from kiosk_api.cli import main
from kiosk_api.gateways.clock import SystemClock
from kiosk_api.persistence import moving
from kiosk_api.persistence.codec import to_text
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from kiosk_api.persistence.moving import CopyRefused, copy_store
from kiosk_api.persistence.tables import metadata
from tests.factories import fresh_app, new_store, register
from tests.postgres_server import server
from tests.random_lives import live


def rows(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with cases that lived at random."""
    folder = tmp_path_factory.mktemp("lived")
    (folder / "kiosk.db").write_bytes(new_store(officers=True))
    app = fresh_app(folder, KIOSK_DATABASE_URL=f"sqlite:///{folder}/kiosk.db")
    live(app, cases=8, rounds=20)
    register(app)
    app.extensions["kiosk"].store.close()
    return folder


def test_everything_goes_over_and_back_again(lived: Path, empty_url: str, tmp_path: Path) -> None:
    first, second = make_engine(f"sqlite:///{lived}/kiosk.db"), make_engine(empty_url)
    third = make_engine(f"sqlite:///{tmp_path}/back.db")
    over, back = copy_store(first, second), copy_store(second, third)
    assert over == back
    assert {one.table for one in over} == set(metadata.tables)
    held = rows(first)
    assert {one.table: one.rows for one in over} == {name: len(found) for name, found in held.items()}
    assert all(
        held[name] for name in ("cases", "events", "case_clocks", "units", "officers", "idempotency", "key_notes")
    )
    assert rows(second) == held == rows(third)
    for engine in (first, second, third):
        engine.dispose()


def test_the_service_goes_on_over_the_copy(lived: Path, empty_url: str) -> None:
    first = make_engine(f"sqlite:///{lived}/kiosk.db")
    copy_store(first, second := make_engine(empty_url))
    first.dispose()
    second.dispose()
    app = fresh_app(lived, KIOSK_DATABASE_URL=empty_url)  # the same folder, so the same keys
    made = register(app, "after-the-move")
    again = register(app)  # stored before the move, with the same key
    assert made["case_number"] != again["case_number"]
    found = app.test_client().post("/api/v1/cases/lookup", json={"lookup_token": again["lookup_token"]})
    assert found.get_json()["case_number"] == again["case_number"]
    app.extensions["kiosk"].store.close()


def test_nothing_draws_numbers_from_a_sequence(url: str) -> None:
    assert server().run("SELECT count(*) FROM pg_sequences", str(make_url(url).database)) == [(0,)]


def test_a_target_that_holds_anything_is_left_alone(lived: Path, url: str) -> None:
    first, second = make_engine(f"sqlite:///{lived}/kiosk.db"), make_engine(url)
    before = rows(second)
    with pytest.raises(CopyRefused, match="not empty"):
        copy_store(first, second)
    assert rows(second) == before
    first.dispose()
    second.dispose()


def test_what_does_not_fit_leaves_an_empty_target_and_tells_no_value(
    lived: Path, empty_url: str, tmp_path: Path
) -> None:
    (tmp_path / "kiosk.db").write_bytes((lived / "kiosk.db").read_bytes())
    first, second = make_engine(f"sqlite:///{tmp_path}/kiosk.db"), make_engine(empty_url)
    with first.connect() as connection:
        connection.execute(text("UPDATE officers SET display_name = :name"), {"name": "钱多米" * 500})
    with pytest.raises(CopyRefused, match="officers") as refused:
        copy_store(first, second)
    assert "钱多米" not in str(refused.value)
    assert not any(rows(second).values())
    first.dispose()
    second.dispose()


def test_a_difference_is_found(lived: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_engine(f"sqlite:///{lived}/kiosk.db"), make_engine(empty_url)
    write = moving._write

    def changed(writing: Any, table: Any, batch: list[dict[str, Any]]) -> None:
        write(writing, table, [{**one, "urged": 77} if "urged" in one else one for one in batch])

    monkeypatch.setattr(moving, "_write", changed)
    with pytest.raises(CopyRefused, match="cases"):
        copy_store(first, second)
    assert not any(rows(second).values())
    first.dispose()
    second.dispose()


def test_an_old_store_is_migrated_first(empty_url: str, tmp_path: Path) -> None:
    first, second = make_engine(f"sqlite:///{tmp_path}/old.db"), make_engine(empty_url)
    migrate(first, "0020")
    with pytest.raises(CopyRefused, match="migrate"):
        copy_store(first, second)
    first.dispose()
    second.dispose()


def test_the_command_waits_for_the_service_to_be_stopped(
    lived: Path, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kiosk.db").write_bytes((lived / "kiosk.db").read_bytes())
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KIOSK_DATABASE_URL", f"sqlite:///{tmp_path}/kiosk.db")
    engine = make_engine(f"sqlite:///{tmp_path}/kiosk.db")
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM heartbeats"))
        now = to_text(SystemClock().now())
        connection.execute(text("INSERT INTO heartbeats VALUES ('worker', :at)"), {"at": now})
    engine.dispose()
    assert main(["copy-store", "--to", empty_url]) == 1
    assert "stop it first" in capsys.readouterr().err
    assert main(["copy-store", "--to", f"sqlite:///{tmp_path}/kiosk.db"]) == 1
    assert main(["copy-store", "--trial", "--to", empty_url]) == 0
    said = capsys.readouterr().out
    assert "cases\t" in said and "each compared" in said
    assert main(["copy-store", "--trial", "--to", empty_url]) == 1
    assert main(["copy-store", "--trial", "--to", "nonsense"]) == 1
