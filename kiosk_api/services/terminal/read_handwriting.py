"""Recognise characters from strokes drawn on the screen. Neither is stored or logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import POINTS_MAX
from kiosk_api.domain.policy import STROKES
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge

CANDIDATES = 10
OFF = "手写暂时用不了，请点“拼音”，或请窗口工作人员帮忙。"
UNREADABLE = "没看清写的字，请点“重写”，再写一遍。"


def available(ctx: Context) -> bool:
    """Whether handwriting can be offered here."""
    return ctx.handwriting.available()


@dataclass(frozen=True)
class Drawing:
    """One drawn character: the frame's sides and the strokes' points in pixels.

    Both sides lie in 1..DRAWING_SIDE_MAX; there are 1..STROKES_MAX strokes, and none is empty.
    """

    width: int
    height: int
    strokes: Sequence[Sequence[Sequence[int]]]


def read_handwriting(ctx: Context, drawn: Drawing, source: str | None = None) -> list[str]:
    """Characters, most likely first; `source` is the caller's source if outside the hall.

    Raises DomainError `invalid_request` for more than POINTS_MAX points, `too_many_tries` or
    `handwriting_off`.
    """
    if sum(len(stroke) for stroke in drawn.strokes) > POINTS_MAX:
        raise DomainError("invalid_request", UNREADABLE, [FieldError("strokes", "invalid", UNREADABLE)])
    strokes = [[_inside(drawn, x, y) for x, y in stroke] for stroke in drawn.strokes]
    if source:
        charge(ctx, STROKES, source)
    found = ctx.handwriting.read(drawn.width, drawn.height, strokes, CANDIDATES)
    if found is None:
        raise DomainError("handwriting_off", OFF)
    return found


def _inside(drawn: Drawing, x: int, y: int) -> tuple[int, int]:
    """Clamp points outside the frame to its edge: a finger may slide out of it."""
    return min(max(x, 0), drawn.width), min(max(y, 0), drawn.height)
