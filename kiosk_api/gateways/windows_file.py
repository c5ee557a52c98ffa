"""Read the windows and support rooms, and the plan of each floor, from handbook/windows.toml."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import structlog
import tomllib

from kiosk_api.domain.errors import StartRefused
from kiosk_api.domain.opening import Times, times_of
from kiosk_api.domain.opening_zh import hours_in_chinese
from kiosk_api.gateways.plan_file import door_of, floors_of, place_of
from kiosk_api.services.base.hall import Floor, Room

PLACEHOLDER = "【请本单位填写"
CHECK_EVERY_S = 2.0


class WindowsFile:
    """The lists of the file; a correct edit is taken over within seconds, a faulty one is not."""

    def __init__(self, path: Path) -> None:
        """Raises StartRefused, in one line, for a file that cannot be used."""
        self._path = path
        self._seen = _changed(path)
        self._checked_at = time.monotonic()
        try:
            self.windows, self.floors = load_windows(path), load_floors(path)
        except _FAULTS as fault:
            raise StartRefused(
                f"窗口资料 {path} 有错，请改好再启动：{_reason(fault)}。 "
                f"{path} cannot be read, correct it and start again: {_reason(fault)}"
            ) from None

    def refresh(self) -> None:
        """Take over a changed file in place; the last good content stays while it is faulty."""
        if time.monotonic() - self._checked_at < CHECK_EVERY_S:
            return
        self._checked_at = time.monotonic()
        changed = _changed(self._path)
        if changed == self._seen:
            return
        self._seen = changed
        try:
            windows, floors = load_windows(self._path), load_floors(self._path)
        except _FAULTS as fault:
            structlog.get_logger("windows").warning("windows_file_faulty", reason=_reason(fault))
            return
        self.windows[:], self.floors[:] = windows, floors


_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _reason(fault: Exception) -> str:
    """One line: where the file is wrong."""
    if isinstance(fault, KeyError):
        return f"缺少 {fault}"
    return " ".join(str(fault).split()) or type(fault).__name__


def load_windows(path: Path) -> list[Room]:
    """Windows and support rooms; `configured` is False while a place or hour is a placeholder.

    Raises ValueError for hours that cannot be read, or that are said twice.
    """
    return [_room(entry, number) for number, entry in enumerate(_read(path)["window"], 1)]


def _room(entry: dict[str, Any], number: int) -> Room:
    opens = _opens(entry)
    hours = hours_in_chinese(opens) if opens else entry["hours"]
    return Room(
        key=entry["key"],
        label=entry["label"],
        kind=entry.get("kind", "window"),
        purpose=entry["purpose"],
        where=entry["where"],
        hours=hours,
        bring=tuple(entry.get("bring", ())),
        configured=PLACEHOLDER not in entry["where"] + hours,
        number=number,
        place=place_of(entry),
        short=entry.get("short", entry["label"]),
        opens=opens,
        door=door_of(entry),
    )


def _opens(entry: dict[str, Any]) -> tuple[Times, ...]:
    """The lines of `open`. Said in `hours` as well, the two could differ: then neither is believed."""
    lines = entry.get("open", [])
    if lines and "hours" in entry:
        raise ValueError(f"window {entry['key']}: give open or hours, not both; the words are made of open")
    try:
        return tuple(times_of(line) for line in lines)
    except ValueError as fault:
        raise ValueError(f"window {entry['key']}, open: {fault}") from None


def load_floors(path: Path) -> list[Floor]:
    """The floors a plan is drawn of.

    Raises ValueError when something lies outside its floor or over another: a plan that misleads is worse than none.
    """
    return floors_of(_read(path))


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as handle:
        return tomllib.load(handle)
