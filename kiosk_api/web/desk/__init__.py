"""Staff pages: sign-in, work lists, one case and the actions the workflow table allows."""

from kiosk_api.web.desk import (  # their routes belong to the same blueprint
    accounts,
    acting,
    at_window,
    attachments,
    callbacks,
    documents,
    handover,
    lists,
    notices,
    oversight,
    papers,
    people,
    petitioner_notices,
    reasons,
    registering,
    renewing,
)
from kiosk_api.web.desk.views import bp

__all__ = [
    "accounts",
    "acting",
    "at_window",
    "attachments",
    "bp",
    "callbacks",
    "documents",
    "handover",
    "lists",
    "notices",
    "oversight",
    "papers",
    "people",
    "petitioner_notices",
    "reasons",
    "registering",
    "renewing",
]
