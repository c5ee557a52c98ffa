"""What `/metrics` says: requests by route, the store's queues, the parts, and the files that workers write.

Labels are route templates, methods, classes of status, topics and parts: never an address, a path, a unit, a case or
anything that a person typed.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from prometheus_client import REGISTRY, Counter, Histogram, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.parser import text_string_to_metric_families

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.disk_space import free_bytes
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.web.probe import prober
from kiosk_api.web.terminal_only import PASSED_ON

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
NO_ROUTE, OTHER = "none", "other"
REFUSED = (429, 503)  # apart from the rest of their class: these say that somebody was sent away
PARTS = {"ok": 0, "degraded": 1, "off": 2}
MOST_FILES, MOST_BYTES = 16, 512 * 1024
MOST_WATCHED = 200  # messages

_REQUESTS = Counter("petition_http_requests", "Answers by route, method and class of status",
                    ["route", "method", "status"])  # fmt: skip
_SECONDS = Histogram("petition_http_request_seconds", "Seconds in the application, by route", ["route"],
                     buckets=(0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10))  # fmt: skip
_WAITED = Histogram("petition_http_wait_seconds", "Seconds that a request waited for a thread",
                    buckets=(0.01, 0.1, 0.5, 1, 2.5, 5, 10))  # fmt: skip


@dataclass
class Watch:
    """Since when each message is seen waiting: messages carry no time of their own. A lower bound, anew with each start."""

    _since: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seen(self, waiting: list[tuple[str, str]], now: float) -> dict[str, float]:
        """The longest wait in seconds, by topic, of (id, topic) pairs."""
        with self._lock:
            self._since = {key: self._since.get(key, (topic, now)) for key, topic in waiting}
            longest: dict[str, float] = {}
            for topic, since in self._since.values():
                longest[topic] = max(longest.get(topic, 0.0), now - since)
            return longest


@dataclass(frozen=True)
class Sources:
    """Where figures come from beside the process itself, and the token that opens them."""

    folder: Path
    sqlite: Path | None
    token: str | None
    version: str
    watch: Watch = field(default_factory=Watch)


def install(app: Flask) -> None:
    """Count every request."""
    disable_created_metrics()  # type: ignore[no-untyped-call]

    @app.before_request
    def _begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def _count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule is not None else NO_ROUTE
        method = request.method if request.method in METHODS else OTHER
        _REQUESTS.labels(route, method, status_class(response.status_code)).inc()
        if (began := g.get("began")) is not None:
            _SECONDS.labels(route).observe(time.monotonic() - began)
        if (waited := request.environ.get("kiosk.waited_s")) is not None:
            _WAITED.observe(waited)
        return response


def status_class(code: int) -> str:
    """`2xx` and so on; 429 and 503 by themselves."""
    return str(code) if code in REFUSED else f"{code // 100}xx"


def may_read() -> bool:
    """A program on this machine that came here directly, or one that knows the token."""
    token = sources().token
    given = request.headers.get("Authorization", "")
    if token is not None and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    direct = not any(name in request.headers for name in PASSED_ON)
    return direct and (request.remote_addr or "") in ("127.0.0.1", "::1", "::ffff:127.0.0.1")


def sources() -> Sources:
    """The application's one, made in app.py."""
    found: Sources = current_app.extensions["figures"]
    return found


class Everything:
    """All figures at this moment, in the form that `generate_latest` takes."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._from = sources()

    def collect(self) -> Iterator[Metric]:
        """This process, the parts, the store, the disk, the workers."""
        yield from REGISTRY.collect()
        build = GaugeMetricFamily("petition_build_info", "The running build", labels=("version",))
        build.add_metric((self._from.version,), 1)
        yield build
        yield from self._parts()
        yield from self._files()
        yield from _server(current_app.extensions.get("server"))
        with suppress(StoreBusy):
            yield from self._store()
        yield from workers(self._from.folder, time.time())

    def _parts(self) -> Iterator[Metric]:
        state = prober().state(self._ctx)
        parts = GaugeMetricFamily("petition_part_state", "0: ok, 1: degraded, 2: off", labels=("part",))
        for name, word in sorted(state.parts.items()):
            parts.add_metric((name,), PARTS[word])
        yield parts
        yield GaugeMetricFamily("petition_to_be_filled_in", "Things that /readyz asks the bureau to do",
                                len(state.missing))  # fmt: skip

    def _files(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("petition_disk_free_bytes", "Bytes left where the store is", free_bytes(self._ctx))
        if (last := self._ctx.last_backup()) is not None:
            age = self._ctx.clock.now() - last
            yield GaugeMetricFamily("petition_backup_age_seconds", "Since the last whole backup", age.total_seconds())
        if (anchored := self._ctx.anchors.last_at()) is not None:
            age = self._ctx.clock.now() - anchored
            yield GaugeMetricFamily(
                "petition_audit_anchor_age_seconds",
                "Since the last anchor of the record of changes",
                age.total_seconds(),
            )
        if self._from.sqlite is not None:
            wal = self._from.sqlite.with_name(f"{self._from.sqlite.name}-wal")
            yield GaugeMetricFamily("petition_store_wal_bytes", "Bytes of SQLite's log beside the store", _size(wal))

    def _store(self) -> Iterator[Metric]:
        with self._ctx.store.read() as records:
            queues = records.figures.queues()
            longest = self._from.watch.seen(records.figures.waiting_messages(MOST_WATCHED), time.monotonic())
            apart, size = records.quarantine_size(), records.figures.size()
        yield GaugeMetricFamily("petition_store_bytes", "Bytes of the store", size)
        yield GaugeMetricFamily("petition_quarantined_records", "Stored records that cannot be read", apart)
        waiting = GaugeMetricFamily("petition_outbox_waiting", "Messages for the worker", labels=("topic",))
        failing = GaugeMetricFamily("petition_outbox_failing", "Those tried more than three times", labels=("topic",))
        oldest = GaugeMetricFamily("petition_outbox_oldest_seconds", "Since when one is seen waiting, at least",
                                   labels=("topic",))  # fmt: skip
        for one in sorted(queues, key=lambda one: one.topic):
            waiting.add_metric((one.topic,), one.waiting)
            failing.add_metric((one.topic,), one.failing)
            oldest.add_metric((one.topic,), longest.get(one.topic, 0.0))
        yield from (waiting, failing, oldest)


def _server(server: Any) -> Iterator[Metric]:
    """The lanes of the server in front of this application; nothing in tests that have none."""
    if server is None:
        return
    running = GaugeMetricFamily("petition_lane_running", "Requests that have a thread", labels=("lane",))
    waiting = GaugeMetricFamily("petition_lane_waiting", "Requests that wait for a thread", labels=("lane",))
    for name, (runs, waits) in server.lanes.states().items():
        running.add_metric((name,), runs)
        waiting.add_metric((name,), waits)
    refused = CounterMetricFamily(
        "petition_server_refusals", "Requests refused before the application", labels=("status",)
    )
    for status, count in sorted(server.refused.items()):
        refused.add_metric((str(status),), count)
    yield from (running, waiting, refused)
    yield GaugeMetricFamily("petition_connections", "Open connections", len(server.active_channels))


def workers(folder: Path, now: float) -> Iterator[Metric]:
    """What workers have written, each with its name as a label, and how old that is. A broken file is left out."""
    families: dict[str, Metric] = {}
    ages = GaugeMetricFamily("petition_worker_figures_age_seconds", "Since when a worker has not written its figures",
                             labels=("worker",))  # fmt: skip
    for path in sorted(folder.glob("*.prom"))[:MOST_FILES]:
        try:
            with path.open("rb") as file:
                text = file.read(MOST_BYTES).decode()
            found = list(text_string_to_metric_families(text))
            ages.add_metric((path.stem,), max(0.0, now - path.stat().st_mtime))
        except (OSError, ValueError):
            continue
        for family in found:
            kept = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
            for one in family.samples:
                kept.add_sample(one.name, {**one.labels, "worker": path.stem}, one.value)
    yield ages
    yield from families.values()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
