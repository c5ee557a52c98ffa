"""Printing a receipt on the terminal's own printer."""

from __future__ import annotations

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import PRINTS
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge
from kiosk_api.services.base.shown import CallbackOnReceipt
from kiosk_api.services.base.terminal_ports import PrinterTrouble
from kiosk_api.services.cases.receipts import build_receipt

_PHOTOGRAPH = "请用手机拍下屏幕上的二维码和编号，一样能查进度。"
SENTENCES = {
    "printer_off": f"这台机器没有接打印机。{_PHOTOGRAPH}",
    "printer_paper_out": f"打印机没有纸了，没打出来。{_PHOTOGRAPH}要纸质回执，请告诉工作人员加纸。",
    "printer_gone": f"打印机没有反应，没打出来。{_PHOTOGRAPH}要纸质回执，请找工作人员。",
}


def print_receipt(
    ctx: Context, lookup_token: str, source: str, callback: CallbackOnReceipt | None = None
) -> dict[str, bool]:
    """`{"printed": True}`. Raises DomainError `case_not_found`, `too_many_tries` or `printer_*`."""
    receipt = build_receipt(ctx, lookup_token, callback)
    charge(ctx, PRINTS, source)
    try:
        ctx.printer.print_receipt(receipt)
    except PrinterTrouble as trouble:
        raise DomainError(trouble.code, SENTENCES[trouble.code]) from trouble
    return {"printed": True}
