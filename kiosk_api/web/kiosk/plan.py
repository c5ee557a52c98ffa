"""The plan of a floor as it is drawn: sizes of letters, names cut into lines, and the ways along the corridors.

Everything is in the plan's own units; css/guide.css gives the colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk_api.domain.opening_zh import STATE_WORDS
from kiosk_api.domain.way import Line, Point, edge_towards, way
from kiosk_api.services.base.hall import Feature, Floor, PlaceOnPlan, Room
from kiosk_api.web.view import say

FEATURE_LABELS = {
    "entrance": "入口",
    "lift": "电梯",
    "stairs": "楼梯",
    "ramp": "坡道",
    "toilet": "卫生间",
    "accessible_toilet": "无障碍卫生间",
    "waiting": "等候区",
    "reception": "咨询台",
    "water": "饮水处",
    "other": "其他",
}
_NARROW, _WIDEST = 280, 2000  # CSS pixels of the drawing on a phone; a wider one is moved with the finger
_TAP, _LETTER = 60, 16  # CSS pixels there of the smallest window, and of a letter
_LINE = 1.25  # of a letter


@dataclass(frozen=True)
class DrawnRoom:
    """A window on the plan: its box, and the lines of text inside; `state` is open, closed or ""."""

    key: str
    box: PlaceOnPlan
    number: int
    name: str
    names: tuple[str, ...]
    state: str
    state_words: str
    word_below: bool  # else it stands beside the number


@dataclass(frozen=True)
class DrawnFeature:
    """Another place on the plan, its icon's size and what it is called."""

    kind: str
    name: str
    box: PlaceOnPlan
    icon: float


@dataclass(frozen=True)
class DrawnFloor:
    """A floor: `pixels` wide at least, letters of `letter` units; `ways` lead to the window of their key."""

    floor: Floor
    pixels: int
    letter: float
    walls: tuple[str, ...]
    corridors: tuple[str, ...]
    rooms: tuple[DrawnRoom, ...]
    features: tuple[DrawnFeature, ...]
    ways: dict[str, str]


def drawn(floors: Sequence[Floor], rooms: Sequence[Room], states: dict[str, str]) -> list[DrawnFloor]:
    """Each floor with its windows; `states` of them by key."""
    found = [_drawn(one, rooms, states) for one in floors]
    for room in rooms:
        for key, points in _ways(floors, room).items():
            next(one for one in found if one.floor.key == key).ways[room.key] = _points(points)
    return found


def lift_to(floors: Sequence[Floor], room: Room) -> str:
    """The label of the floor that a lift or stairs must be taken to, from the terminal's own; "" for the same floor."""
    own = next((one for one in floors if one.here), None)
    if own is None or room.place is None or room.place.floor == own.key:
        return ""
    return next((one.label for one in floors if one.key == room.place.floor), "")


def _drawn(floor: Floor, rooms: Sequence[Room], states: dict[str, str]) -> DrawnFloor:
    here = [(one, one.place) for one in rooms if one.place and one.place.floor == floor.key]
    least = min((min(place.w, place.h) for _, place in here), default=floor.width)
    pixels = min(_WIDEST, max(_NARROW, round(_TAP * floor.width / least)))
    letter = round(_LETTER * floor.width / pixels, 3)
    return DrawnFloor(
        floor=floor,
        pixels=pixels,
        letter=letter,
        walls=tuple(_points(one) for one in floor.walls),
        corridors=tuple(_points(one) for one in floor.corridors),
        rooms=tuple(_room(one, place, letter, states.get(one.key, "")) for one, place in here),
        features=tuple(_feature(one, letter) for one in floor.features),
        ways={},
    )


def _room(room: Room, place: PlaceOnPlan, letter: float, state: str) -> DrawnRoom:
    lines = int(place.h / (letter * _LINE)) - 1  # one is the number's
    names = in_lines(say(room.short), place.w / letter - 0.4)
    shown = names if len(names) <= lines else ()
    word = say(STATE_WORDS[state]) if state in STATE_WORDS else ""
    return DrawnRoom(
        room.key, place, room.number, say(room.label), shown, state if word else "", word, word_below=len(shown) < lines
    )


def _feature(one: Feature, letter: float) -> DrawnFeature:
    return DrawnFeature(
        one.kind, one.label or say(FEATURE_LABELS[one.kind]), one.place, min(one.place.w, one.place.h, 1.8 * letter)
    )


def in_lines(name: str, wide: float) -> tuple[str, ...]:
    """The name in lines of at most `wide` letters; words stay whole, a word that is wider makes it not fit: ()."""
    if " " not in name and not name.isascii():
        each = max(1, int(wide))
        count = -(-len(name) // each)
        even = -(-len(name) // count)
        return tuple(name[at : at + even] for at in range(0, len(name), even))
    lines: list[str] = []
    for word in name.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined) <= wide:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines) if all(_width(one) <= wide for one in lines) else ()


def _width(text: str) -> float:
    return sum(0.58 if one.isascii() else 1.0 for one in text)


def _ways(floors: Sequence[Floor], room: Room) -> dict[str, list[Point]]:
    """Floor key → the way on it to the window; on two floors by the lift, or by stairs where there is no lift."""
    own = next((one for one in floors if one.here), None)
    place = room.place
    floor = next((one for one in floors if place and one.key == place.floor), None)
    if own is None or own.here is None or floor is None or place is None:
        return {}
    goal = room.door or edge_towards((place.x, place.y, place.w, place.h), floor.corridors)
    if floor is own:
        return {own.key: way(own.corridors, own.here, goal)}
    for kind in ("lift", "stairs"):
        up, down = _first(own.features, kind), _first(floor.features, kind)
        if up and down:
            return {
                own.key: way(own.corridors, own.here, _at(up, own.corridors)),
                floor.key: way(floor.corridors, _at(down, floor.corridors), goal),
            }
    return {}


def _first(features: Iterable[Feature], kind: str) -> Feature | None:
    return next((one for one in features if one.kind == kind), None)


def _at(one: Feature, corridors: Sequence[Line]) -> Point:
    return edge_towards((one.place.x, one.place.y, one.place.w, one.place.h), corridors)


def _points(line: Iterable[Point]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in line)
