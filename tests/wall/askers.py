"""A store with one case of each kind, and everybody who may ask for it, for the matrix of who may do what.

Columns are who asks: nobody signed in, the assistant by its key, and an officer of each role and standing. Each case has
a picture and an approved document, so that routes which name those find them.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask

from kiosk_api.domain.persons import ASIDE
from kiosk_api.domain.workflow import Action, Event, Role, Status
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.projection import store, take_step
from kiosk_api.services.staff import approve_documents, case_documents
from tests.factories import START, fresh_app, petition
from tests.wall.world import ACCUSED, OTHER, ROLES, House, bundle_of_one

ELSEWHERE = "u-0212"
STANDINGS = {"own": OTHER, "other": ELSEWHERE, "accused": ACCUSED, "aside": OTHER}
"""An officer of the unit that has the case, of another one, of the one it is about, and one who stepped aside (Art. 28)."""
NO_UNIT = {Role.PETITION_OFFICE: ("own", "other"), Role.SUPERVISOR: ("own", "other"),
           Role.ADMINISTRATOR: ("own", "other"), Role.REVIEW_UNIT: ("own",)}  # fmt: skip
"""Officers without a unit: of the petition office itself, and of a body that reviews everybody's work."""
UNKNOWN_NUMBER = "XF20260302-0000-0000-00"


@dataclass(frozen=True)
class Kind:
    """How a case of the store is: what it is called in the matrix, and how it stands."""

    title: str
    kind: str = "appeal"
    status: Status = Status.FORWARDED
    unit: str = OTHER
    doubtful: bool = False
    confidential: bool = False


CASES = {
    "plain": Kind("an ordinary appeal about a unit"),
    "elsewhere": Kind("an ordinary appeal that another unit has", unit=ELSEWHERE),
    "confidential": Kind("an appeal to be kept from the unit it is about", confidential=True),
    "doubtful": Kind("perhaps an accusation: nobody has decided yet", doubtful=True),
    "accusation": Kind("an accusation", kind="accusation"),
    "astray": Kind("an accusation that has gone to the accused unit", kind="accusation", unit=ACCUSED),
    "review": Kind("an appeal under review", status=Status.UNDER_REVIEW),
}


@dataclass(frozen=True)
class Asker:
    """Somebody at the door. `token` is that of a desk session."""

    role: Role | None
    standing: str = ""
    token: str = ""
    bot_key: str = ""

    @property
    def name(self) -> str:
        if self.role is None:
            return "assistant" if self.bot_key else "nobody"
        return f"{self.role.value}, {self.standing}"


@dataclass
class Hall:
    """The application, everybody who asks, and what a request can name of each case."""

    house: House
    askers: list[Asker]
    ids: dict[str, dict[str, str]]
    pristine: Path
    live: Path

    def __post_init__(self) -> None:
        self._watch = sqlite3.connect(self.live)
        self._version = self._stored()

    def _stored(self) -> int:
        """A number that changes with each commit of another connection."""
        return int(self._watch.execute("pragma data_version").fetchone()[0])

    def restore_if_changed(self) -> None:
        """Undo what a request changed, so that no cell depends on another."""
        if self._stored() == self._version:
            return
        with closing(sqlite3.connect(self.pristine)) as before, closing(sqlite3.connect(self.live)) as now:
            before.backup(now)
        self._version = self._stored()

    def close(self) -> None:
        self._watch.close()


def build(folder: Path) -> Hall:
    app = fresh_app(folder / "data", KIOSK_RATE_LIMITS="off")
    ctx: Context = app.extensions["kiosk"]
    askers = [Asker(None), Asker(None, bot_key=ctx.bot_key)]
    askers += [_officer(ctx, role, standing) for role in ROLES for standing in STANDINGS]
    ids = {name: _case(app, name, kind) for name, kind in CASES.items()}
    ids["unknown"] = dict(dict.fromkeys(ids["plain"], "0" * 32), number=UNKNOWN_NUMBER, phone_tail="0000")
    live, pristine = folder / "data" / "kiosk.db", folder / "pristine.db"
    ctx.store._engine.dispose()
    with closing(sqlite3.connect(live)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    shutil.copyfile(live, pristine)
    return Hall(House(app), askers, ids, pristine, live)


def _officer(ctx: Context, role: Role, standing: str) -> Asker:
    name = f"{role.value}-{standing}"
    token = f"{name}-{'m' * 40}"[:43]
    unit = None if standing in NO_UNIT.get(role, ()) else STANDINGS[standing]
    with ctx.store.write() as records:
        records.add_officer(Officer(name, name, "某某", role, unit), "x")
        records.open_session(ctx.marks.mark("officer.session", token), name, START, START + timedelta(days=400))
    return Asker(role, standing, token)


def _case(app: Flask, name: str, kind: Kind) -> dict[str, str]:
    ctx: Context = app.extensions["kiosk"]
    bundle = bundle_of_one(app)
    phone = f"1391234{len(name):04d}"
    body = petition(about_unit="青禾县城关街道办事处", confidential=kind.confidential, attachments=bundle)
    body["petitioner"] |= {"phone": phone}
    answer = app.test_client().post(
        "/api/v1/petitions", json=body, headers={"Idempotency-Key": f"matrix-{name}"}
    ).get_json()  # fmt: skip
    with ctx.store.write() as records:
        case = records.cases.by_number(answer["case_number"])
        assert case is not None
        events = list(_events(kind))
        for one in events:
            take_step(case, one)
        case.status, case.responsible_unit, case.kind, case.doubtful = kind.status, kind.unit, kind.kind, kind.doubtful
        store(ctx, records, case, events, records.calendar())
        picture = records.attachments.of_case(case.id)[0].id
    return {"number": answer["case_number"], "case_id": case.id, "picture_id": picture, "phone_tail": phone[-4:],
            "lookup_token": answer["lookup_token"], "document_id": _document(ctx, answer["case_number"]),
            "bundle": bundle_of_one(app), "callback": _callback(app, name, phone)}  # fmt: skip


def _callback(app: Flask, name: str, phone: str) -> str:
    sent = app.test_client().post(
        "/api/v1/callbacks", json={"phone": phone}, headers={"Idempotency-Key": f"matrix-call-{name}"}
    )
    assert sent.status_code == 201, sent.get_json()
    return str(sent.get_json()["code"])


def _events(kind: Kind) -> Iterator[Event]:
    yield Event(Action.FORWARD, START, Role.PETITION_OFFICE, {"unit": kind.unit}, "x")
    for role in ROLES:
        yield Event(Action.STEP_ASIDE, START, Role.SUPERVISOR, {ASIDE: f"{role.value}-aside", "interest": "亲属"}, "x")


def _document(ctx: Context, number: str) -> str:
    """The notice of forwarding, approved."""
    with ctx.store.read() as records:
        known = [records.officer_by_name(f"{role.value}-own") for role in (Role.PETITION_OFFICE, Role.SUPERVISOR)]
        case = records.cases.by_number(number)
    assert all(known) and case is not None
    (clerk, _), (head, _) = (one for one in known if one)
    place = next(at for at, event in enumerate(case.events) if event.action is Action.FORWARD)
    made = case_documents.make(ctx, clerk, number, place, "").items[-1].id
    approve_documents.approve(ctx, head, number, made)
    return made
