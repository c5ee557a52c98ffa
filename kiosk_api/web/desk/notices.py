"""A notice to the officer's unit is marked as seen."""

from __future__ import annotations

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.staff import notices
from kiosk_api.web.desk import session
from kiosk_api.web.desk.trouble import trouble
from kiosk_api.web.desk.views import bp
from kiosk_api.web.request import ctx


@bp.post("/notices/<notice_id>/seen")
def notice_seen(notice_id: str) -> Response:
    """Back to the list, where the notice is gone."""
    try:
        notices.mark_seen(ctx(), g.officer, notice_id)
    except StoreBusy as error:
        raise trouble(error, DomainError("store_busy", "系统正忙，还没有记下。请过几秒再点一次。")) from None
    return session.leave_notice(redirect(url_for("desk.cases"), 303), "notice_seen")  # type: ignore[arg-type]
