"""The worker's own figures, in a registry of their own and written to a file that the API adds to `/metrics`.

A file and not a port: the worker listens nowhere, two stacks on one machine need no second free port, and the last
figures of a worker that has died can still be read. See handbook/developers/decisions/0042-operations.md.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric

from kiosk_api.domain.policy import OFFICE_PERIODS
from kiosk_api.domain.statute import PERIODS
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records, StoreBusy

FOLDER = "figures"
WRITE_EVERY_S = 10.0
COUNT_EVERY_S = 60.0  # counting a million clocks takes a second
CLOCKS = frozenset({*PERIODS, *OFFICE_PERIODS, "report", "own_limit", "execution", "supervision", "advice", "hearing"})
OTHER = "other"

REGISTRY = CollectorRegistry()
ProcessCollector(namespace="petition_worker", registry=REGISTRY)
JOBS = Counter("petition_worker_jobs", "Jobs of the worker's rounds", ["task", "outcome"], registry=REGISTRY)
JOB_SECONDS = Histogram(
    "petition_worker_job_seconds", "Seconds of a job that had something to do", ["task"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 30), registry=REGISTRY,
)  # fmt: skip
ROUND_AT = Gauge("petition_worker_round_timestamp_seconds", "When the latest round without a failure ended",
                 registry=REGISTRY)  # fmt: skip
EVENTS = Counter("petition_case_events", "Case events handed on by the worker", ["topic"], registry=REGISTRY)
DECISIONS = Counter("petition_decisions_told", "Decisions to be told to petitioners, by kind", ["kind"],
                    registry=REGISTRY)  # fmt: skip
SENT = Counter("petition_notices_tried", "Tries to tell a petitioner", ["channel", "outcome"], registry=REGISTRY)
LANE_FAILURES = Counter("petition_worker_lane_failures", "Failures in a lane of notices", ["lane"], registry=REGISTRY)


class Counted:
    """What is counted in the store now and then; keeps the latest counts while the store is busy."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._families: list[Metric] = []

    def count(self) -> None:
        """Count again; raises StoreBusy."""
        now = self._ctx.clock.now()
        with self._ctx.store.read() as records:
            made = [
                _due(records, now.date()),
                _family("petition_notices", "Notices to petitioners by state", "state", records.figures.notices(now)),
                _family("petition_notice_attempts_open", "Open tries to tell a petitioner", "channel",
                        records.figures.attempts()),
                _family("petition_callbacks", "Requests to be called back", "state", records.figures.callbacks(now)),
                GaugeMetricFamily("petition_drafts", "Petitions begun and not handed in", records.figures.drafts()),
                GaugeMetricFamily("petition_counted_timestamp_seconds", "When the worker counted these",
                                  now.timestamp()),
            ]  # fmt: skip
        self._families = made

    def collect(self) -> Iterator[Metric]:
        """The worker's own figures and the latest counts."""
        yield from REGISTRY.collect()
        yield from self._families


def _due(records: Records, today: date) -> Metric:
    found = GaugeMetricFamily(
        "petition_deadlines", "Running clocks that are late or due soon", labels=("clock", "span")
    )
    counts: dict[tuple[str, str], int] = {}
    for one in records.figures.due(today):
        key = (one.clock if one.clock in CLOCKS else OTHER, one.span)
        counts[key] = counts.get(key, 0) + one.count
    for (clock, span), count in sorted(counts.items()):
        found.add_metric((clock, span), count)
    return found


def _family(name: str, text: str, label: str, counts: dict[str, int]) -> Metric:
    found = GaugeMetricFamily(name, text, labels=(label,))
    for key, count in sorted(counts.items()):
        found.add_metric((key,), count)
    return found


def file_of(data_dir: Path, worker: str) -> Path:
    """Where this worker writes."""
    return data_dir / FOLDER / f"{worker}.prom"


def write(counted: Counted, path: Path) -> None:
    """Write all figures; a reader sees the old file or the new one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.touch(mode=0o600)
    part.write_bytes(generate_latest(counted))
    part.replace(path)


def keep_writing(ctx: Context, path: Path, stop: threading.Event) -> threading.Thread:
    """Write on a thread of its own until `stop`, so that a loop that hangs is seen to hang."""

    disable_created_metrics()  # type: ignore[no-untyped-call]

    def run() -> None:
        counted, next_count = Counted(ctx), 0.0
        while not stop.is_set():
            try:
                if time.monotonic() >= next_count:
                    with suppress(StoreBusy):
                        counted.count()
                        next_count = time.monotonic() + COUNT_EVERY_S
                write(counted, path)
            except Exception as error:
                structlog.get_logger("figures").error("figures_failed", error=type(error).__name__)
            stop.wait(WRITE_EVERY_S)

    thread = threading.Thread(target=run, name="figures", daemon=True)
    thread.start()
    return thread
