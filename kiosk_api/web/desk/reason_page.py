"""The question why a case is to be read, shown in place of what was asked for."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, render_template, request

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import READING_REASON_MAX
from kiosk_api.web.desk import session

PREFIX = "f_"  # field names of a form, apart from csrf and action


def reason_page(
    number: str,
    action: str = "",
    typed: Mapping[str, str] | None = None,
    problem: DomainError | None = None,
    token: str = "",
    target: str = "",
) -> Response:
    """The question why this case is to be read; what was typed into a form of its page is kept."""
    kept = {"action": action, **{PREFIX + name: text for name, text in (typed or {}).items()}} if action else {}
    page = render_template(
        "desk/reason.html", number=number, kept=kept, problem=problem, reason_max=READING_REASON_MAX,
        said=request.form.get("reason", "") if problem else "", target=session.safe_next(target),
        **({"csrf": session.form_token(token)} if token else {}),
    )  # fmt: skip
    return make_response(page, 422 if problem else 403)
