"""Read the windows and support rooms, and the plan of each floor, from handbook/windows.toml."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import structlog
import tomllib

from kiosk_api.domain.errors import StartRefused
from kiosk_api.services.base.shown import Floor, PlaceOnPlan, Room

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
    """Windows and support rooms; `configured` is False while a place or hour is a placeholder."""
    with path.open("rb") as handle:
        entries = tomllib.load(handle)["window"]
    return [
        Room(
            key=entry["key"],
            label=entry["label"],
            kind=entry.get("kind", "window"),
            purpose=entry["purpose"],
            where=entry["where"],
            hours=entry["hours"],
            bring=tuple(entry.get("bring", ())),
            configured=PLACEHOLDER not in entry["where"] + entry["hours"],
            number=number,
            place=_place(entry),
        )
        for number, entry in enumerate(entries, 1)
    ]


def _place(entry: dict[str, Any]) -> PlaceOnPlan | None:
    """The place of a window on its floor's plan, or None while the bureau has not entered it."""
    if not {"floor", "x", "y", "w", "h"} <= entry.keys():
        return None
    return PlaceOnPlan(str(entry["floor"]), *(float(entry[side]) for side in "xywh"))


def load_floors(path: Path) -> list[Floor]:
    """The floors a plan is drawn of.

    Raises ValueError when a window lies outside its floor: a plan that misleads is worse than none.
    """
    with path.open("rb") as handle:
        read = tomllib.load(handle)
    floors = [
        Floor(
            key=str(one["key"]),
            label=one["label"],
            width=float(one["width"]),
            height=float(one["height"]),
            here=tuple(one["here"]) if "here" in one else None,
        )
        for one in read.get("floor", [])
    ]
    sizes = {one.key: one for one in floors}
    for entry in read["window"]:
        place = _place(entry)
        if place is None:
            continue
        floor = sizes.get(place.floor)
        if floor is None or not (
            0 <= place.x < place.x + place.w <= floor.width and 0 <= place.y < place.y + place.h <= floor.height
        ):
            raise ValueError(f"window {entry['key']} lies outside its floor in {path.name}")
    return floors
