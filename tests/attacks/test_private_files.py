"""Store and logs are readable by the service's user only, whatever the machine's umask is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk_api import cli, private_files, supervisor
from kiosk_api.config import Settings
from kiosk_api.services.base.context import Context
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.supervised import Part
from tests.caches import cheap_passwords


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Set a umask that lets everybody read new files; restore it afterwards."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_a_fresh_store_and_its_files_are_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "var"
    monkeypatch.setenv("KIOSK_DATA_DIR", str(data))
    monkeypatch.setattr("kiosk_api.app.Argon2Passwords", cheap_passwords)
    assert cli.main(["migrate"]) == 0
    store = {path.name: mode(path) for path in data.glob("kiosk.db*")}
    assert "kiosk.db" in store and set(store.values()) == {"0o600"}
    assert mode(data) == "0o700"
    assert [path for path in data.rglob("*") if path.stat().st_mode & 0o077] == []


def test_an_end_in_between_leaves_no_account_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("kiosk_api.app.Argon2Passwords", cheap_passwords)
    made: list[str] = []

    def ends_at_the_third(ctx: Context, username: str, *more: Any) -> None:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(username)
        add_officer(ctx, username, *more)

    monkeypatch.setattr("kiosk_api.cli.add_officer", ends_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        cli.main(["migrate"])
    lines = (tmp_path / "first-officers.txt").read_text(encoding="utf-8").splitlines()
    assert set(made) <= {one.split("\t")[0] for one in lines}


def test_a_log_is_private_from_its_first_byte(tmp_path: Path) -> None:
    for way in ("ab", "wb"):
        path = tmp_path / way / "log" / "train.log"
        with private_files.open_log(path, way) as log:
            log.write(b"line\n")
        assert (mode(path), mode(path.parent)) == ("0o600", "0o700")


@pytest.mark.parametrize("from_before", [False, True])
def test_the_log_of_a_part_is_private_also_one_that_an_earlier_version_made(tmp_path: Path, from_before: bool) -> None:
    path = tmp_path / "short.log"
    if from_before:
        path.write_text("before\n", encoding="utf-8")
        assert mode(path) == "0o644"
    warm = Part("short", [sys.executable, "-c", "print('line')"], None).load(tmp_path)
    warm.close()
    assert mode(path) == "0o600"
    assert path.read_text(encoding="utf-8") == ("before\n" if from_before else "") + "line\n"


class Prepared(Exception):
    """Raised where the test stops the supervisor."""


class Door:
    """A stand-in for the listening socket."""

    def fileno(self) -> int:
        return 99


def test_the_supervisor_makes_the_data_folder_private_before_it_starts_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "var"
    (data / "log").mkdir(parents=True)
    (data / "log" / "api.log").write_text("before\n", encoding="utf-8")
    (data / "kiosk.db").touch()

    def prepare(_settings: Settings, log_dir: Path, *_: Any) -> bool:
        with (log_dir / "later.log").open("wb"):
            raise Prepared

    monkeypatch.setenv("KIOSK_DATA_DIR", str(data))
    monkeypatch.setattr(supervisor, "listening_socket", lambda *_: Door())
    monkeypatch.setattr(supervisor, "_port_taken", lambda _url: False)
    monkeypatch.setattr(supervisor, "_prepare", prepare)
    monkeypatch.setattr(supervisor.signal, "signal", lambda *_: None)
    monkeypatch.setattr(supervisor, "adopt_orphans", lambda: None)
    with pytest.raises(Prepared):
        supervisor.run()
    assert [path for path in (data, *data.rglob("*")) if path.stat().st_mode & 0o077] == []
