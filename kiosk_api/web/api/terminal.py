"""The state of the terminal, for attendants."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.terminal.health import terminal_health
from kiosk_api.web.api.more_answers import TerminalHealth
from kiosk_api.web.api.publishing import answers
from kiosk_api.web.probe import prober
from kiosk_api.web.request import ctx
from kiosk_api.web.terminal_only import require_terminal

bp = APIBlueprint("terminal", __name__, url_prefix="/api/v1/terminal", abp_tags=[Tag(name="terminal")])


@bp.get(
    "/health", summary="Printer, parts, disk and clock (terminals only)", responses=answers(TerminalHealth, 200, 404)
)
def health() -> JsonObject:
    """The state of the terminal's parts; 404 for any other caller."""
    require_terminal()
    return as_json(terminal_health(ctx(), prober().state(ctx())))
