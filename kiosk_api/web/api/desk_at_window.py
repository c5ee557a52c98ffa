"""Staff API: the petitioner's own steps, taken at the window and entered by the officer there."""

from __future__ import annotations

from flask import g
from pydantic import BaseModel

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.staff import at_the_window
from kiosk_api.web.api.desk_petitions import bp
from kiosk_api.web.api.desk_schemas import ActionBody, ActionOpen, CaseInFull, CasePath, case_in_full
from kiosk_api.web.api.publishing import OFFICER, answers
from kiosk_api.web.request import ctx


class StepBody(ActionBody):
    """`POST /cases/{number}/petitioner-steps`: sent after the officer has checked the person's papers."""

    identity_checked: bool = False


class StepsOpen(BaseModel):
    """The petitioner's steps, each with why it is not open now, if it is not."""

    items: list[ActionOpen]


@bp.get(
    "/cases/<number>/petitioner-steps",
    summary="What the petitioner may do now, for the officer at the window",
    responses=answers(StepsOpen, 200, 404),
    security=OFFICER,
)
def steps(path: CasePath) -> JsonObject:
    """Empty for officers who do not sit at the petition office's window."""
    return as_json({"items": at_the_window.steps_at_the_window(ctx(), g.officer, path.number)})


@bp.post(
    "/cases/<number>/petitioner-steps",
    summary="Enter a step that the petitioner takes at the window",
    responses=answers(CaseInFull, 200, 404, 409),
    security=OFFICER,
)
def take(path: CasePath, body: StepBody) -> JsonObject:
    """{action, data, identity_checked: true} → the case afterwards; recorded as the petitioner's step."""
    checked = body.identity_checked
    return case_in_full(
        at_the_window.take_step(ctx(), g.officer, path.number, body.action, body.data, identity_checked=checked)
    )


__all__ = ["bp"]
