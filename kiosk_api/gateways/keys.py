"""Key files: made once, outside the database, readable by the service's user only.

Each purpose has numbered keys: `encryption` is the first, `encryption-2` the next after a
rotation. The highest number is used for what is written now, the others only to read. A file holds
64 hexadecimal digits; those of a key for SM4 and SM3 follow `sm:`.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from pathlib import Path

import structlog

from kiosk_api.domain.errors import StartRefused
from kiosk_api.domain.keys import AES, PURPOSES, SM, Key, file_name, key_id, no_use
from kiosk_api.gateways.ciphers import check_available

BOT_KEY = "bot_key"  # authenticates the bot; encrypts nothing
_FILE = re.compile(rf"({'|'.join(PURPOSES)})(?:-([1-9][0-9]{{0,3}}))?")
_VALUE = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"(sm:)?([0-9a-f]{64})")


class KeyFolder:
    """The folder of key files. Losing it makes every stored petition unreadable."""

    def __init__(self, path: Path, algorithm: str = AES) -> None:
        self.path = path
        self._algorithm = algorithm  # of keys made from now on

    def prepare(self) -> None:
        """Make the folder; remove the rights of other users. Raises StartRefused if that fails."""
        check_available(self._algorithm)
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        _restrict_to_owner(self.path)
        for file in self.path.iterdir():
            if file.is_file():
                _restrict_to_owner(file)

    def found(self) -> list[Key]:
        """Every key of the folder. Raises StartRefused when a file holds no key."""
        return [self._read(file) for file in self._files()]

    def readable_keys(self) -> list[Key]:
        """The same for a running process: files that cannot be read are left out."""
        found = []
        for file in self._files():
            with contextlib.suppress(StartRefused, OSError):
                found.append(self._read(file))
        return found

    def make(self, purpose: str, number: int) -> Key:
        """A new key on disk; two processes that make the same one agree on it."""
        path = self.path / file_name(purpose, number)
        _make(path, "sm:" if self._algorithm == SM else "")
        return self._read(path)

    def bot_key(self) -> str:
        """The secret that the action server shows; made whenever it is not there."""
        path = self.path / BOT_KEY
        if not path.exists():
            _make(path)
        value = _text(path)
        if not _VALUE.fullmatch(value):
            raise StartRefused(
                f"{path} 不是一把完整的钥匙（空的或坏的）。这把只用于助手和服务之间的通信：把它移走，"
                "再启动服务和助手，会自动换一把新的。 "
                f"{path} holds no key. It only joins the assistant to the service: move it away and "
                "start both again; a new one is made."
            )
        return value

    def changed(self) -> int:
        """A number that changes when a file is added or removed; 0 when the folder is missing."""
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return 0

    def _files(self) -> list[Path]:
        with contextlib.suppress(FileNotFoundError):
            return sorted(file for file in self.path.iterdir() if _FILE.fullmatch(file.name))
        return []

    def _read(self, path: Path) -> Key:
        match = _FILE.fullmatch(path.name)
        assert match
        found = _KEY.fullmatch(_text(path))
        if not found:
            raise no_use(path.name, str(path), "broken")
        purpose, number, value = match[1], int(match[2] or 1), bytes.fromhex(found[2])
        algorithm = SM if found[1] else AES
        check_available(algorithm)
        return Key(key_id(purpose, value), purpose, number, value, algorithm)


def copy_keys(source: Path, target: Path) -> None:
    """Copy every key file into the new folder `target`, flushed to the disk and read back."""
    target.mkdir(mode=0o700)
    for file in sorted(source.iterdir()):
        if not (_FILE.fullmatch(file.name) or file.name == BOT_KEY):
            continue
        value = file.read_bytes()
        _write(target / file.name, value)
        if (target / file.name).read_bytes() != value:
            raise OSError(f"{target / file.name} reads back differently")
    _sync(target)
    _sync(target.parent)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("ascii", "replace").strip()
    except PermissionError:
        raise StartRefused(
            f"没有权限读钥匙文件 {path}：请用安装本服务的同一个用户启动。 "
            f"The key file {path} may not be read by this user: start as the service's own user."
        ) from None


def _make(path: Path, kind: str = "") -> None:
    """Write a new key atomically: to a temporary file, then linked into place unless it exists by now."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    _write(partial, (kind + secrets.token_hex(32)).encode())
    with contextlib.suppress(FileExistsError):
        os.link(partial, path)
    partial.unlink()
    _sync(path.parent)


def _write(path: Path, value: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _restrict_to_owner(path: Path) -> None:
    """Restrict a path to its owner; logs a warning if others had rights."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & 0o077:
        return
    with contextlib.suppress(OSError):
        path.chmod(mode & ~0o077)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise StartRefused(
            f"别的用户能看到钥匙 {path}，而且改不了权限。请把它的主人改成运行本服务的用户，权限改成只有主人能读。 "
            f"{path} is open to other users and its mode cannot be changed: give it to the service's "
            "user, mode 0600 (folder 0700)."
        )
    # Others could have read it until now: the operators' page says when to rotate.
    structlog.get_logger("keys").warning("key_was_open_to_others", place=path.name)
