"""Two stores that differ in nothing but cases that some officers stand outside of, and a session for every officer."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import get_ident

from flask import Flask
from PIL import Image
from sqlalchemy import event as sql_event

from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.persons import ASIDE
from kiosk_api.domain.units import Unit
from kiosk_api.domain.wall import ACCOUNT
from kiosk_api.domain.workflow import Action, Event, Role, Status
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseRecord, Officer
from kiosk_api.services.cases.projection import store, take_step
from tests.factories import START, fresh_app, petition
from tests.stores import copied

ACCUSED, BELOW, SUCCESSOR, OTHER = "s-01", "c-011", "t-next", "u-0209"
ROLES = tuple(role for role in Role if role not in (Role.PETITIONER, Role.SYSTEM))
UNIT_OF = {"accused": ACCUSED, "below": BELOW, "successor": SUCCESSOR, "person": OTHER, "aside": OTHER, "inside": OTHER}
OUTSIDE = ("accused", "below", "successor", "person", "aside")
"""The accused unit, one below it, one that took over its work; the accused person; an officer with an interest."""
WHERE = {
    "office": (Status.REGISTERED, None), "accused": (Status.FORWARDED, ACCUSED), "below": (Status.ACCEPTED, BELOW),
    "successor": (Status.ASSIGNED, SUCCESSOR), "other": (Status.FORWARDED, OTHER),
    "review": (Status.UNDER_REVIEW, ACCUSED), "closed": (Status.CLOSED, ACCUSED), "supervised": (Status.ACCEPTED, ACCUSED),
}  # fmt: skip
"""Where the walled cases are, as if they had gone astray before anybody knew what they are."""
PHONE = "13912345678"


@dataclass
class House:
    """One application, and what it has executed."""

    app: Flask
    queries: int = 0
    asker: int = field(default_factory=get_ident)

    def __post_init__(self) -> None:
        engine = self.app.extensions["kiosk"].store._engine
        sql_event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        if get_ident() == self.asker:  # other threads look whether the house is well
            self.queries += 1


@dataclass
class World:
    """`full` has the walled cases, `empty` never had them. `ids` holds what a route can name of each case."""

    full: House
    empty: House
    sessions: dict[tuple[Role, str], str]
    ids: dict[str, dict[str, str]] = field(default_factory=dict)


def build(folder: Path, reading_reasons: str = "") -> World:
    """Both stores, with the same officers, sessions, keys and ordinary cases.

    `reading_reasons` is the setting KIOSK_READING_REASONS: whose officers say why before they read a case.
    """
    env = {"KIOSK_RATE_LIMITS": "off", "KIOSK_READING_REASONS": reading_reasons}
    app = fresh_app(folder / "empty", **env)
    ctx: Context = app.extensions["kiosk"]
    with ctx.store.write() as records:
        street = records.units.by_id(ACCUSED)
        assert street is not None
        heir = Unit(SUCCESSOR, street.parent_id, "street", "青禾县新城街道办事处")
        records.units.put([replace(street, successor_id=SUCCESSOR), heir], {})
    sessions = {(role, standing): _session(ctx, role, standing) for role in ROLES for standing in UNIT_OF}
    for number, (where, (status, unit)) in enumerate(WHERE.items()):
        ordinary = _register(app, f"ordinary-{number}", "青禾县教育局")
        _move(ctx, ordinary, status, unit, "appeal", *_around(where, unit))
    ctx.store._engine.dispose()
    shutil.copytree(folder / "empty", folder / "full")
    copied(folder / "empty", folder / "full")
    world = World(
        House(fresh_app(folder / "full", **env)),
        House(fresh_app(folder / "empty", **env)),
        sessions,
    )
    for where, (status, unit) in WHERE.items():
        world.ids[where] = _walled(world.full.app, where, status, unit)
    return world


def _session(ctx: Context, role: Role, standing: str) -> str:
    name = f"{role.value}-{standing}"
    token = f"{name}-{'s' * 40}"[:43]
    with ctx.store.write() as records:
        records.add_officer(Officer(name, name, "某某", role, UNIT_OF[standing]), "x")
        mark = ctx.marks.mark("officer.session", token)
        records.open_session(mark, name, START, START + timedelta(days=400))
    return token


def _register(app: Flask, key: str, about: str, bundle: str | None = None) -> str:
    body = petition(about_unit=about, confidential=True, **({"attachments": bundle} if bundle else {}))
    answer = app.test_client().post("/api/v1/petitions", json=body, headers={"Idempotency-Key": f"wall-{key}"})
    assert answer.status_code == 201, answer.get_json()
    return str(answer.get_json()["case_number"])


def white_picture() -> bytes:
    """A small picture, as JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(out, "JPEG")
    return out.getvalue()


def bundle_of_one(app: Flask) -> str:
    """A bundle with one picture; returns its token."""
    client = app.test_client()
    token = str(client.post("/api/v1/attachments/bundles").get_json()["bundle_token"])
    sent = client.post(
        "/api/v1/attachments", data={"file": (io.BytesIO(white_picture()), "paper.jpg")}, headers={"X-Bundle": token}
    )
    assert sent.status_code == 201, sent.get_json()
    return token


def _walled(app: Flask, where: str, status: Status, unit: str | None) -> dict[str, str]:
    """A case about the accused unit and its people, from which officers have stepped aside."""
    ctx: Context = app.extensions["kiosk"]
    number = _register(app, f"walled-{where}", "青禾县城关街道办事处", bundle_of_one(app))
    kind = "appeal" if where == "review" else "accusation"
    _move(ctx, number, status, unit, kind, *_around(where, unit), *_outsiders())
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
        assert case is not None
        picture = records.attachments.of_case(case.id)[0].id
    return {"number": number, "picture_id": picture, "case_id": case.id}


def _around(where: str, unit: str | None) -> Iterator[Event]:
    """Two supervisions and two pieces of advice, one of each answered, so that the office's lists and counts hold them."""
    if where != "supervised" or unit is None:
        return
    yield Event(Action.FORWARD, START, Role.PETITION_OFFICE, {"unit": unit}, "x")
    advice = {"advice_kind": "improve", "advice": "改进窗口工作", "answer_by": "2026-03-01", "addressee": unit}
    for answer in (Action.ANSWER_SUPERVISION, Action.ANSWER_ADVICE, None):
        if answer is not Action.ANSWER_ADVICE:
            asked = {"cause": "delay", "advice": "尽快办理", "answer_by": "2026-03-01"}
            yield Event(Action.SUPERVISE, START, Role.PETITION_OFFICE, asked, "x")
        if answer is not Action.ANSWER_SUPERVISION:
            yield Event(Action.ADVISE, START, Role.PETITION_OFFICE, advice, "x")
        if answer is not None:
            given = {"feedback": "已经整改", "adopted": "adopted"}
            yield Event(answer, START, Role.RESPONSIBLE_UNIT, given, "x")


def _outsiders() -> Iterator[Event]:
    for role in ROLES:
        aside = {ASIDE: f"{role.value}-aside", "interest": "亲属"}
        yield Event(Action.STEP_ASIDE, START, Role.SUPERVISOR, aside, "x")
        person = {ACCOUNT: f"{role.value}-person", "officer": f"{role.value}-person", "unit": OTHER}
        yield Event(Action.NAME_ACCUSED, START, Role.SUPERVISOR, person, "x")


def _move(ctx: Context, number: str, status: Status, unit: str | None, kind: str, *events: Event) -> None:
    with ctx.store.write() as records:
        case = records.cases.by_number(number)
        assert case is not None
        for one in events:
            take_step(case, one)
        case.status, case.responsible_unit, case.kind = status, unit, kind
        case.doubtful = False
        assert case.accusation in (Accusation.YES, Accusation.NO)
        store(ctx, records, case, events, records.calendar())


def stored(house: House, number: str) -> CaseRecord:
    """A case as it is in the store."""
    with house.app.extensions["kiosk"].store.read() as records:
        found = records.cases.by_number(number)
    assert found is not None
    return found


@contextmanager
def counted(house: House) -> Iterator[list[int]]:
    """How many statements the block executes."""
    before, found = house.queries, [0]
    yield found
    found[0] = house.queries - before
