"""Staff pages: sign-in, work lists, one case and the actions the workflow table allows."""

from kiosk_api.web.desk import attachments, handover  # their routes belong to the same blueprint
from kiosk_api.web.desk.views import bp

__all__ = ["attachments", "bp", "handover"]
