#!/usr/bin/env python3
"""Runs steps one after the other behind one line of progress; the output of each goes to its own log.

    .ci/steps.py --step "API environment" 60 "make .venv/api/.stamp" --step …

A step is a name, the seconds it usually takes, and a command. Logs are var/log/setup/NAME.log. The
first step that fails ends it: the last lines of its log are shown, its exit code is ours.
"""

from __future__ import annotations

import argparse
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bot.progress import END_LINES, Progress, end_of, private_log  # noqa: E402

TICK_S = 0.5
WORTH_A_LINE_S = 1.0  # a shorter step is not printed when the output is no terminal


def run(steps: list[tuple[str, float, str]], logs: Path, progress: Progress) -> int:
    """0, or the exit code of the step that failed."""
    for name, _, command in steps:
        progress.begin(name)
        path = logs / (re.sub(r"\W+", "-", name).strip("-").lower() + ".log")
        code = _run_one(command, path, progress)
        if code:
            place = progress.place()
            progress.clear()
            print(
                f"{place} failed with code {code}. The last {END_LINES} lines of {path}:\n{end_of(path)}",
                end="",
                file=sys.stderr,
            )
            return code
    print(f"ready after {progress.done():.0f} s")
    return 0


def _run_one(command: str, path: Path, progress: Progress) -> int:
    with private_log(path) as log:
        try:
            # make passes its job slots by open files
            running = subprocess.Popen(
                shlex.split(command), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, close_fds=False
            )
        except OSError as problem:
            log.write(f"{problem}\n".encode())
            return 127
        try:
            while True:
                try:
                    code = running.wait(TICK_S)
                    return code if code >= 0 else 128 - code  # the shell's convention for a signal
                except subprocess.TimeoutExpired:
                    progress.tick()
        except BaseException:
            running.terminate()
            running.wait()
            raise


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", nargs=3, action="append", required=True, metavar=("NAME", "SECONDS", "COMMAND"))
    parser.add_argument("--logs", type=Path, default=ROOT / "var" / "log" / "setup")
    given = parser.parse_args(argv)
    steps = [(name, float(seconds), command) for name, seconds, command in given.step]
    usual = {name: seconds for name, seconds, _ in steps}
    if len(usual) < len(steps):
        parser.error("two steps have the same name")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    progress = Progress(usual, sys.stdout, given.logs / "times.json", worth_s=WORTH_A_LINE_S)
    try:
        return run(steps, given.logs, progress)
    except KeyboardInterrupt:
        progress.clear()
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
