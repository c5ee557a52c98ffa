"""Citizens' pages: kiosk home, conversation, form, status, handbook, windows and receipt."""

from kiosk_api.web.kiosk.views import bp

__all__ = ["bp"]
