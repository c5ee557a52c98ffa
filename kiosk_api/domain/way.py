"""The way from here to a window, along the corridors that the bureau has drawn on its plan."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from itertools import pairwise
from math import dist

Point = tuple[float, float]
Line = tuple[Point, ...]
Box = tuple[float, float, float, float]  # x, y, width, height


def way(corridors: Sequence[Line], start: Point, goal: Point) -> list[Point]:
    """The shortest way from `start` to `goal` along the corridors; empty where they do not join the two."""
    legs = [leg for line in corridors for leg in pairwise(line)]
    if not legs:
        return []
    enter, leave = (
        min((_nearest(leg, point) for leg in legs), key=lambda found: dist(found, point)) for point in (start, goal)
    )
    found = _shortest(_joined(legs, [enter, leave]), enter, leave)
    if not found:
        return []
    whole = [start, *found, goal]
    return [one for place, one in enumerate(whole) if place == 0 or dist(one, whole[place - 1]) > 1e-6]


def edge_towards(box: Box, corridors: Sequence[Line]) -> Point:
    """The place on the edge of a window that is nearest to a corridor; its middle where there is none."""
    x, y, wide, high = box
    middle = (x + wide / 2, y + high / 2)
    near = [_nearest(leg, middle) for line in corridors for leg in pairwise(line)]
    if not near:
        return middle
    best = min(near, key=lambda point: dist(point, middle))
    return (min(max(best[0], x), x + wide), min(max(best[1], y), y + high))


def _nearest(leg: tuple[Point, Point], to: Point) -> Point:
    (ax, ay), (bx, by) = leg
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = 0.0 if length == 0 else max(0.0, min(1.0, ((to[0] - ax) * (bx - ax) + (to[1] - ay) * (by - ay)) / length))
    return (round(ax + share * (bx - ax), 6), round(ay + share * (by - ay), 6))


def _joined(legs: Sequence[tuple[Point, Point]], more: Sequence[Point]) -> dict[Point, dict[Point, float]]:
    """The corridors as a net: corners, crossings and the `more` places, each with its neighbours and how far they are."""
    places = {*more, *(end for leg in legs for end in leg), *_crossings(legs)}
    net: dict[Point, dict[Point, float]] = {one: {} for one in places}
    for leg in legs:
        on_it = sorted(
            (one for one in places if dist(_nearest(leg, one), one) < 1e-3), key=lambda one: dist(leg[0], one)
        )
        for one, other in pairwise(on_it):
            net[one][other] = net[other][one] = dist(one, other)
    return net


def _crossings(legs: Sequence[tuple[Point, Point]]) -> list[Point]:
    found = []
    for place, ((ax, ay), (bx, by)) in enumerate(legs):
        for (cx, cy), (dx, dy) in legs[place + 1 :]:
            slant = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
            if abs(slant) < 1e-9:
                continue
            first = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / slant
            second = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / slant
            if 0 <= first <= 1 and 0 <= second <= 1:
                found.append((round(ax + first * (bx - ax), 6), round(ay + first * (by - ay), 6)))
    return found


def _shortest(net: dict[Point, dict[Point, float]], start: Point, goal: Point) -> list[Point]:
    queue: list[tuple[float, Point, list[Point]]] = [(0.0, start, [start])]
    done: set[Point] = set()
    while queue:
        far, at, walked = heapq.heappop(queue)
        if at == goal:
            return walked
        if at in done:
            continue
        done.add(at)
        for other, length in net[at].items():
            if other not in done:
                heapq.heappush(queue, (far + length, other, [*walked, other]))
    return []
