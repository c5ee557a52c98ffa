"""Opens the keys at the start of a process and checks them against the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from kiosk_api.build import sqlite_file
from kiosk_api.domain.keys import AES, Key
from kiosk_api.domain.phones import number_of
from kiosk_api.gateways.crypto import BlindIndex, GcmCipher
from kiosk_api.gateways.key_ring import KeyRing
from kiosk_api.gateways.keys import KeyFolder
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.key_notes import SqlKeyNotes
from kiosk_api.persistence.start_check import check_sqlite, check_version
from kiosk_api.services.base.key_care import keys_of_store


def open_ring(folder: KeyFolder, engine: Engine, now: datetime) -> KeyRing:
    """The key ring. Raises StartRefused when a key is missing, empty, wrong, or stays readable by others."""
    folder.prepare()
    notes = SqlKeyNotes(engine)

    def wrong_key(keys: Sequence[Key]) -> str | None:
        """For a store without key notes: the purpose of the key that does not fit its content, or None."""
        ring = KeyRing(keys)
        cipher, index = GcmCipher(ring), BlindIndex(ring)
        if notes.wrong_encryption(cipher):
            return "encryption"
        cases = notes.petitions(cipher)
        matching = [
            mark
            for mark, petition in cases
            if mark in index.mark("petitioner.phone", number_of(str(petition.get("phone")))).spellings
        ]
        return "blind_index" if cases and not matching else None

    return KeyRing(keys_of_store(folder, notes, str(folder.path), now, wrong_key), folder)


def check_start(database_url: str, *, must_be_current: bool = True) -> None:
    """Raises StartRefused for a store that is broken, may lose commits, or does not fit this program.

    A server that cannot be reached now is none of these: the service starts and readiness says so.
    """
    if make_url(database_url).get_backend_name() == "sqlite":
        if (path := sqlite_file(database_url)) is not None:
            check_sqlite(path.resolve(), must_be_current=must_be_current)
        return
    engine = make_engine(database_url)
    try:
        with engine.connect() as connection:
            check_version(
                MigrationContext.configure(connection).get_current_revision(), must_be_current=must_be_current
            )
    except OperationalError:
        return
    finally:
        engine.dispose()


def key_folder(data_dir: Path, algorithm: str = AES) -> KeyFolder:
    """The folder of the keys; those made from now on are for this family of algorithms."""
    return KeyFolder(data_dir / "keys", algorithm)
