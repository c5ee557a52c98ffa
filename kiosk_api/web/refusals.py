"""A line in the log for each caller who was not let in (ASVS 5.0, 16.3.1 to 16.3.3): which call, which answer, which account.

It holds the name of the call and the id of an account, and nothing of what was typed: no name, no number of a case, no
address. How often one source can cause a line is bounded by the budgets.
"""

from __future__ import annotations

from http import HTTPStatus

import structlog
from flask import Flask, Response, g, request

_NOT_LET_IN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
NOBODY = "nobody"


def install(app: Flask) -> None:
    """Write the line after each such answer."""
    log = structlog.get_logger("security")

    @app.after_request
    def _note(response: Response) -> Response:
        if response.status_code in _NOT_LET_IN:
            officer = g.get("officer")
            log.info(
                "refused",
                place=request.endpoint or "no such call",
                state=response.status_code,
                reason=officer.id if officer else NOBODY,
            )
        return response
