"""Read the plan of each floor from handbook/windows.toml, and refuse one that would mislead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from kiosk_api.domain.way import Line, Point
from kiosk_api.services.base.hall import FEATURES, Feature, Floor, PlaceOnPlan

MOST_POINTS = 400  # of all lines of a floor; each way is looked for along them


def place_of(entry: dict[str, Any]) -> PlaceOnPlan | None:
    """The place of a window on its floor's plan, or None while the bureau has not entered it."""
    if not {"floor", "x", "y", "w", "h"} <= entry.keys():
        return None
    return PlaceOnPlan(str(entry["floor"]), *(float(entry[side]) for side in "xywh"))


def door_of(entry: dict[str, Any]) -> Point | None:
    """Where one walks to, if the bureau has said so."""
    return _point(entry["door"], f"door of window {entry['key']}") if "door" in entry else None


def floors_of(read: dict[str, Any]) -> list[Floor]:
    """The floors of the file. Raises ValueError, in a sentence: a plan that misleads is worse than none."""
    features = [_feature(one) for one in read.get("feature", [])]
    floors = [_floor(one, features) for one in read.get("floor", [])]
    known = {one.key: one for one in floors}
    if len(known) < len(floors):
        raise ValueError("two floors have the same key")
    placed = [(f"window {one['key']}", place) for one in read["window"] if (place := place_of(one))]
    for name, place in [*placed, *((f"feature {one.label or one.kind}", one.place) for one in features)]:
        if place.floor not in known:
            raise ValueError(f"{name}: there is no floor {place.floor}")
        if not _within(known[place.floor], place):
            raise ValueError(f"{name} lies outside its floor")
    for (name, one), (other_name, other) in combinations(placed, 2):
        if one.floor == other.floor and _overlap(one, other):
            raise ValueError(f"{name} and {other_name} lie over each other on floor {one.floor}")
    for entry in read["window"]:
        if (door := door_of(entry)) and (place := place_of(entry)):
            _inside(known[place.floor], door, f"door of window {entry['key']}")
    return floors


def _floor(one: dict[str, Any], features: Sequence[Feature]) -> Floor:
    name = f"floor {one['key']}"
    floor = Floor(
        key=str(one["key"]),
        label=one["label"],
        width=float(one["width"]),
        height=float(one["height"]),
        here=_point(one["here"], f"here of {name}") if "here" in one else None,
        walls=_lines(one.get("walls", []), f"walls of {name}"),
        corridors=_lines(one.get("corridors", []), f"corridors of {name}"),
        features=tuple(feature for feature in features if feature.place.floor == str(one["key"])),
    )
    if not (floor.width > 0 and floor.height > 0):
        raise ValueError(f"{name}: width and height must be more than 0")
    points = [point for line in (*floor.walls, *floor.corridors) for point in line]
    if len(points) > MOST_POINTS:
        raise ValueError(f"{name}: at most {MOST_POINTS} points in its walls and corridors")
    for point in (*points, *((floor.here,) if floor.here else ())):
        _inside(floor, point, name)
    return floor


def _feature(one: dict[str, Any]) -> Feature:
    kind = one["kind"]
    if kind not in FEATURES:
        raise ValueError(f"feature {kind!r}: kind is one of {', '.join(FEATURES)}")
    place = place_of(one)
    if place is None:
        raise ValueError(f"feature {kind}: floor, x, y, w and h are needed")
    return Feature(kind, one.get("label", ""), place)


def _lines(read: Any, name: str) -> tuple[Line, ...]:
    lines = tuple(tuple(_point(point, name) for point in line) for line in read)
    if any(len(line) < 2 for line in lines):
        raise ValueError(f"{name}: a line has two points or more, like [[0, 0], [100, 0]]")
    return lines


def _point(read: Any, name: str) -> Point:
    if not isinstance(read, list) or len(read) != 2 or not all(isinstance(one, int | float) for one in read):
        raise ValueError(f"{name}: a point is written [x, y]")
    return (float(read[0]), float(read[1]))


def _inside(floor: Floor, point: Point, name: str) -> None:
    if not (0 <= point[0] <= floor.width and 0 <= point[1] <= floor.height):
        raise ValueError(f"{name}: {list(point)} lies outside floor {floor.key}")


def _within(floor: Floor, place: PlaceOnPlan) -> bool:
    return 0 <= place.x < place.x + place.w <= floor.width and 0 <= place.y < place.y + place.h <= floor.height


def _overlap(one: PlaceOnPlan, other: PlaceOnPlan) -> bool:
    across = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    down = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    return across > 0 and down > 0
