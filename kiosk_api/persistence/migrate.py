"""Bring a store to the current schema, with Alembic: as a whole or not at all.

SQLite can change tables inside a transaction, but neither its driver nor Alembic begins one. A migration that
rebuilds a table drops the old one, which enforced foreign keys refuse as soon as a row points at it; they can be
switched off outside a transaction only. So: keys off, BEGIN IMMEDIATE, every migration, a check of all foreign
keys, COMMIT (the procedure of SQLite's ALTER TABLE page, section 7). A kill before the commit leaves the old store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from kiosk_api.domain.errors import StartRefused
from kiosk_api.persistence import guards
from kiosk_api.persistence.postgresql import begin_migrating

_HERE = Path(__file__).resolve().parent / "migrations"
WAIT_MS = 60_000  # for another process that migrates, or a service that has not ended yet


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine, revision: str = "head", wait_ms: int = WAIT_MS) -> None:
    """Run every migration up to `revision` that this store has not seen; safe to run again.

    Raises StartRefused, with the store as it was, when another process holds it or a row would point nowhere.
    """
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        if engine.dialect.name == "sqlite":
            with _whole(connection, wait_ms):
                _upgrade(connection, config, revision)
        else:
            begin_migrating(connection)
            _upgrade(connection, config, revision)
            connection.commit()


@contextmanager
def _whole(connection: Connection, wait_ms: int) -> Iterator[None]:
    """One transaction of SQLite without enforced foreign keys; the connection is not used again."""
    run = connection.exec_driver_sql
    run(f"PRAGMA busy_timeout={wait_ms}")
    run("PRAGMA foreign_keys=OFF")
    try:
        _begin(connection)
        try:
            yield
            if broken := sorted({str(row[0]) for row in run("PRAGMA foreign_key_check")}):
                raise StartRefused(
                    f"升级没有做：升级以后 {', '.join(broken)} 里会有指不到的行。数据库还是原来的样子，请联系开发人员。 "
                    f"Nothing was changed: rows of {', '.join(broken)} would point nowhere after the migration."
                )
        except BaseException:
            run("ROLLBACK")
            raise
        run("COMMIT")
    finally:
        connection.invalidate()


def _begin(connection: Connection) -> None:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise StartRefused(
            "升级没有做：数据库正被别的程序写着。请先停下服务和后台，再升级。 "
            "Nothing was changed: another process is writing to the store. Stop the service and its worker first."
        ) from None


def _upgrade(connection: Connection, config: Config, revision: str) -> None:
    """Migrations may rewrite what triggers protect; afterwards every trigger is there, also of a rebuilt table."""
    if MigrationContext.configure(connection).get_current_revision() != head():
        guards.remove(connection)
    command.upgrade(config, revision)
    guards.install(connection)


@cache
def head() -> str | None:
    """The newest migration in the source."""
    return ScriptDirectory.from_config(_config()).get_current_head()


@cache
def revisions() -> tuple[str, ...]:
    """Every migration, the oldest first."""
    return tuple(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())[::-1]
