"""The hall: its windows and rooms, and the plan of each floor, as the bureau has entered them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk_api.domain.opening import Times
from kiosk_api.domain.way import Line, Point

FEATURES = (
    "entrance",
    "lift",
    "stairs",
    "ramp",
    "toilet",
    "accessible_toilet",
    "waiting",
    "reception",
    "water",
    "other",
)


@dataclass(frozen=True)
class PlaceOnPlan:
    """Where a window lies on its floor's plan, in the plan's own units."""

    floor: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Room:
    """A window or support room of the hall; not `configured` while a placeholder is left. `hours` is its opening in
    words, made of `opens` where that is given. `door`: where one walks to, on the plan."""

    key: str
    label: str
    kind: str
    purpose: str
    where: str
    hours: str
    bring: tuple[str, ...]
    configured: bool
    number: int
    place: PlaceOnPlan | None
    short: str
    opens: tuple[Times, ...] = ()
    door: Point | None = None


@dataclass(frozen=True)
class Feature:
    """What else is on a floor: an entrance, a lift, toilets, the waiting area; `kind` is one of FEATURES."""

    kind: str
    label: str
    place: PlaceOnPlan


@dataclass(frozen=True)
class Floor:
    """A floor of which a plan is drawn; `here` is where its terminal is. `walls` and `corridors` are lines of points."""

    key: str
    label: str
    width: float
    height: float
    here: Point | None
    walls: tuple[Line, ...] = ()
    corridors: tuple[Line, ...] = ()
    features: tuple[Feature, ...] = field(default=())
