"""`/m`: the talk for a phone at home, and the poster whose code opens it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, render_template

from kiosk_api.domain.policy import UNASKED_KEPT
from kiosk_api.web.request import ctx

bp = Blueprint("at_home", __name__)
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@bp.get("/m")
def talk_at_home() -> str:
    """The conversation on a phone: a short address to publish. A code in its fragment opens a kept draft."""
    return render_template("kiosk/talk_at_home.html", talk_kept=int(UNASKED_KEPT.total_seconds()))


@bp.get("/m/<path:_lost>")
@bp.get("/m#<path:_lost>")
def talk_by_changed_link(_lost: str) -> str:
    """The same where an app has made a path of the fragment, or encoded its #; phone/kept_talk.js reads the code."""
    return talk_at_home()


@bp.get("/poster")
def poster() -> str:
    """A sheet of A4 to hang up: the code of `/m`. It says so when no phone could open that address."""
    address = f"{ctx().public_url}/m"
    unreachable = urlsplit(address).hostname in _THIS_MACHINE
    return render_template(
        "kiosk/poster.html", paper="a4", address=address, qr_svg=ctx().pictures.svg(address), unreachable=unreachable
    )
