"""The keys a process starts with, checked against the store before anything is served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from kiosk_api.domain.keys import Key
from kiosk_api.gateways.crypto import AesGcmCipher, BlindIndex
from kiosk_api.gateways.key_ring import KeyRing
from kiosk_api.gateways.keys import KeyFolder
from kiosk_api.persistence.key_notes import SqlKeyNotes
from kiosk_api.services.base.key_care import keys_of_store


def open_ring(folder: KeyFolder, engine: Engine, now: datetime) -> KeyRing:
    """Raises StartRefused when a key is missing, empty, wrong or open to others for good."""
    folder.prepare()
    notes = SqlKeyNotes(engine)

    def misfit(keys: Sequence[Key]) -> str | None:
        """The purpose of the key that does not open what a store without notes holds."""
        ring = KeyRing(keys)
        cipher, index = AesGcmCipher(ring), BlindIndex(ring)
        if notes.wrong_encryption(cipher):
            return "encryption"
        cases = notes.petitions(cipher)
        fit = [
            mark
            for mark, petition in cases
            if mark in index.mark("petitioner.phone", str(petition.get("phone"))).spellings
        ]
        return "blind_index" if cases and not fit else None

    return KeyRing(keys_of_store(folder, notes, str(folder.path), now, misfit), folder)


def key_folder(data_dir: Path) -> KeyFolder:
    """Where the keys lie."""
    return KeyFolder(data_dir / "keys")
