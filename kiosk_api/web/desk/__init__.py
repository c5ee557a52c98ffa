"""Staff pages: sign-in, work lists, one case and the actions the workflow table allows."""

from kiosk_api.web.desk import (  # their routes belong to the same blueprint
    attachments,
    handover,
    renewing,
)
from kiosk_api.web.desk.views import bp

__all__ = ["attachments", "bp", "handover", "renewing"]
