"""pytest collects the near tests once; each fault then runs those that reach it, in a forked process.

The first child runs every test with its lines recorded. A fault whose line no test reaches has survived. A test that
fails with the fault has noticed it, and so has one that uses far too much of the processor (a loop that does not end).
A child that is still there when the clock on the wall has run out says nothing, for the machine may be busy: its fault
is tried once more, alone, and if that ends likewise it is left out of the figure. Every CONTROL faults a child runs
with no fault at all; one that fails shows that the figure cannot be believed.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import coverage
import hypothesis
import pytest

from tests.factories import fresh_app
from tests.mutation.faults import Fault, faults_of
from tests.mutation.put import put

MOST_S = 40.0
"""Seconds of the processor that the tests of one fault may take, by what they took without one; the fastest come first."""
NOTICED, SURVIVED, NOT_PUT, UNREACHED = "noticed", "survived", "not put", "no test reaches it"
UNDECIDED, SOUND, FALSE_ALARM = "no answer in time", "control passed", "control failed"
CONTROL = 15
"""Of so many faults, one is followed by a run of its tests without any."""
_PASSED, _FAILED, _PUT_FAILED, _CANNOT_PUT, _BROKE = 0, 1, 2, 3, 4
_RESULTS = {_PASSED: SURVIVED, _FAILED: NOTICED, _PUT_FAILED: NOTICED, _CANNOT_PUT: NOT_PUT, -signal.SIGXCPU: NOTICED}


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
    faults = _without(faults, asked["noticed"])
    _warm()
    lines, seconds = _without_faults(session, asked["modules"], out)
    print(f"{len(session.items)} tests, {len(faults)} faults", flush=True)
    Workers(session, lines, seconds, asked["workers"], asked["ends_at"], out).run(faults)
    return True


def _without(faults: list[Fault], noticed: list[str]) -> list[Fault]:
    """Those that are still to be tried. Two faults of a line may have one name: each leaves out one."""
    left_out, found = Counter(noticed), []
    for one in faults:
        if left_out[one.place]:
            left_out[one.place] -= 1
        else:
            found.append(one)
    return found


def _warm() -> None:
    """Build here what each child would otherwise build again: migrated stores, which take seconds, and an application."""
    with TemporaryDirectory() as folder:
        for officers in (False, True):
            app = fresh_app(Path(folder) / str(officers), officers=officers)
            app.test_client().get("/desk/sign-in")
            app.extensions["kiosk"].store._engine.dispose()
    assert threading.active_count() == 1, "a thread would be lost in the children"


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
    return _FAILED if failed else _PASSED


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
    code = _BROKE
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        code = work()
    except BaseException:  # whatever it is, the parent counts it
        code = _BROKE
    finally:
        os._exit(code)


@dataclass
class Running:
    """One child at work."""

    fault: Fault
    until: float
    """On the clock of `time.monotonic`, in seconds."""
    told: int
    """Where it writes the name of the test that failed."""
    again: bool
    control: bool


class Workers:
    """Several children at a time, each with one fault."""

    def __init__(self, session: pytest.Session, lines: Lines, seconds: dict[str, float], workers: int,
                 ends_at: float, out: Path) -> None:  # fmt: skip
        self._session, self._lines, self._seconds = session, lines, seconds
        self._workers, self._ends_at, self._out = workers, ends_at, out
        self._item = {one.nodeid: one for one in session.items}
        self._running: dict[int, Running] = {}
        self._results: list[tuple[Fault, str]] = []
        self._noticed: Counter[str] = Counter()
        self._late: list[Fault] = []

    def run(self, faults: list[Fault]) -> None:
        """Write down what became of each; faults that there was no time for are left out."""
        for at, fault in enumerate(faults, 1):
            if time.time() > self._ends_at:
                break
            tests = self._tests_of(fault)
            if not tests:
                self._results.append((fault, UNREACHED))
                continue
            self._start(fault, tests, self._workers)
            if at % CONTROL == 0:
                self._start(fault, tests, self._workers, control=True)
        self._finish()
        for fault in self._late:
            self._start(fault, self._tests_of(fault), 1, again=True)
            self._finish()
        self._keep()

    def _finish(self) -> None:
        while self._running:
            self._wait()

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

    def _start(self, fault: Fault, tests: list[pytest.Item], most: int, *, again: bool = False,
               control: bool = False) -> None:  # fmt: skip
        while len(self._running) >= most:
            self._wait()
        usual = sum(self._seconds[one.nodeid] for one in tests)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            most_s = int(20 + 10 * usual)
            resource.setrlimit(resource.RLIMIT_CPU, (most_s, most_s + 5))
            _quietly(lambda: self._try(None if control else fault, tests, write))
        os.close(write)
        self._running[child] = Running(fault, time.monotonic() + 60 + 60 * usual, read, again, control)

    def _try(self, fault: Fault | None, tests: list[pytest.Item], write: int) -> int:
        try:
            if fault is not None and not put(fault):
                return _CANNOT_PUT
        except Exception:  # the module does not even load with it
            return _PUT_FAILED
        failed = _run(self._session, tests, stop=True)
        if failed:
            os.write(write, failed[0].encode()[:4_000])
        return _FAILED if failed else _PASSED

    def _wait(self) -> None:
        child = 0
        while not child:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child:
                break
            for one, running in self._running.items():
                if time.monotonic() > running.until:
                    os.kill(one, signal.SIGKILL)
            time.sleep(0.01)
        running = self._running.pop(child)
        name = os.read(running.told, 4_096).decode()
        os.close(running.told)
        self._count(running, os.waitstatus_to_exitcode(status), name)

    def _count(self, running: Running, code: int, name: str) -> None:
        result = _RESULTS.get(code, UNDECIDED)
        if running.control:
            result = SOUND if result == SURVIVED else FALSE_ALARM
        elif result == UNDECIDED and not running.again:
            self._late.append(running.fault)
            return
        self._noticed[name] += bool(name) and not running.control
        self._results.append((running.fault, result))
        if len(self._results) % 20 == 0:
            self._keep()
        if result not in (NOTICED, SOUND):
            print(f"{result}: {running.fault.place} {name if running.control else ''}", file=sys.stderr, flush=True)
