"""Fills an empty store with invented cases, through the same use cases as real ones."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

from kiosk_api import demo_documents, demo_hard_lives
from kiosk_api.demo_matters import MATTERS
from kiosk_api.demo_received import register_all
from kiosk_api.demo_steps import CALLBACKS, COURSES, Step
from kiosk_api.domain.policy import HALL_CALL_LASTS
from kiosk_api.domain.workflow import Role
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.base.notice_ways import DEMO
from kiosk_api.services.base.ports import Records, Understanding
from kiosk_api.services.base.records import CaseFilter, HallCall, Officer
from kiosk_api.services.cases import citizen_steps
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.chat.leave_number import leave_number
from kiosk_api.services.petitions.submit_petition import submit_petition
from kiosk_api.services.staff.callbacks import act_on_callback, list_callbacks

_ROLES = {
    "office": Role.PETITION_OFFICE,
    "unit": Role.RESPONSIBLE_UNIT,
    "leader": Role.UNIT_LEADER,
    "review": Role.REVIEW_UNIT,
    "reexamine": Role.REVIEW_UNIT,
}
_REVIEWERS = {"review": "青禾县人民政府", "reexamine": "禾阳市人民政府"}
"""Above the county's units and above the county: review and re-examination are decided on two levels (Art. 35, 36)."""
_CITIZEN = {
    "urge": citizen_steps.urge,
    "request_review": citizen_steps.ask_review,
    "request_reexamination": citizen_steps.ask_review,
    "withdraw": citizen_steps.withdraw,
}
_SOURCE = "demo"
ALL_MATTERS = MATTERS + demo_hard_lives.MATTERS
ALL_COURSES = COURSES | demo_hard_lives.COURSES


class _NotRead:
    """Nobody's reading of an account: the lives below are the same whether the assistant is up or not."""

    def __init__(self, of: Understanding) -> None:
        self.simplified = of.simplified

    def read(self, text: str) -> None:
        return None


def fill(ctx: Context) -> int:
    """Register the invented petitions in the past and carry out their steps up to today.

    Returns how many were registered: 0 for a store that already holds cases, so that
    invented cases never mix with real ones.
    """
    with ctx.store.read() as records:
        if records.cases.count(CaseFilter()):
            return 0
    ctx = replace(ctx, understanding=_NotRead(ctx.understanding))
    now = ctx.clock.now()
    with ctx.store.write() as records:
        records.beat(DEMO, now)  # nothing is ever sent to the numbers of invented people
    for matter in ALL_MATTERS:
        course = ALL_COURSES[matter["key"]]
        clock = SettableClock(now - timedelta(days=course.days_ago))
        then = replace(ctx, clock=clock, rate_limits=False, reading_reasons=frozenset())
        key = f"demo-case-{matter['key']}"
        receipt = submit_petition(then, Submission(key, matter["body"]), _SOURCE)
        day = 0
        for place, step in enumerate(course.steps):
            clock.advance(timedelta(days=step.day - day))
            day = step.day
            _carry_out(then, matter["key"], step, course.unit, receipt, matter["body"], f"{key}-{place}")
    received = register_all(ctx)
    _somebody_waits(ctx)
    return len(ALL_MATTERS) + received


def _somebody_waits(ctx: Context) -> None:
    """Requests to be called back in each state of the list, and a call from the hall that waits now."""
    now = ctx.clock.now()
    officer = Officer(_SOURCE, _SOURCE, "演示", Role.PETITION_OFFICE, None)
    for place, (hours_ago, body, steps) in enumerate(CALLBACKS):
        then = replace(ctx, clock=SettableClock(now - timedelta(hours=hours_ago)), rate_limits=False)
        leave_number(then, Submission(f"demo-callback-{place}", body), _SOURCE)
        if not steps:
            continue
        newest = max(list_callbacks(then, officer, closed=False, page=1).items, key=lambda one: one.requested_at)
        for step, note in steps:
            act_on_callback(then, officer, newest.id, step, note)
    with ctx.store.write() as records:  # past the check whether the desk is open: nobody is signed in yet
        call = HallCall(secrets.token_hex(16), "一号自助机（演示）", now, now + HALL_CALL_LASTS)
        records.hall_calls.add(call, ctx.marks.mark("hall_call.source", _SOURCE))


def _unit_id(records: Records, name: str) -> str:
    """The id of a unit of the sample, "" for a name that it does not hold."""
    found = records.units.by_name(name)
    return found.id if found else ""


def _carry_out(
    ctx: Context,
    case: str,
    step: Step,
    unit: str,
    receipt: dict[str, str],
    body: dict[str, dict[str, str]],
    key: str,
) -> None:
    """Carry out one step as its citizen or officer."""
    if step.who == "citizen":
        who = Identification(receipt["lookup_token"], phone_tail=body["petitioner"]["phone"][-4:])
        sent = Submission(key, step.data)
        if step.action == "rate":
            citizen_steps.rate(ctx, who, citizen_steps.Rating(**step.data), sent, _SOURCE)
        else:
            words = step.data.get("comment") or step.data.get("reason")
            _CITIZEN[step.action](ctx, who, words, sent, _SOURCE)
        return
    data = dict(step.data)
    of_unit = data.pop("as", unit) if step.who in ("unit", "leader") else _REVIEWERS.get(step.who)
    if step.action in ("forward", "assign", "transfer"):
        data.setdefault("unit", unit)
    for days, name in (("report_in", "report_by"), ("received_in", "received_on")):
        if days in data:
            data[name] = (ctx.clock.now().date() + timedelta(days=int(data.pop(days)))).isoformat()
    with ctx.store.read() as records:
        for name in ("unit", "addressee"):
            if name in data:
                data[name] = _unit_id(records, data[name])
        acting = _unit_id(records, of_unit) if of_unit else None
    officer = Officer(f"{_SOURCE}-{step.who}", _SOURCE, "演示", _ROLES[step.who], acting or None, of_unit)
    demo_documents.act(ctx, officer, case, receipt["case_number"], step.action, data)
