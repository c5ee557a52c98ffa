"""`POST /callbacks` and `/hall-calls`: a citizen asks for a person."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.domain.limits import CODE_MAX
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.chat import hall_calls, leave_number
from kiosk_api.web.api.callback_schemas import CallbackBody, CallbackWho, HallCallBody, HallCallWho
from kiosk_api.web.api.more_answers import Available, CallbackLeft, CallbackStands, HallCallStands
from kiosk_api.web.api.publishing import answers, headers
from kiosk_api.web.request import ctx, source, submission
from kiosk_api.web.terminal_only import is_terminal, require_terminal, terminal_place

bp = APIBlueprint("callbacks", __name__, url_prefix="/api/v1/callbacks", abp_tags=[Tag(name="callbacks")])
hall = APIBlueprint("hall_calls", __name__, url_prefix="/api/v1/hall-calls", abp_tags=[Tag(name="terminal")])


@bp.post(
    "",
    summary="Ask the office to ring back (header Idempotency-Key required)",
    responses=answers(CallbackLeft, 201),
    openapi_extensions=headers("Idempotency-Key"),
)
def leave(body: CallbackBody) -> tuple[JsonObject, int]:
    """No petition is needed; the due time is the office's own policy."""
    return leave_number.leave_number(ctx(), submission(body), source()), 201


@bp.post("/lookup", summary="State of a request to be called back", responses=answers(CallbackStands, 200, 404, 409))
def lookup(body: CallbackWho) -> JsonObject:
    """By code and phone tail; a wrong pair gets the same answer as an unknown code."""
    return as_json(leave_number.look_up_callback(ctx(), body.code, body.phone_tail, source()))


@bp.post(
    "/withdraw",
    summary="No call is needed any more (header Idempotency-Key required)",
    responses=answers(CallbackStands, 200, 404, 409),
    openapi_extensions=headers("Idempotency-Key"),
)
def withdraw(body: CallbackWho) -> JsonObject:
    """By code and phone tail, while nobody has got through."""
    return leave_number.withdraw_callback(ctx(), body.code, body.phone_tail, submission(body), source())


@hall.get("", summary="Can this caller call the hall's staff now", responses=answers(Available))
def can_call() -> dict[str, bool]:
    """Whether the caller is a terminal and an officer has used the desk within the last minutes."""
    return {"available": is_terminal() and hall_calls.desk_is_open(ctx())}


@hall.post("", summary="Call the hall's staff (terminals only)", responses=answers(HallCallStands, 201, 404, 409))
def call(body: HallCallBody) -> tuple[JsonObject, int]:
    """A signal on the desk; problem code desk_closed when nobody is there."""
    require_terminal()
    place = terminal_place((body.terminal or "").strip())
    return as_json(hall_calls.call_hall(ctx(), place, source())), 201


@hall.post(
    "/state", summary="Has somebody taken the call (terminals only)", responses=answers(HallCallStands, 200, 404)
)
def state(body: HallCallWho) -> JsonObject:
    """An unknown call is over."""
    require_terminal()
    return as_json(hall_calls.hall_call_state(ctx(), (body.call or "")[:CODE_MAX]))
