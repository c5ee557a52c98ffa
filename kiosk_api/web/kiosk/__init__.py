"""Citizens' pages: kiosk home, conversation, form, status, handbook, windows, receipt and written documents."""

from kiosk_api.web.kiosk import documents  # its route belongs to the same blueprint
from kiosk_api.web.kiosk.views import bp

__all__ = ["bp", "documents"]
