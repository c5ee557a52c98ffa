"""Invented people, a settable clock and a whole application over a temporary store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask

from kiosk_api.app import build_context, create_app
from kiosk_api.config import Settings
from kiosk_api.domain.routing import Reading
from kiosk_api.gateways.calendar_seed import seed_calendar
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from kiosk_api.sample.district import FILE as SAMPLE
from kiosk_api.services.base.ports import AssistantUnavailable
from kiosk_api.services.organisation.units import load_units
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.web.probe import Prober
from tests import stores
from tests.caches import TEMPLATES, cheap_passwords

START = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "invented-Password-1"
UNIT, UNIT_NAME = "u-0212", "青禾县住房和城乡建设局"  # of the sample county
OFFICERS = (
    ("office", "petition_office", "窗口甲", None),
    ("unit", "responsible_unit", "经办乙", UNIT),
    ("leader", "unit_leader", "负责人戊", UNIT),
    ("lead", "supervisor", "负责人丙", None),
    ("review", "review_unit", "复查丁", None),
    ("reexamine", "review_unit", "复核己", None),
)


class FakeAssistant:
    """Gives the answers that the test sets, or is away."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str]] = []
        self.forgotten: list[str] = []
        self.messages: list[dict[str, Any]] | None = [{"custom": {"text": "您好。"}}]

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        self.received.append((session_id, text))
        if not self.messages:
            raise AssistantUnavailable("away")
        return self.messages

    def forget(self, session_id: str) -> None:
        self.forgotten.append(session_id)

    def is_up(self) -> bool:
        return bool(self.messages)

    def watch(self) -> None:
        """Does nothing."""


class FakeUnderstanding:
    """Gives the reading that the test sets; away by default, so that keywords decide."""

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self.asked = 0

    def read(self, text: str) -> Reading | None:
        self.asked += 1
        return self.reading

    def simplified(self, text: str) -> str:
        return text


class FakeNearness:
    """Gives the similarities that the test sets; away by default."""

    def __init__(self, found: Mapping[int, float] | None = None) -> None:
        self.found = found

    def near(self, digest: str, phrases: Sequence[str], parts: Sequence[str]) -> Mapping[int, float] | None:
        return self.found

    def begin(self, digest: str, phrases: Sequence[str]) -> None:
        """Does nothing."""


def reading(**shares: float) -> Reading:
    """A reading sure of one window (petition_office unless shares are given)."""
    windows = shares or {"petition_office": 0.97, "court": 0.03}
    return Reading(
        window=windows, domain={"urban_rural_construction": 0.9, "environment": 0.1},
        topic={"城市建设和市政管理": 1.0}, kind={"appeal": 1.0}, hot_field={"-": 1.0},
        danger={"none": 1.0}, words=("半夜", "打桩"), version="matters-test",
    )  # fmt: skip


def settings(data_dir: Path, **env: str) -> Settings:
    """Settings over a temporary folder."""
    if stores.ON_POSTGRESQL and "KIOSK_DATABASE_URL" not in env:
        env["KIOSK_DATABASE_URL"] = stores.url_of(data_dir)
    # no test speaks to a voice process that happens to run on this machine
    return Settings.from_env({"KIOSK_DATA_DIR": str(data_dir), "VOICE_PORT": "1", **env})


def fresh_app(data_dir: Path, *, officers: bool = False, nearness: FakeNearness | None = None, **env: str) -> Flask:
    """A migrated application with a clock and an assistant that the test controls."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if stores.ON_POSTGRESQL and "KIOSK_DATABASE_URL" not in env:
        env["KIOSK_DATABASE_URL"] = stores.url_of(data_dir, partial(new_database, officers))
    else:
        with suppress(FileExistsError), (data_dir / "kiosk.db").open("xb") as store:
            store.write(new_store(officers))
    chosen = settings(data_dir, **env)
    record_key(data_dir)
    app = create_app(
        chosen, clock=SettableClock(START), assistant=FakeAssistant(),
        understanding=FakeUnderstanding(), nearness=nearness or FakeNearness(),
    )  # fmt: skip
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], passwords=cheap_passwords())
    app.extensions["prober"] = Prober(patience_s=30)  # a busy machine must not look like a failing part
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


def record_key(data_dir: Path) -> None:
    """The same key for every record: a store that was copied was recorded with it."""
    keys = data_dir / "keys"
    with suppress(FileExistsError):
        keys.mkdir(mode=0o700)
        (keys / "audit").touch(mode=0o600)
        (keys / "audit").write_text("5a" * 32, "ascii")


@cache
def new_store(officers: bool) -> bytes:
    """A freshly migrated store, made once and copied for each test. No row is sealed."""
    with TemporaryDirectory() as folder:
        fill_store(officers, f"sqlite:///{folder}/kiosk.db")
        return (Path(folder) / "kiosk.db").read_bytes()


@cache
def new_database(officers: bool) -> str:
    """The same on PostgreSQL: the name of a database to copy."""
    return stores.filled(partial(fill_store, officers))


def fill_store(officers: bool, url: str) -> None:
    """Migrate a store and add calendar, units and, if asked for, officers."""
    with TemporaryDirectory() as folder:
        engine = make_engine(url)
        migrate(engine)
        engine.dispose()
        chosen = settings(Path(folder), KIOSK_DATABASE_URL=url)
        record_key(Path(folder))
        ctx = replace(build_context(chosen, clock=SettableClock(START)), passwords=cheap_passwords())
        with ctx.store.write() as records:
            seed_calendar(records, START)
        assert not load_units(ctx, SAMPLE.read_bytes()).problems
        if officers:
            for username, role, name, unit in OFFICERS:
                add_officer(ctx, username, role, name, unit, PASSWORD)
        ctx.store._engine.dispose()


def register(app: Flask, key: str = "browser-test") -> dict[str, Any]:
    """Register a case over the public API; returns the answer."""
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key})
    return dict(answer.get_json())


def petition(**changes: Any) -> dict[str, Any]:
    """A complete, valid, invented submission."""
    body: dict[str, Any] = {
        "petitioner": {
            "name": "钱多米",
            "phone": "13912345678",
            "address": "江畔区桥东街道望江社区3幢201室",
        },
        "request": "请督促施工单位停止夜间施工",
        "facts": "小区旁边的工地从二月起每天半夜还在打桩，老人孩子睡不着，打过电话没人管。",
        "consent": True,
    }
    body.update(changes)
    return body


__all__ = ["PASSWORD", "START", "UNIT", "UNIT_NAME", "FakeAssistant", "FakeUnderstanding", "build_context", "fresh_app", "petition", "reading"]  # fmt: skip
