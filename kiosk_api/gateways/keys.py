"""Keys: made once, outside the database, readable by the service's user only."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("encryption", "blind_index", "receipt", "bot_key")


@dataclass(frozen=True)
class Keys:
    """Independent 32-byte keys, each for one purpose only."""

    encryption: bytes
    blind_index: bytes
    receipt: bytes
    bot_key: str


def load_keys(directory: Path) -> Keys:
    """Read the keys under `directory`, making those that do not exist yet (mode 0600).

    Losing this directory makes every stored petition unreadable: back it up apart from
    the database.
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    values = {name: _load_or_make(directory / name) for name in _NAMES}
    return Keys(
        encryption=bytes.fromhex(values["encryption"]),
        blind_index=bytes.fromhex(values["blind_index"]),
        receipt=bytes.fromhex(values["receipt"]),
        bot_key=values["bot_key"],
    )


def _load_or_make(path: Path) -> str:
    """Read one key file; two processes starting together agree on one key."""
    if not path.exists():
        partial = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(partial, path)
        partial.unlink()
    return path.read_text(encoding="ascii").strip()
