"""Key files on the disk: for their owner alone, written to the disk before they are used, never half there."""

from __future__ import annotations

import hmac
import os
import stat
from pathlib import Path

import pytest

from kiosk_api.domain.errors import StartRefused
from kiosk_api.domain.keys import PURPOSES, Key, key_id, no_use
from kiosk_api.gateways import key_ring
from kiosk_api.gateways.key_ring import KeyRing
from kiosk_api.gateways.keys import KeyFolder, copy_keys


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    made = KeyFolder(tmp_path / "a" / "b" / "keys")
    made.prepare()
    return made


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was flushed to the disk, folders and files that were whole by then."""
    found: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        known = os.fstat(descriptor)
        found.append("folder" if stat.S_ISDIR(known.st_mode) else "file" if known.st_size == 64 else "part of a file")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return found


def test_the_folder_and_its_files_are_their_owners_alone(folder: KeyFolder) -> None:
    folder.make("encryption", 1)
    folder.bot_key()
    assert mode(folder.path) == 0o700
    assert {mode(one) for one in folder.path.iterdir()} == {0o600}
    folder.prepare()  # again, over what is there


def test_a_folder_and_a_file_that_others_could_read_are_closed_and_it_is_said(
    folder: KeyFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    folder.make("encryption", 1)
    folder.path.chmod(0o755)
    (folder.path / "encryption").chmod(0o644)
    folder.prepare()
    assert (mode(folder.path), mode(folder.path / "encryption")) == (0o700, 0o600)
    said = "".join(capfd.readouterr())
    assert said.count("key_was_open_to_others") == 2 and all(name in said for name in ("keys", "encryption"))


def test_a_key_is_on_the_disk_before_it_is_used(folder: KeyFolder, synced: list[str]) -> None:
    key = folder.make("encryption", 1)
    assert synced == ["file", "folder"]
    assert [one.id for one in folder.found()] == [key.id] and len(key.value) == 32
    assert [one.name for one in folder.path.iterdir()] == ["encryption"]  # no file of the writing is left


def test_who_makes_a_key_that_is_there_gets_that_one(folder: KeyFolder) -> None:
    assert folder.make("encryption", 1) == folder.make("encryption", 1)


def test_the_assistants_secret_is_made_once(folder: KeyFolder) -> None:
    first = folder.bot_key()
    assert len(first) == 64 and folder.bot_key() == first


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, b"0" * 63, b"0" * 65, b"G" * 64])
def test_a_file_that_is_no_key_stops_the_start_by_its_name(folder: KeyFolder, content: bytes) -> None:
    (folder.path / "receipt").write_bytes(content)
    with pytest.raises(StartRefused, match="receipt is empty or broken"):
        folder.found()
    assert folder.readable_keys() == []


def test_a_copy_is_whole_and_flushed_and_holds_keys_alone(folder: KeyFolder, tmp_path: Path, synced: list[str]) -> None:
    for purpose in PURPOSES:
        folder.make(purpose, 1)
    folder.make("encryption", 2)
    folder.bot_key()
    (folder.path / "note.txt").write_text("not a key")
    synced.clear()
    copy = tmp_path / "copy"
    copy_keys(folder.path, copy)
    assert {one.name for one in copy.iterdir()} == {*PURPOSES, "encryption-2", "bot_key"}
    assert all(one.read_bytes() == (folder.path / one.name).read_bytes() for one in copy.iterdir())
    assert mode(copy) == 0o700 and synced == ["file"] * (len(PURPOSES) + 2) + ["folder"] * 2
    with pytest.raises(FileExistsError):
        copy_keys(folder.path, copy)


def test_a_copy_that_reads_back_differently_is_an_error(
    folder: KeyFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.make("encryption", 1)
    monkeypatch.setattr("kiosk_api.gateways.keys._write", lambda path, value: path.write_bytes(value[:-1]))
    with pytest.raises(OSError, match="reads back differently"):
        copy_keys(folder.path, tmp_path / "copy")


def test_a_ring_reads_the_folder_again_for_a_key_it_does_not_know(
    folder: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [100.0]
    monkeypatch.setattr(key_ring.time, "monotonic", lambda: moment[0])
    ring = KeyRing([folder.make("encryption", 1)], folder)
    second = folder.make("encryption", 2)
    os.utime(folder.path, ns=(1, 1))  # the clock of the disk may stand still between two files
    assert ring.current("encryption").number == 1
    assert ring.by_id("receipt", second.id) is None
    assert ring.by_id("encryption", second.id) == second == ring.current("encryption")


def test_a_ring_looks_at_the_folder_once_a_second(folder: KeyFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [100.0]
    monkeypatch.setattr(key_ring.time, "monotonic", lambda: moment[0])
    ring = KeyRing([folder.make("encryption", 1)], folder)
    folder.make("encryption", 2)
    os.utime(folder.path, ns=(1, 1))
    for at, number in ((100.5, 1), (101.0, 1), (101.1, 2)):
        moment[0] = at
        assert ring.current("encryption").number == number
    assert [one.number for one in ring.all("encryption")] == [2, 1]
    first = ring.first("encryption")
    assert first is not None and first.number == 1


def test_without_a_folder_a_ring_has_what_it_was_given(tmp_path: Path) -> None:
    key = Key(key_id("encryption", b"k" * 32), "encryption", 1, b"k" * 32)
    ring = KeyRing([key])
    assert ring.by_id("encryption", "00000000") is None and ring.lost() == [] and ring.current("encryption") is key
    assert KeyFolder(tmp_path / "nowhere").changed() == 0 and KeyFolder(tmp_path / "nowhere").found() == []


def test_names_and_checks_of_a_key_are_the_same_in_every_release() -> None:
    """They stand in stores and backups."""
    key = Key(key_id("encryption", b"k" * 32), "encryption", 1, b"k" * 32)
    names = {
        what: hmac.new(key.value, f"kiosk key\x1f{what}\x1fencryption".encode(), "sha256").hexdigest()
        for what in ("id", "check")
    }
    assert (key.id, key.check) == (names["id"][:8], names["check"])
    assert key_id("receipt", b"k" * 32) != key.id and b"k" * 32 not in repr(key).encode()


@pytest.mark.parametrize(
    ("state", "words"),
    [("missing", "is missing"), ("broken", "is empty or broken"), ("wrong", "is not the key of this store")],
)
def test_why_a_key_cannot_be_used_is_said_in_both_languages(state: str, words: str) -> None:
    said = str(no_use("encryption", "keys/encryption", state))
    assert f"keys/encryption {words}." in said and "不能启动" in said
