"""A store with cases, a key pair for backups, and commands as an operator types them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api import cli
from kiosk_api.domain.backups import made_at
from tests.factories import fresh_app, register


@dataclass
class Office:
    """Folders of a service, of its backups, and of its private key, on three disks as it were."""

    data: Path
    away: Path
    key: Path
    run_as: pytest.MonkeyPatch

    def command(self, *arguments: str | Path, data: Path | None = None) -> int:
        self.run_as.setenv("KIOSK_DATA_DIR", str(data or self.data))
        return cli.main([str(one) for one in arguments])

    def app(self, data: Path | None = None) -> Flask:
        return fresh_app(data or self.data, officers=True)

    def backups(self) -> list[Path]:
        """Whole backups, the oldest first."""
        return sorted(one for one in self.away.glob("*") if made_at(one.name))

    def take(self) -> Path:
        assert self.command("backup", self.away) == 0
        return self.backups()[-1]


def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office(tmp_path / "var", tmp_path / "away", tmp_path / "usb" / "private.txt", monkeypatch)
    made.key.parent.mkdir()
    assert made.command("make-backup-key", made.key) == 0
    return made


def registered(app: Flask, count: int = 1, prefix: str = "backup") -> list[dict[str, Any]]:
    return [register(app, f"{prefix}-{n:04d}") for n in range(count)]


def closed(app: Flask) -> None:
    """Close every connection, as a stopped service has."""
    app.extensions["kiosk"].store.close()
