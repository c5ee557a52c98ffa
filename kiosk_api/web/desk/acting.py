"""An officer does one action of the workflow table. A unit is typed as a name, a short name or initials and chosen from
what is found: that needs no script, so it works on every browser, with the keyboard and for screen readers."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.organisation.typed import read_units
from kiosk_api.services.staff import act_on_case, addressees, staff_cases
from kiosk_api.web.desk import session
from kiosk_api.web.desk.trouble import trouble
from kiosk_api.web.desk.views import bp, case_page, typed_fields
from kiosk_api.web.request import ctx

_REFUSED = {"forbidden": 403, "not_allowed_now": 409, "case_changed": 409, "with_colleague": 409}
_CHOSEN, _LISTED = "u_", "w_"  # the unit that was chosen for a field, and the words for which it was listed


@bp.post("/cases/<number>/actions")
def act(number: str) -> Response:
    """Do one action; a refusal comes back with the typed text and the reason beside its field."""
    action, typed = request.form.get("action", ""), typed_fields()
    read = read_units(ctx(), action, typed, _chosen(typed), addressees.proposed_for(ctx(), g.officer, number, action))
    try:
        if read.problem:
            raise read.problem
        act_on_case.act(ctx(), g.officer, number, action, read.data, request.form.get("seen", type=int))
    except StoreBusy as error:
        busy = DomainError("store_busy", "系统正忙，还没有提交。内容都在，请过几秒再提交一次。")
        return case_page(number, action, read.shown, trouble(error, busy), 503)
    except DomainError as problem:
        status = _REFUSED.get(problem.code, 422)
        return case_page(number, action, read.shown, problem, status, units_found=read.found)
    # An officer may hand the case out of their own sight (a forward, an objection upheld).
    visible = staff_cases.still_visible(ctx(), g.officer, number)
    target = url_for("desk.case", number=number) if visible else url_for("desk.cases")
    return session.leave_notice(redirect(target, 303), f"done.{action}")  # type: ignore[arg-type]


def _chosen(typed: dict[str, str]) -> dict[str, str]:
    """Units chosen from what was found, unless other words were typed afterwards."""
    listed = {name: request.form.get(_LISTED + name, "") for name in typed}
    return {
        name: request.form.get(_CHOSEN + name, "") for name, words in typed.items() if words and words == listed[name]
    }
