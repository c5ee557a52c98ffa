"""pytest collects the near tests once; each fault then runs those that reach it, in a forked process.

The first child runs every test with its lines recorded. A fault whose line no test reaches has survived. A test that
fails with the fault, or takes far too long, has noticed it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import coverage
import hypothesis
import pytest

from tests.mutation.faults import Fault, faults_of
from tests.mutation.put import put

MOST_S = 40.0
"""Seconds of the processor that the tests of one fault may take, by what they took without one; the fastest come first."""
NOTICED, SURVIVED, NOT_PUT, UNREACHED = "noticed", "survived", "not put", "no test reaches it"


def pytest_configure() -> None:
    hypothesis.settings.register_profile(
        "faults", deadline=None, database=None, phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate)
    )
    hypothesis.settings.load_profile("faults")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    asked = json.loads(os.environ["KIOSK_FAULTS"])
    out = Path(asked["out"])
    faults = [one for name in asked["modules"] for one in faults_of(name, _source(name))][:: asked["every"]]
    lines, seconds = _without_faults(session, asked["modules"], out)
    print(f"{len(session.items)} tests, {len(faults)} faults", flush=True)
    Workers(session, lines, seconds, asked["workers"], asked["ends_at"], out).run(faults)
    return True


def _source(module: str) -> str:
    return Path(_file(module)).read_text()


def _file(module: str) -> str:
    spec = find_spec(module)
    assert spec is not None and spec.origin is not None
    return spec.origin


Lines = dict[tuple[str, int], set[str]]


def _without_faults(session: pytest.Session, modules: list[str], out: Path) -> tuple[Lines, dict[str, float]]:
    """Which tests run which line, and how long each takes. Every one of them must pass."""
    told = out.with_suffix(".lines")
    child = os.fork()
    if child == 0:
        _quietly(lambda: _record(session, modules, told))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"the near tests do not pass without a fault: {told}"
    found = json.loads(told.read_text())
    lines = {(module, int(line)): set(tests) for module, line, tests in found["lines"]}
    return lines, found["seconds"]


def _record(session: pytest.Session, modules: list[str], told: Path) -> int:
    files = {name: _file(name) for name in modules}
    cov = coverage.Coverage(data_file=None, include=list(files.values()), config_file=False)
    seconds: dict[str, float] = {}
    cov.start()

    def before(nodeid: str) -> None:
        cov.switch_context(nodeid)
        seconds[nodeid] = time.process_time()

    failed = _run(session, session.items, before)
    cov.stop()
    ends = [*list(seconds.values())[1:], time.process_time()]
    lasted = {one: end - began for (one, began), end in zip(seconds.items(), ends, strict=True)}
    data = cov.get_data()
    lines = [
        (name, line, [one for one in tests if one])
        for name, path in files.items()
        for line, tests in data.contexts_by_lineno(path).items()
    ]
    told.write_text(json.dumps({"lines": lines, "seconds": lasted, "failed": failed}))
    return len(failed)


def _run(session: pytest.Session, items: list[pytest.Item], before: Callable[[str], None] = lambda _: None,
         stop: bool = False) -> list[str]:  # fmt: skip
    """Run tests in this process; the names of those that failed, with `stop` the first only."""
    failed: list[str] = []

    class Watch:
        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed:
                failed.append(report.nodeid)

    session.config.pluginmanager.register(Watch(), "watch")
    for at, item in enumerate(items):
        before(item.nodeid)
        following = items[at + 1] if at + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if stop and failed:
            break
    session.config.pluginmanager.unregister(name="watch")
    return failed


def _quietly(work: Callable[[], int]) -> None:
    """The whole life of a child: its exit code says what `work` answers."""
    code = 99
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        code = min(work(), 90)
    except BaseException:  # whatever it is, the parent counts it
        code = 98
    finally:
        os._exit(code)


class Workers:
    """Several children at a time, each with one fault."""

    def __init__(self, session: pytest.Session, lines: Lines, seconds: dict[str, float], workers: int,
                 ends_at: float, out: Path) -> None:  # fmt: skip
        self._session, self._lines, self._seconds = session, lines, seconds
        self._workers, self._ends_at, self._out = workers, ends_at, out
        self._item = {one.nodeid: one for one in session.items}
        self._running: dict[int, tuple[Fault, float]] = {}
        self._results: list[tuple[Fault, str]] = []
        self._noticed: Counter[str] = Counter()

    def run(self, faults: list[Fault]) -> None:
        """Write down what became of each; faults that there was no time for are left out."""
        for fault in faults:
            if time.time() > self._ends_at:
                break
            tests = self._tests_of(fault)
            if not tests:
                self._results.append((fault, UNREACHED))
                continue
            while len(self._running) >= self._workers:
                self._wait()
            self._start(fault, tests)
        while self._running:
            self._wait()
        self._keep()

    def _keep(self) -> None:
        """All results so far, so that a run that is broken off has its figure too."""
        found = sorted(self._results, key=lambda one: (one[0].module, one[0].line, one[0].what))
        self._out.write_text(json.dumps([[one.place, result] for one, result in found], ensure_ascii=False, indent=0))

    def _tests_of(self, fault: Fault) -> list[pytest.Item]:
        names = set(self._seconds) if fault.is_table else self._lines.get((fault.module, fault.line), set())
        left, chosen = MOST_S, []
        for name in sorted(names, key=lambda one: self._seconds[one] / (1 + self._noticed[one])):
            left -= self._seconds[name]
            if left < 0 and chosen:
                break
            chosen.append(self._item[name])
        return chosen

    def _start(self, fault: Fault, tests: list[pytest.Item]) -> None:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            _quietly(lambda: self._try(fault, tests, write))
        os.close(write)
        patience = 30 + 30 * sum(self._seconds[one.nodeid] for one in tests)
        self._running[child] = (fault, time.monotonic() + patience)
        self._pipes = getattr(self, "_pipes", {}) | {child: read}

    def _try(self, fault: Fault, tests: list[pytest.Item], write: int) -> int:
        if not put(fault):
            return 97
        failed = _run(self._session, tests, stop=True)
        if failed:
            os.write(write, failed[0].encode()[:4_000])
        return 1 if failed else 0

    def _wait(self) -> None:
        child = 0
        while not child:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child:
                break
            late = next((one for one, (_, until) in self._running.items() if time.monotonic() > until), None)
            if late is not None:
                os.kill(late, signal.SIGKILL)
            time.sleep(0.01)
        fault, _ = self._running.pop(child)
        read = self._pipes.pop(child)
        name = os.read(read, 4_096).decode()
        os.close(read)
        self._noticed[name] += bool(name)
        code = os.waitstatus_to_exitcode(status)
        result = {0: SURVIVED, 97: NOT_PUT}.get(code, NOTICED)
        self._results.append((fault, result))
        if len(self._results) % 20 == 0:
            self._keep()
        if result != NOTICED:
            print(f"{result}: {fault.place}", file=sys.stderr, flush=True)
