"""The map of what is kept names every column of the schema and no other, and what it says of them is so."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, String

import kiosk_api.persistence.records  # noqa: F401 - so that every table is known
from kiosk_api.data_map_page import render
from kiosk_api.persistence import data_map
from kiosk_api.persistence.data_map import About, Kept, Protection
from kiosk_api.persistence.key_notes import SEALED
from kiosk_api.persistence.schema import MARK, MOMENT, metadata
from tests.audit.world import small_app
from tests.desk import OPINION
from tests.factories import fresh_app, petition
from tests.stores import connect

ROOT = Path(__file__).resolve().parents[2]
MAP = data_map.load()
BY_NAME = {table.name: table for table in MAP.tables}
ALL = [(table.name, column) for table in MAP.tables for column in table.columns]


def test_every_table_and_column_is_named_and_none_beside_them() -> None:
    stored = {name: [column.name for column in table.columns] for name, table in metadata.tables.items()}
    assert {name: [one.name for one in table.columns] for name, table in BY_NAME.items()} == stored


def test_what_is_sealed_is_what_the_rotation_of_keys_walks_over() -> None:
    sealed = {(name, column.name) for name, column in ALL if column.protection is Protection.SEALED}
    assert sealed == {(one.table.name, one.column) for one in SEALED}
    binary = {
        (name, column.name)
        for name, table in metadata.tables.items()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    digests = {("audit_entries", "digest"), ("audit_entries", "hash"), ("audit_heads", "hash")}
    assert binary - sealed == digests


def test_what_says_something_about_a_citizen_is_never_plain() -> None:
    about = {About.CITIZEN, About.SENSITIVE}
    assert [(name, column.name) for name, column in ALL
            if column.about in about and column.protection is Protection.PLAIN] == []  # fmt: skip


def test_marks_are_columns_of_marks() -> None:
    typed = {
        (name, column.name)
        for name, table in metadata.tables.items()
        for column in table.columns
        if column.type is MARK
    }
    assert {(name, column.name) for name, column in ALL if column.protection is Protection.MARK} == typed


def test_every_table_has_its_law_its_period_and_its_readers() -> None:
    article = re.compile(r"(?:信访工作条例|个人信息保护法)第[一二三四五六七八九十]+条")
    for table in MAP.tables:
        assert table.law and all(article.search(one) for one in table.law), table.name
        assert table.kept and table.erased and table.readers and table.whose, table.name


def test_what_follows_a_case_points_to_one() -> None:
    for table in MAP.tables:
        if set(table.kept) & {Kept.CASE, Kept.EVENT} and table.name not in (
            "document_files",
            "approvals",
            "deliveries",
        ):
            assert "case_id" in metadata.tables[table.name].columns, table.name


def test_what_has_a_period_is_purged_after_it(tmp_path: Path) -> None:
    """A row of years ago in every such table is gone after housekeeping: twice, as an answer goes before its message."""
    ctx = fresh_app(tmp_path).extensions["kiosk"]
    names = [one.name for one in MAP.tables if one.kept and not set(one.kept) & set(Kept)]
    assert len(names) > 12
    with closing(sqlite3.connect(tmp_path / "kiosk.db")) as store:
        for name in names:
            row = {column.name: of_years_ago(column) for column in metadata.tables[name].columns}
            marks = ", ".join("?" * len(row))
            store.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        store.commit()
    for later in (timedelta(), timedelta(days=365)):
        with ctx.store.write() as records:
            records.purge(ctx.clock.now() + later)
    with closing(sqlite3.connect(tmp_path / "kiosk.db")) as store:
        left = [name for name in names if store.execute(f"SELECT count(*) FROM {name}").fetchone()[0]]
    assert left == []


def test_a_filled_store_holds_what_the_map_says(tmp_path: Path) -> None:
    """What is sealed names its key, a mark is a mark, and nothing that somebody said is in any other column."""
    app = small_app(tmp_path)
    ctx = app.extensions["kiosk"]
    key = bytes.fromhex(ctx.store._cipher._ring.current("encryption").id)
    said = [text for text in (*petition()["petitioner"].values(), petition()["request"], petition()["facts"][:12])]
    said += [OPINION["finding"], OPINION["facts_and_reasons"], "单位名称不全", "核对进度"]
    filled: set[str] = set()
    with closing(connect(tmp_path)) as store:
        for name, column in ALL:
            values = [row[0] for row in store.execute(f'SELECT "{column.name}" FROM {name}').fetchall()]
            values = [one for one in values if one is not None]
            if column.protection is Protection.SEALED:
                assert all(bytes(one)[:5] == b"\x02" + key for one in values), (name, column.name)
                filled |= {name} if values else set()
            elif column.protection is Protection.MARK:
                assert all(re.fullmatch(r"(?:[0-9a-f]{64})?", one) for one in values), (name, column.name)
            written = [one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in values]
            assert not [1 for one in written for word in said if word in one], (name, column.name)
    assert filled >= {"cases", "events", "documents", "document_files", "approvals", "deliveries", "attachments",
                      "idempotency", "outbox", "reading_reasons"}  # fmt: skip


def of_years_ago(column: Column[Any]) -> object:
    """A value that this column may hold."""
    if column.type is MOMENT:
        return None if column.name == "lease_until" and column.nullable else "2019-01-01T00:00:00.000000Z"
    if isinstance(column.type, Date):
        return "2019-01-01"
    if isinstance(column.type, LargeBinary):
        return b"\x02"
    return "x" if isinstance(column.type, String) else 0


def test_the_operators_page_is_up_to_date() -> None:
    page = ROOT / "handbook" / "operators" / "data-map.md"
    assert page.read_text("utf-8") == render(MAP), "python -m kiosk_api.cli data-map > handbook/operators/data-map.md"


def test_the_page_names_every_place_outside_the_store() -> None:
    written = " ".join(place.where for place in MAP.places)
    for place in ("keys/", "wal", "log/", "备份", "锚", "Rasa", "浏览器", "打印机", "first-officers.txt"):
        assert place in written
