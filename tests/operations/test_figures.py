"""`/metrics`: what is counted, who may read it, and that it names nobody."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import Metric, generate_latest
from sqlalchemy import create_engine, text

from kiosk_api.build import build_version
from kiosk_api.config import SettingsError
from kiosk_api.domain.clocks import RIGHTS
from kiosk_api.gateways.worker_figures import CLOCKS, REGISTRY, Counted, file_of, keep_writing, write
from kiosk_api.services.cases.background import sweep
from kiosk_api.web.figures import Watch, status_class, workers
from kiosk_api.worker import Worker
from tests.desk import concluded, staff
from tests.factories import UNIT, UNIT_NAME, fresh_app, petition, register, settings
from tests.operations.conftest import Figures
from tests.waiting import wait_for

FROM_OUTSIDE = (
    {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
    {"headers": {"X-Forwarded-For": "192.0.2.7"}},
    {"headers": {"Forwarded": "for=192.0.2.7"}},
)
TOKEN = "invented-token-of-figures"


def value(family: Metric, suffix: str = "", **labels: str) -> float | None:
    name = family.name + suffix
    found = [one.value for one in family.samples if one.name == name and labels.items() <= one.labels.items()]
    return sum(found) if found else None


def test_a_request_counts_under_its_route_and_never_under_its_address(app: Flask, figures: Figures) -> None:
    client = app.test_client()
    before = value(figures()["petition_http_requests"], "_total", route="/api/v1/handbook/<slug>", status="4xx") or 0
    client.get("/api/v1/handbook/invented-address")
    client.get("/invented-address/of/nobody")
    found = figures()["petition_http_requests"]
    assert value(found, "_total", route="/api/v1/handbook/<slug>", method="GET", status="4xx") == before + 1
    assert value(found, "_total", route="none", method="GET", status="4xx")
    assert "invented-address" not in str(found)
    assert value(figures()["petition_http_request_seconds"], "_count", route="/api/v1/handbook/<slug>")


def test_an_invented_method_gets_no_label_of_its_own(app: Flask, figures: Figures) -> None:
    app.test_client().open("/healthz", method="INVENTED")
    assert value(figures()["petition_http_requests"], "_total", method="other")


def test_refusals_stand_apart_from_other_errors() -> None:
    assert [status_class(code) for code in (200, 303, 404, 429, 500, 503)] == ["2xx", "3xx", "4xx", "429", "5xx", "503"]


@pytest.mark.parametrize("outside", FROM_OUTSIDE)
def test_figures_are_for_this_machine_only(app: Flask, outside: dict) -> None:
    answer = app.test_client().get("/metrics", **outside)
    assert answer.status_code == 404 and b"petition_" not in answer.data


@pytest.mark.parametrize("outside", FROM_OUTSIDE)
def test_a_token_opens_them_from_elsewhere(tmp_path: Path, outside: dict) -> None:
    (tmp_path / "token").write_text(TOKEN)
    client = fresh_app(tmp_path / "data", KIOSK_METRICS_TOKEN_FILE=str(tmp_path / "token")).test_client()
    headers = outside.get("headers", {})
    asked = {**outside, "headers": {**headers, "Authorization": f"Bearer {TOKEN}"}}
    assert client.get("/metrics", **asked).status_code == 200
    wrong = {**outside, "headers": {**headers, "Authorization": f"Bearer {TOKEN}x"}}
    assert client.get("/metrics", **wrong).status_code == 404
    assert client.get("/metrics", **outside).status_code == 404


def test_a_short_token_and_a_name_with_signs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(tmp_path, KIOSK_METRICS_TOKEN="short", KIOSK_WORKER_NAME="../a")
    assert "KIOSK_METRICS_TOKEN" in str(refused.value) and "KIOSK_WORKER_NAME" in str(refused.value)


def test_messages_that_wait_are_counted_by_topic(app: Flask, figures: Figures) -> None:
    register(app)
    found = figures()
    assert value(found["petition_outbox_waiting"], topic="case_registered") == 1
    assert value(found["petition_outbox_failing"], topic="case_registered") == 0
    assert value(found["petition_outbox_oldest_seconds"], topic="case_registered") is not None


def test_the_age_of_a_message_counts_from_when_it_was_first_seen() -> None:
    watch = Watch()
    assert watch.seen([("a", "one"), ("b", "two")], 100.0) == {"one": 0.0, "two": 0.0}
    assert watch.seen([("a", "one"), ("c", "one")], 160.0) == {"one": 60.0}
    assert watch.seen([("c", "one")], 170.0) == {"one": 10.0}
    assert watch.seen([], 180.0) == {}


def test_deadlines_count_by_kind_of_clock_and_nearness(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    first = register(app)["case_number"]
    staff(app, "office", first, "forward", unit=UNIT)
    register(app, "another-key")
    counted = Counted(ctx)
    seen = []
    for days in (0, 10, 3, 7):
        ctx.clock.advance(timedelta(days=days))
        sweep(ctx)
        counted.count()
        found = next(one for one in counted.collect() if one.name == "petition_deadlines")
        seen.append({(one.labels["clock"], one.labels["span"]): one.value for one in found.samples})
    by_route = [{span: count for (clock, span), count in one.items() if clock == "route"} for one in seen]
    assert by_route == [{}, {"7_days": 1}, {"3_days": 1}, {"overdue": 1}]
    assert {clock for one in seen for clock, _ in one} <= CLOCKS


def test_a_right_that_nobody_used_is_not_overdue(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    number = register(app)["case_number"]
    concluded(app, number)  # from its receipt the petitioner has 30 days to ask for a review
    seen = set()
    for _ in range(8):
        ctx.clock.advance(timedelta(days=5))
        sweep(ctx)
        with ctx.store.read() as records:
            seen |= {(one.clock, one.span) for one in records.figures.due(ctx.clock.now().date())}
            running = {one.clock for one in records.clocks.of_case(records.cases.by_number(number).id)}
    assert "ask_review" in running and not [one for one in seen if one[0] in RIGHTS]


def test_what_a_worker_writes_is_read_with_its_name(app: Flask, figures: Figures) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    Worker(ctx, {"case_registered": lambda *_: None}).round()
    for name in ("worker", "second"):
        counted = Counted(ctx)
        counted.count()
        write(counted, file_of(app.extensions["figures"].folder.parent, name))
    found = figures()
    assert value(found["petition_worker_jobs"], "_total", worker="second", task="deliver", outcome="more")
    assert {one.labels["worker"] for one in found["petition_drafts"].samples} == {"worker", "second"}
    assert value(found["petition_worker_figures_age_seconds"], worker="worker") is not None


def test_a_broken_file_of_a_worker_hides_only_itself(tmp_path: Path) -> None:
    (tmp_path / "good.prom").write_text("# TYPE petition_drafts gauge\npetition_drafts 3\n")
    (tmp_path / "bad.prom").write_bytes(b"petition_drafts{ \xff\n")
    found = {one.name: one for one in workers(tmp_path, 0.0)}
    assert [one.labels["worker"] for one in found["petition_drafts"].samples] == ["good"]


def test_the_worker_writes_by_itself_and_whole(app: Flask) -> None:
    path = file_of(app.extensions["figures"].folder.parent, "worker")
    stop = threading.Event()
    thread = keep_writing(app.extensions["kiosk"], path, stop)
    wait_for(path.exists)
    stop.set()
    thread.join(10)
    assert path.read_text().endswith("\n") and path.stat().st_mode & 0o777 == 0o600
    assert not list(path.parent.glob("*.part"))


def test_no_figure_names_a_person_a_unit_or_a_case(app: Flask, figures: Figures) -> None:
    """A whole life of a case, then every label and help text is read."""
    ctx = app.extensions["kiosk"]
    number = register(app)["case_number"]
    concluded(app, number)
    client = app.test_client()
    client.get(f"/api/v1/desk/cases/{number}")
    client.get("/r/13912345678")
    client.open("/healthz", method="钱多米".encode().hex())
    counted = Counted(ctx)
    counted.count()
    write(counted, file_of(app.extensions["figures"].folder.parent, "worker"))
    found = figures()
    everything = client.get("/metrics").get_data(as_text=True) + generate_latest(REGISTRY).decode()
    person = petition()["petitioner"]
    for word in (number, UNIT, UNIT_NAME, person["name"], person["phone"], person["address"], "office", "13912345678"):
        assert f'"{word}"' not in everything and (len(word) < 8 or word not in everything)
    rules = {"none", *(one.rule for one in app.url_map.iter_rules())}
    assert {one.labels["route"] for one in found["petition_http_requests"].samples} <= rules
    labels = {name for one in found.values() for sample in one.samples for name in sample.labels}
    assert labels <= {
        "route", "method", "status", "le", "topic", "part", "worker", "clock", "span", "state", "channel", "outcome", "task",
        "kind", "version", "lane", "implementation", "major", "minor", "patchlevel", "generation",
    }  # fmt: skip


def test_many_invented_addresses_make_no_new_series(app: Flask, figures: Figures) -> None:
    client = app.test_client()
    client.get("/nowhere/first")
    before = len(figures()["petition_http_requests"].samples)
    for number in range(50):
        client.get(f"/nowhere/{number}")
        client.get(f"/api/v1/handbook/{number}")
    assert len(figures()["petition_http_requests"].samples) <= before + 2


def test_the_store_held_by_another_leaves_the_other_figures(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine(f"sqlite:///{app.extensions['figures'].sqlite}")
    with engine.connect() as held:
        held.execute(text("BEGIN IMMEDIATE"))
        answer = app.test_client().get("/metrics")
    assert answer.status_code == 200
    assert b"petition_disk_free_bytes" in answer.data and b"petition_part_state" in answer.data


def test_the_build_is_the_version_file_or_the_commit(tmp_path: Path) -> None:
    assert build_version(tmp_path) == "unknown"
    (tmp_path / ".git/refs/heads").mkdir(parents=True)
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / ".git/packed-refs").write_text(f"{'b' * 40} refs/heads/main\n")
    build_version.cache_clear()
    assert build_version(tmp_path) == "b" * 12
    (tmp_path / ".git/refs/heads/main").write_text("a" * 40 + "\n")
    build_version.cache_clear()
    assert build_version(tmp_path) == "a" * 12
    (tmp_path / "VERSION").write_text("2026.11\n")
    build_version.cache_clear()
    assert build_version(tmp_path) == "2026.11"
