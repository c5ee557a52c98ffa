"""Staff API: requests to be called back and calls from the hall, as on the desk's page 回电."""

from __future__ import annotations

from flask import g

from kiosk_api.domain.callbacks import Progress, is_overdue
from kiosk_api.domain.labels_zh import CALLBACK_STATE_LABELS
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.chat import hall_calls
from kiosk_api.services.chat.drafts import shown_code
from kiosk_api.services.staff import callbacks, sign_in
from kiosk_api.web.api.desk import bearer, bp
from kiosk_api.web.api.desk_callback_schemas import (
    CallbackInFull,
    CallbackList,
    CallbackPath,
    CallbackStepBody,
    HallCallList,
    HallCallPath,
)
from kiosk_api.web.api.desk_schemas import CallbacksQuery
from kiosk_api.web.api.publishing import OFFICER, answers
from kiosk_api.web.desk.presenting import CALLBACK_PAST
from kiosk_api.web.request import ctx


@bp.get("/callbacks", summary="Requests to be called back", responses=answers(CallbackList), security=OFFICER)
def callback_list(query: CallbacksQuery) -> JsonObject:
    """Open ones, waiting first and the nearest due time first; or closed ones, the latest first. No line holds a number."""
    found = callbacks.list_callbacks(ctx(), g.officer, closed=query.view == "closed", page=query.page)
    items = [
        {
            **as_json(one),
            "state_label": CALLBACK_STATE_LABELS[one.state.value],
            "is_overdue": is_overdue(Progress(one.state), one.due_by, found.now),
        }
        for one in found.items
    ]
    return {"items": items, "page": query.page, "has_next": found.has_next}


@bp.get(
    "/callbacks/<callback_id>",
    summary="One request in full",
    responses=answers(CallbackInFull, 200, 404),
    security=OFFICER,
)
def callback(path: CallbackPath) -> JsonObject:
    """The number, when it suits, the line, what was done, and the steps open now."""
    return _in_full(path.callback_id)


@bp.post(
    "/callbacks/<callback_id>/steps",
    summary="Record a call: reached, not_reached (missed after the last try) or closed",
    responses=answers(CallbackInFull, 200, 404, 409),
    security=OFFICER,
)
def callback_step(path: CallbackPath, body: CallbackStepBody) -> JsonObject:
    """{step, note?} → the request afterwards; closing needs a note, which the citizen does not see."""
    callbacks.act_on_callback(ctx(), g.officer, path.callback_id, body.step, body.note)
    sign_in.note_seen(ctx(), bearer())
    return _in_full(path.callback_id)


@bp.get("/hall-calls", summary="Calls from the hall that wait", responses=answers(HallCallList), security=OFFICER)
def waiting_calls() -> JsonObject:
    """The oldest first; asking for them does not count as being at the desk."""
    hall_calls.require_hall(g.officer)
    return _waiting()


@bp.post(
    "/hall-calls/<call_id>/take",
    summary="This officer goes",
    responses=answers(HallCallList, 200, 409),
    security=OFFICER,
)
def take_call(path: HallCallPath) -> JsonObject:
    """The terminal then says that somebody is coming. → what still waits"""
    hall_calls.take_call(ctx(), g.officer, path.call_id)
    sign_in.note_seen(ctx(), bearer())
    return _waiting()


def _waiting() -> JsonObject:
    found = hall_calls.waiting_calls(ctx())
    return as_json({"items": [{"call": one.id, "place": one.place, "called_at": one.called_at} for one in found]})


def _in_full(callback_id: str) -> JsonObject:
    task = callbacks.view_callback(ctx(), g.officer, callback_id)
    one = task.callback
    return as_json(
        {
            "id": one.id,
            "code": shown_code(one.code),
            "phone": one.phone,
            "best_time": one.best_time,
            "about": one.about,
            "state": one.progress.state,
            "state_label": CALLBACK_STATE_LABELS[one.progress.state.value],
            "tries": one.progress.tries,
            "is_closed": one.progress.is_closed,
            "requested_at": one.requested_at,
            "due_by": one.due_by,
            "is_overdue": task.is_overdue,
            "steps": list(task.steps),
            "events": [
                {
                    "at": event.at,
                    "event": event.step,
                    "label": CALLBACK_PAST[event.step.value],
                    "officer": event.officer,
                    "note": event.note,
                }
                for event in one.events
            ],
        }
    )


__all__ = ["bp"]
