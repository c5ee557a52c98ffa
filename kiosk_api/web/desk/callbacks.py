"""回电, 群众在叫人 and 险情: requests to be called back, calls from the hall's terminals, dangers told there."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import CALLBACK_STATE_LABELS
from kiosk_api.domain.limits import COMMENT_MAX
from kiosk_api.domain.policy import CALLBACK_TRIES
from kiosk_api.services.chat import dangers, hall_calls
from kiosk_api.services.staff import callbacks
from kiosk_api.web.api.desk_schemas import CallbacksQuery
from kiosk_api.web.checked import read_query
from kiosk_api.web.desk import presenting, session
from kiosk_api.web.desk.views import bp
from kiosk_api.web.errors import STATUS_OF
from kiosk_api.web.request import ctx


@bp.context_processor
def _waiting() -> dict[str, Any]:
    """The counts of the navigation (None for an officer who has neither list), and the words of the pages."""
    officer = g.get("officer")
    return {
        "waiting": callbacks.waiting(ctx(), officer) if officer else None,
        "callback_states": CALLBACK_STATE_LABELS,
        "callback_steps": presenting.CALLBACK_BUTTONS,
        "callback_past": presenting.CALLBACK_PAST,
        "callback_tries": CALLBACK_TRIES,
        "danger_labels": presenting.DANGER_LABELS,
        "note_max": COMMENT_MAX,
    }


@bp.get("/callbacks")
def callback_list() -> str:
    """The calls from the hall, and one page of the requests."""
    query = read_query(CallbacksQuery)
    closed = query.view == "closed"
    listing = callbacks.list_callbacks(ctx(), g.officer, closed=closed, page=query.page)
    return render_template(
        "desk/callbacks.html",
        listing=listing,
        dangers=dangers.open_dangers(ctx()),
        calls=hall_calls.waiting_calls(ctx()),
        closed=closed,
        page=query.page,
        notice=session.take_notice(),
    )


@bp.get("/callbacks/<callback_id>")
def callback(callback_id: str) -> Response:
    """One request: the number, when it suits, the line, and what was done."""
    return _page(callback_id, notice=session.take_notice())


@bp.post("/callbacks/<callback_id>/steps")
def callback_step(callback_id: str) -> Response:
    """Record one step; a refusal comes back with the typed note."""
    step, note = request.form.get("step", ""), request.form.get("note", "").replace("\r\n", "\n")
    try:
        callbacks.act_on_callback(ctx(), g.officer, callback_id, step, note)
    except DomainError as problem:
        if problem.code not in ("invalid_request", "not_allowed_now"):
            raise
        return _page(callback_id, problem=problem, note=note)
    target = url_for("desk.callback", callback_id=callback_id)
    return session.leave_notice(redirect(target, 303), "callback_kept")  # type: ignore[arg-type]


@bp.post("/hall-calls/<call_id>/take")
def take_hall_call(call_id: str) -> Response:
    """One tap: this officer goes."""
    hall_calls.take_call(ctx(), g.officer, call_id)
    return session.leave_notice(redirect(url_for("desk.callback_list"), 303), "hall_call_taken")  # type: ignore[arg-type]


@bp.post("/dangers/<signal_id>/steps")
def danger_step(signal_id: str) -> Response:
    """One tap: this officer goes, or it is dealt with."""
    dangers.answer_danger(ctx(), g.officer, signal_id, request.form.get("step", ""))
    return session.leave_notice(redirect(url_for("desk.callback_list"), 303), "danger_kept")  # type: ignore[arg-type]


@bp.get("/waiting")
def waiting() -> Response:
    """The counts again, for the script of an open page; `used` says that somebody has touched it."""
    counts = callbacks.waiting(ctx(), g.officer)
    return jsonify(vars(counts) if counts else {})


def _page(callback_id: str, problem: DomainError | None = None, note: str = "", notice: str = "") -> Response:
    page = render_template(
        "desk/callback.html",
        task=callbacks.view_callback(ctx(), g.officer, callback_id),
        problem=problem,
        note=note,
        notice=notice,
    )
    return make_response(page, STATUS_OF.get(problem.code, 422) if problem else 200)
