"""Documents as PDF."""

from __future__ import annotations

import threading

from kiosk_api.domain.documents import DeliverySheet, Paper


class PdfWriter:
    """The DocumentWriter port. The libraries take half a second and tens of megabytes, which a process that draws
    nothing never needs: they are loaded with the first document. One is drawn at a time: it takes a second of CPU."""

    def __init__(self) -> None:
        self._pen = threading.Lock()

    def write(self, paper: Paper, *, draft: bool = False) -> bytes:
        """A paper as PDF; `draft` prints across each page that it is not approved."""
        from kiosk_api.gateways.document_pages import draw_paper

        with self._pen:
            return draw_paper(paper, draft=draft)

    def write_sheet(self, sheet: DeliverySheet) -> bytes:
        """A delivery sheet as PDF."""
        from kiosk_api.gateways.document_pages import draw_sheet

        with self._pen:
            return draw_sheet(sheet)
