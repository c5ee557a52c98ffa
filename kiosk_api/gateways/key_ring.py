"""The keys of a running process: a key added by another process is used without a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from kiosk_api.domain.keys import Key, file_name
from kiosk_api.gateways.keys import KeyFolder

CHECK_EVERY_S = 1.0


class KeyRing:
    """Current and former keys by purpose; safe to share between threads."""

    def __init__(self, keys: Sequence[Key], folder: KeyFolder | None = None) -> None:
        self._folder = folder
        self._keys = {key.id: key for key in keys}
        self._lock = threading.Lock()
        self._seen = folder.changed() if folder else 0
        self._checked_at = time.monotonic()

    def all(self, purpose: str) -> list[Key]:
        """The key in use first, then the former ones, newest first."""
        if time.monotonic() - self._checked_at > CHECK_EVERY_S:
            self._reload_if_changed()
        return self._sorted(purpose)

    def current(self, purpose: str) -> Key:
        """The key for what is written now."""
        return self.all(purpose)[0]

    def by_id(self, purpose: str, wanted: str) -> Key | None:
        """The key that a sealed value names, read again from disk if unknown; None when there is none."""
        if wanted not in self._keys:
            self._reload_if_changed()
        key = self._keys.get(wanted)
        return key if key is not None and key.purpose == purpose else None

    def first(self, purpose: str) -> Key | None:
        """The oldest key: values sealed before keys had names need it."""
        return next((key for key in self._sorted(purpose) if key.number == 1), None)

    def reload(self) -> None:
        """Read the folder again. A key that is gone from the disk stays in memory."""
        if self._folder is None:
            return
        fresh = {key.id: key for key in self._folder.readable_keys()}
        with self._lock:
            self._keys = {**self._keys, **fresh}

    def lost(self) -> list[str]:
        """Files of keys in memory that are no longer on disk as they were."""
        if self._folder is None:
            return []
        there = {key.id for key in self._folder.readable_keys()}
        return sorted(file_name(key.purpose, key.number) for key in self._keys.values() if key.id not in there)

    def _reload_if_changed(self) -> None:
        self._checked_at = time.monotonic()
        if self._folder is None:
            return
        changed = self._folder.changed()
        if changed != self._seen:
            self._seen = changed
            self.reload()

    def _sorted(self, purpose: str) -> list[Key]:
        found = [key for key in self._keys.values() if key.purpose == purpose]
        return sorted(found, key=lambda key: -key.number)
