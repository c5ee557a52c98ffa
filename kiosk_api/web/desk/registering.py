"""登记来信来访: an officer registers a letter, a call, a fax or a visit, and gets the receipt to hand over or post."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Response, g, make_response, render_template, request

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.labels_zh import KIND_LABELS
from kiosk_api.domain.petition import MOST_OTHERS
from kiosk_api.domain.petition_fields import MATTER_FIELDS, PERSON_FIELDS
from kiosk_api.domain.registration import BY_STAFF, CHANNEL_LABELS, MISSING_LABELS, REACH_LABELS
from kiosk_api.domain.routing_questions import ACCUSES
from kiosk_api.domain.statute import MAX_REPRESENTATIVES
from kiosk_api.domain.windows import WINDOWS
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.staff.channels import this_month
from kiosk_api.services.staff.handover import done_with
from kiosk_api.services.staff.register_received import may_register, register_received
from kiosk_api.web.desk import session
from kiosk_api.web.desk.trouble import trouble
from kiosk_api.web.desk.views import RESUMED, bp, typed_fields
from kiosk_api.web.errors import STATUS_OF
from kiosk_api.web.reading import read_json
from kiosk_api.web.request import ctx

ACTION = "desk.register"
_PLACES = range(MOST_OTHERS)
_PLAIN = ("channel", "received_on", "reach", "reach_through", "window_choice")


@bp.get("/register")
def registration() -> Response:
    """The empty form, and how many matters came by which way this month."""
    may_register(g.officer)
    return _page({"received_on": ctx().clock.now().date().isoformat()})


@bp.post("/register/draft")
def registration_of_draft() -> Response:
    """The form with what a citizen typed at a terminal and left for an officer: they have come themselves."""
    may_register(g.officer)
    try:
        draft = read_json(request.form.get("draft", ""))
    except DomainError as problem:
        raise DomainError("invalid_handover", "内容没有收好，请群众再交接一次。", problem.errors) from None
    today = ctx().clock.now().date().isoformat()
    return _page({"channel": "visit", "reach": "in_person", "received_on": today, **typed_of(draft)},
                 handover=request.form.get("code", "")[:40])  # fmt: skip


@bp.post("/register")
def register() -> Response:
    """Rendered in the response itself, so that the code of the receipt is in no address."""
    typed, key = typed_fields(), request.form.get("key", "")
    try:
        made = register_received(ctx(), g.officer, Submission(key, body_of(typed)))
    except StoreBusy as error:
        busy = DomainError("store_busy", "系统正忙，还没有登记。内容都在，请过几秒再提交一次。")
        unknown = "系统出了点问题，还不知道登记上没有。内容都在，请再提交一次问一下：同一份不会重复登记。"
        return _page(typed, trouble(error, busy, unknown), 503, key)
    except DomainError as problem:
        if problem.code == "forbidden":
            raise
        return _page(typed, problem, STATUS_OF.get(problem.code, 422), key)
    if code := request.form.get("handover", ""):
        done_with(ctx(), code[:40])
    missing = [MISSING_LABELS[one] for one in made["missing"]]
    page = render_template(
        "desk/registered.html", made=made, missing=missing, kind_label=KIND_LABELS[made["kind"]],
        qr_svg=ctx().pictures.svg(made["receipt"]["url"]),
    )  # fmt: skip
    return make_response(page, 201)


def body_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """The form as `POST /api/v1/desk/petitions` takes it; what was left empty is left out."""
    body: dict[str, Any] = {
        name: typed[name] for name in (*_PLAIN, *(one.name for one in MATTER_FIELDS)) if typed.get(name)
    }
    person = {one.name: typed[one.name] for one in PERSON_FIELDS if typed.get(one.name)}
    if person:
        body["petitioner"] = person
    if unclear := [one for one in ("name", "address") if typed.get(f"unclear_{one}")]:
        body["unclear"] = unclear
    if people := typed.get("people"):
        body["people"] = int(people) if people.isascii() and people.isdigit() and len(people) < 9 else people
    rows = [{part: typed[f"speaker_{n}_{part}"] for part in ("name", "phone") if typed.get(f"speaker_{n}_{part}")}
            for n in _PLACES]  # fmt: skip
    if any(rows):
        body["representatives"] = [row for row in rows if row]
    if typed.get("confidential"):
        body["confidential"] = True
    if answer := typed.get("accusation"):
        body["route_answers"] = {ACCUSES.key: answer}
    return body


def typed_of(draft: Mapping[str, Any]) -> dict[str, str]:
    """An unfinished petition as this form has it; what is no text is left out."""
    person, answers = (draft.get(name) for name in ("petitioner", "route_answers"))
    stated = {**(person if isinstance(person, Mapping) else {}), **draft}
    typed = {one.name: stated.get(one.name) for one in (*PERSON_FIELDS, *MATTER_FIELDS)}
    typed["accusation"] = answers.get(ACCUSES.key) if isinstance(answers, Mapping) else None
    typed["confidential"] = "yes" if draft.get("confidential") is True else None
    people = draft.get("representatives")
    for place, one in zip(_PLACES, people if isinstance(people, list) else (), strict=False):
        for part in ("name", "phone"):
            typed[f"speaker_{place}_{part}"] = one.get(part) if isinstance(one, Mapping) else None
    return {name: text for name, text in typed.items() if isinstance(text, str) and text}


def _page(
    typed: Mapping[str, str], problem: DomainError | None = None, status: int = 200, key: str = "",
    notice: str = "", token: str = "", handover: str = "",
) -> Response:  # fmt: skip
    page = render_template(
        "desk/register.html",
        typed=typed,
        action=ACTION,
        handover=handover or request.form.get("handover", "")[:40],
        key=key or secrets.token_urlsafe(16),
        problem=problem,
        errors={_id_of(error, typed): error for error in problem.errors} if problem else {},
        notice=notice,
        channels=[(one, CHANNEL_LABELS[one]) for one in BY_STAFF],
        reaches=list(REACH_LABELS.items()),
        person_fields=PERSON_FIELDS,
        matter_fields=MATTER_FIELDS,
        accusations=[(one.key, one.label) for one in ACCUSES.choices],
        windows=[(one.key, one.label) for one in WINDOWS.values()],
        places=_PLACES,
        most_speakers=MAX_REPRESENTATIVES,
        counts=[(one, CHANNEL_LABELS[one], number) for one, number in this_month(ctx(), g.officer).items()],
        **({"csrf": session.form_token(token)} if token else {}),
    )
    return make_response(page, status)


def _id_of(error: FieldError, typed: Mapping[str, str]) -> str:
    """The field of the page that an error belongs to. Rows of speakers left empty were not sent."""
    path = error.field.removeprefix("petitioner.")
    if not path.startswith("representatives."):
        return {"representatives": "speaker_0_name", "unclear": "unclear_name", "route_answers": "accusation"}.get(
            path, path
        )
    _, place, *part = path.split(".")
    filled = [n for n in _PLACES if typed.get(f"speaker_{n}_name") or typed.get(f"speaker_{n}_phone")]
    return f"speaker_{filled[int(place)]}_{part[0] if part else 'name'}"


def _resume(typed: Mapping[str, str], token: str) -> Response:
    """After signing in again: what had been typed, not yet sent."""
    return _page(typed, notice=session.NOTICES["kept"], token=token)


RESUMED[ACTION] = _resume
