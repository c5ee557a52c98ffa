"""Simple signs drawn by hand, as a finger would on a 300 × 300 frame: corner points of strokes."""

from __future__ import annotations

from collections.abc import Sequence

FRAME = 300
SIGNS: dict[str, list[list[tuple[int, int]]]] = {
    "十": [[(45, 150), (255, 143)], [(150, 35), (149, 270)]],
    "人": [[(150, 40), (138, 130), (50, 262)], [(146, 125), (190, 200), (262, 260)]],
    "口": [[(80, 85), (84, 225)], [(80, 88), (225, 82), (216, 222)], [(86, 212), (216, 208)]],
    "大": [[(40, 118), (258, 112)], [(150, 30), (142, 130), (48, 268)],
          [(148, 122), (190, 200), (265, 262)]],
    "中": [[(72, 95), (78, 185)], [(72, 98), (232, 92), (224, 180)], [(80, 174), (224, 170)],
          [(150, 25), (151, 282)]],
    "工": [[(65, 75), (238, 72)], [(150, 78), (150, 235)], [(40, 238), (262, 234)]],
    "山": [[(150, 45), (150, 232)], [(60, 115), (64, 235), (240, 230)], [(240, 108), (241, 240)]],
    "上": [[(148, 45), (149, 240)], [(150, 135), (225, 132)], [(40, 243), (262, 240)]],
    "下": [[(40, 62), (260, 58)], [(148, 62), (149, 275)], [(155, 120), (215, 165)]],
    "三": [[(60, 70), (240, 66)], [(75, 150), (225, 147)], [(40, 240), (262, 236)]],
    "王": [[(60, 60), (240, 57)], [(150, 62), (150, 240)], [(75, 148), (225, 145)],
          [(42, 243), (260, 240)]],
    "木": [[(42, 112), (258, 108)], [(150, 32), (150, 275)], [(146, 115), (110, 180), (42, 232)],
          [(154, 115), (195, 180), (262, 228)]],
}  # fmt: skip


def drawn(corners: Sequence[tuple[int, int]], each: int = 8) -> list[list[int]]:
    """Points between the corners, about as many as a screen reports."""
    points = [list(corners[0])]
    for (x0, y0), (x1, y1) in zip(corners, corners[1:], strict=False):
        for step in range(1, each + 1):
            share = step / each
            points.append([round(x0 + (x1 - x0) * share), round(y0 + (y1 - y0) * share)])
    return points


def body(sign: str) -> dict[str, object]:
    """The request for one of SIGNS."""
    return {"width": FRAME, "height": FRAME, "strokes": [drawn(one) for one in SIGNS[sign]]}


class FakeHandwriting:
    """Gives the candidates that the test sets; None means a computer without the library."""

    def __init__(self, found: list[str] | None) -> None:
        self.found = found

    def available(self) -> bool:
        return self.found is not None

    def read(
        self, width: int, height: int, strokes: Sequence[Sequence[tuple[int, int]]], most: int
    ) -> list[str] | None:
        return None if self.found is None else self.found[:most]
