"""找窗口: the windows in a list and on the plan, each with whether it is open, and one window to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, json, render_template

from kiosk_api.domain.opening import changes
from kiosk_api.domain.opening_zh import hours_phrases, opening_phrase
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.hall import Room
from kiosk_api.services.handbook.hall import room_of, working_days
from kiosk_api.web.kiosk.plan import FEATURE_LABELS, drawn, lift_to
from kiosk_api.web.opening import said
from kiosk_api.web.request import ctx

bp = Blueprint("hall_pages", __name__)
_KNOWN_FOR = timedelta(hours=24)  # a page that stays open longer says nothing about opening
_LOOKS = {"open": "good", "closed": "care"}


@dataclass(frozen=True)
class OpeningOnPage:
    """Whether a window is open: words, look of the tag, and, as JSON, what to say after how many seconds."""

    state: str
    look: str
    words: str
    coming: str


@bp.get("/windows")
def windows() -> str:
    """All windows and support rooms."""
    return render_template("kiosk/windows.html", **_hall(ctx()))


@bp.get("/windows/<key>")
def window(key: str) -> str:
    """One window: the way to it, what to bring, and a code to take it along."""
    room = room_of(ctx(), key)
    hall = _hall(ctx())
    hall["plans"] = [one for one in hall["plans"] if key in one.ways or key in {room.key for room in one.rooms}]
    return render_template("kiosk/window.html", one=room, share_qr=_share(room), **hall)


@bp.get("/windows/<key>/print")
def window_on_paper(key: str) -> str:
    """One window for 80 mm paper. Whether it is open now is not on it: paper is read later."""
    room = room_of(ctx(), key)
    return render_template(
        "kiosk/window_print.html", one=room, paper="80mm", share_qr=_share(room), lift=lift_to(ctx().floors, room)
    )


def _hall(found: Context) -> dict[str, Any]:
    openings = _openings(found)
    return {
        "windows": found.windows,
        "openings": openings,
        "hours": {one.key: _hours(one) for one in found.windows},
        "lifts": {one.key: lift_to(found.floors, one) for one in found.windows},
        "plans": drawn(found.floors, found.windows, {key: one.state for key, one in openings.items()}),
        "feature_labels": FEATURE_LABELS,
    }


def _openings(found: Context) -> dict[str, OpeningOnPage]:
    """By the window's key; none for a window whose hours are not given by days and times."""
    rooms = [one for one in found.windows if one.opens]
    if not rooms:
        return {}
    now, calendar = found.clock.now(), working_days(found)
    shown = {}
    for room in rooms:
        steps = [
            (round((at - now).total_seconds()), one.state, _LOOKS.get(one.state, ""), said(opening_phrase(one, at)))
            for at, one in changes(room.opens, calendar, now, _KNOWN_FOR)
        ]
        _, state, look, words = steps[0]
        shown[room.key] = OpeningOnPage(
            state, look, words, json.dumps([*steps[1:], (round(_KNOWN_FOR.total_seconds()), "", "", "")])
        )
    return shown


def _hours(room: Room) -> str:
    return "".join(said(one) for one in hours_phrases(room.opens)) or room.hours


def _share(room: Room) -> str:
    """A QR picture of the window's address: nothing about the reader is in it."""
    return ctx().pictures.svg(f"{ctx().public_url}/windows/{room.key}")
