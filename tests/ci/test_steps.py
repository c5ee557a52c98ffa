"""`.ci/steps.py`: one line of progress, private logs, the end of the log after a failure."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.progress import Progress, end_of, private_log

STEPS = Path(__file__).resolve().parents[2] / ".ci" / "steps.py"
USUAL = {"tools": 10.0, "bot environment": 60.0, "fonts": 20.0}


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock() -> Clock:
    return Clock()


def run(folder: Path, *steps: tuple[str, str]) -> subprocess.CompletedProcess[str]:
    listed = [word for name, command in steps for word in ("--step", name, "5", command)]
    return subprocess.run(
        [sys.executable, str(STEPS), "--logs", str(folder), *listed], capture_output=True, text=True, check=False
    )


def python(code: str) -> str:
    return f'{sys.executable} -c "{code}"'


def test_a_line_shows_the_step_and_the_time_left(tmp_path: Path, clock: Clock) -> None:
    out = io.StringIO()
    progress = Progress(USUAL, out, tmp_path / "times.json", clock, worth_s=1)
    progress.begin("tools")
    assert out.getvalue() == ""
    for _ in range(3):
        clock.now += 1
        progress.tick()
    progress.begin("bot environment")
    clock.now += 50
    progress.tick()
    assert out.getvalue() == "[1/3] tools … about 90 s left\n[2/3] bot environment … about 30 s left\n"
    clock.now += 500
    progress.begin("fonts")
    clock.now += 30
    assert progress.left() == "a little longer"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2, "about 5 s left"),
        (33, "about 35 s left"),
        (89, "about 90 s left"),
        (100, "about 2 min left"),
        (200, "about 3 min left"),
    ],
)
def test_times_are_rounded(tmp_path: Path, clock: Clock, seconds: float, text: str) -> None:
    progress = Progress({"one": seconds}, io.StringIO(), tmp_path / "times.json", clock)
    progress.begin("one")
    assert progress.left() == text


def test_on_a_terminal_it_stays_one_line(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = Terminal()
    progress = Progress({"a very long name of a step": 50, "b": 5}, out, tmp_path / "times.json", clock)
    progress.begin("a very long name of a step")
    clock.now += 25  # 25 and 5 are left
    progress.tick()
    progress.begin("b")
    progress.done()
    line = "[1/2] a very long name of a step … about 30 s left"[:39]
    assert out.getvalue().split("\r\x1b[2K") == ["", line, line, "[2/2] b … about 5 s left", ""]


def test_times_of_the_last_run_are_used(tmp_path: Path, clock: Clock) -> None:
    times = tmp_path / "var" / "times.json"
    progress = Progress(USUAL, io.StringIO(), times, clock)
    for name in USUAL:
        progress.begin(name)
        clock.now += 15
    assert progress.done() == 45
    assert json.loads(times.read_text()) == {name: 15 for name in USUAL}
    again = Progress(USUAL, io.StringIO(), times, clock)
    again.begin("bot environment")
    assert again.left() == "about 30 s left"


@pytest.mark.parametrize("broken", ["", "[]", '{"tools": "long"}', '{"tools": null}'])
def test_a_broken_file_of_times_is_ignored(tmp_path: Path, clock: Clock, broken: str) -> None:
    times = tmp_path / "times.json"
    times.write_text(broken)
    progress = Progress(USUAL, io.StringIO(), times, clock)
    progress.begin("fonts")
    assert progress.left() == "about 20 s left"


def test_each_step_has_its_own_log(tmp_path: Path) -> None:
    done = run(tmp_path, ("one", python("print('noise')")), ("The second step", "sh -c 'echo bad >&2'"))
    assert done.returncode == 0 and done.stderr == ""
    assert re.fullmatch(r"(\[[12]/2\] .* … .*\n)*ready after \d+ s\n", done.stdout)
    assert (tmp_path / "one.log").read_text() == "noise\n"
    assert (tmp_path / "the-second-step.log").read_text() == "bad\n"
    assert {oct((tmp_path / f"{name}.log").stat().st_mode & 0o777) for name in ("one", "the-second-step")} == {"0o600"}


def test_a_failing_step_stops_the_run_and_shows_the_end_of_its_log(tmp_path: Path) -> None:
    bad = python("print(*range(100), sep=chr(10)); raise SystemExit(7)")
    done = run(tmp_path, ("good", "true"), ("bad", bad), ("never", f"touch {tmp_path}/never"))
    assert done.returncode == 7
    assert done.stderr.splitlines() == [
        f"[2/3] bad failed with code 7. The last 30 lines of {tmp_path}/bad.log:",
        *map(str, range(70, 100)),
    ]
    assert "ready" not in done.stdout
    assert not (tmp_path / "never").exists()


@pytest.mark.parametrize(
    ("command", "code", "text"),
    [("no-such-program", 127, "no-such-program"), ("sh -c 'kill -9 $$'", 137, "failed with code 137")],
)
def test_a_missing_program_and_a_killed_one_are_failures(tmp_path: Path, command: str, code: int, text: str) -> None:
    done = run(tmp_path, ("bad", command))
    assert done.returncode == code
    assert text in done.stderr


def test_ending_the_run_ends_the_step(tmp_path: Path) -> None:
    waits = python(f"import os, time; open('{tmp_path}/pid', 'w').write(str(os.getpid())); print(); time.sleep(600)")
    running = subprocess.Popen(
        [sys.executable, str(STEPS), "--logs", str(tmp_path), "--step", "waits", "1", waits],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout and running.stdout.readline().startswith("[1/1] waits")
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert running.poll() is None
    running.send_signal(signal.SIGTERM)
    assert running.wait(60) == 143
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_on_a_real_terminal_the_line_is_rewritten(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, str(STEPS), "--logs", str(tmp_path), "--step", "one", "40", "echo noise"],
        stdout=theirs,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    text = b""
    with suppress(OSError):  # EIO: the other end is closed and everything was read
        while part := os.read(ours, 10_000):
            text += part
    shown = text.decode()
    os.close(ours)
    assert done.returncode == 0
    assert shown.startswith("\r\x1b[2K[1/1] one … about 40 s left\r\x1b[2K")
    assert "noise" not in shown


def test_the_end_of_a_log_shows_the_last_state_of_progress_bars(tmp_path: Path) -> None:
    with private_log(tmp_path / "a.log") as log:
        log.write("0%\r50%\r100%\nwords\xff\n".encode("latin-1"))
    assert end_of(tmp_path / "a.log") == "100%\nwords�\n"


def test_a_log_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("old")
    path.chmod(0o644)
    private_log(path).close()
    assert oct(path.stat().st_mode & 0o777) == "0o600" and path.read_text() == ""
