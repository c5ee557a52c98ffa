"""The terminal's own printer."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.chat.leave_number import callback_on_receipt
from kiosk_api.services.terminal.print_receipt import print_receipt
from kiosk_api.web.api.more_answers import Available, Printed
from kiosk_api.web.api.publishing import answers
from kiosk_api.web.api.schemas import PrintBody
from kiosk_api.web.request import ctx, source
from kiosk_api.web.terminal_only import is_terminal, require_terminal

bp = APIBlueprint("printing", __name__, url_prefix="/api/v1/receipts", abp_tags=[Tag(name="terminal")])


@bp.get("/print", summary="Can this caller print on a terminal's printer", responses=answers(Available))
def can_print() -> dict[str, bool]:
    """Whether the caller is a terminal with a printer of its own."""
    return {"available": is_terminal() and ctx().printer.is_on}


@bp.post(
    "/print",
    summary="Print a receipt on the terminal's printer (terminals only)",
    responses=answers(Printed, 200, 404, 409),
)
def on_paper(body: PrintBody) -> dict[str, bool]:
    """By lookup token; problem codes printer_off, printer_paper_out, printer_gone."""
    require_terminal()
    callback = callback_on_receipt(ctx(), body.callback_code or "", body.callback_phone_tail or "", source())
    return print_receipt(ctx(), body.lookup_token or "", source(), callback)
