"""Signs from strokes drawn on the screen. Neither strokes nor signs are stored or logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import DRAWING_SIDE_MAX, POINTS_MAX, STROKES_MAX
from kiosk_api.domain.policy import STROKES
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge

CANDIDATES = 10
OFF = "手写暂时用不了，请点“拼音”，或请窗口工作人员帮忙。"
UNREADABLE = "没看清写的字，请点“重写”，再写一遍。"


def available(ctx: Context) -> bool:
    """Whether handwriting can be offered here."""
    return ctx.handwriting.available()


def read_handwriting(ctx: Context, given: Mapping[str, Any], source: str | None = None) -> list[str]:
    """{width, height, strokes: [[[x, y], …], …]} → signs, likeliest first; `source` is who asks
    from outside the hall.

    Raises DomainError `invalid_request` with the field at fault, `too_many_tries` or
    `handwriting_off`.
    """
    width, height = _side(given, "width"), _side(given, "height")
    strokes = _strokes(given.get("strokes"), width, height)
    if source:
        charge(ctx, STROKES, source)
    found = ctx.handwriting.read(width, height, strokes, CANDIDATES)
    if found is None:
        raise DomainError("handwriting_off", OFF)
    return found


def _side(given: Mapping[str, Any], name: str) -> int:
    value = given.get(name)
    if type(value) is not int or not 0 < value <= DRAWING_SIDE_MAX:
        raise _wrong(name)
    return value


def _strokes(value: Any, width: int, height: int) -> list[list[tuple[int, int]]]:
    if not isinstance(value, list) or not 0 < len(value) <= STROKES_MAX:
        raise _wrong("strokes")
    if not all(isinstance(stroke, list) and stroke for stroke in value):
        raise _wrong("strokes")
    if sum(len(stroke) for stroke in value) > POINTS_MAX:
        raise _wrong("strokes")
    return [[_point(one, width, height) for one in stroke] for stroke in value]


def _point(value: Any, width: int, height: int) -> tuple[int, int]:
    """A finger may slide out of the frame; what it drew there counts at the edge."""
    if not isinstance(value, list) or len(value) != 2:
        raise _wrong("strokes")
    x, y = value
    if type(x) is not int or type(y) is not int:
        raise _wrong("strokes")
    return min(max(x, 0), width), min(max(y, 0), height)


def _wrong(field: str) -> DomainError:
    return DomainError("invalid_request", UNREADABLE, [FieldError(field, "invalid", UNREADABLE)])
