"""Reads systemd's units: sections with lists of values, drop-ins of a shared prefix included."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy/systemd"
SERVICES = sorted(path.name for path in FOLDER.glob("*.service"))
INSTALLED = "/opt/petition"
ENSURE = ROOT / ".ci/ensure_operations.sh"

Unit = dict[str, dict[str, list[str]]]


def read(path: Path, into: Unit | None = None) -> Unit:
    """The file's settings; a line that assigns nothing empties what stood before, as systemd reads it."""
    found: Unit = into if into is not None else defaultdict(lambda: defaultdict(list))
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            if value:
                found[section][name].append(value)
            else:
                found[section][name] = [""]
    return found


def whole(name: str) -> Unit:
    """A unit with its drop-ins and those of its prefix, in the order of their names as systemd reads them."""
    found = read(FOLDER / name)
    folders = [FOLDER / f"{name}.d", *([FOLDER / "petition-.service.d"] if name.startswith("petition-") else [])]
    for drop in sorted((one for folder in folders for one in folder.glob("*.conf")), key=lambda one: one.name):
        read(drop, found)
    return found


def environment(unit: Unit) -> dict[str, str]:
    """The variables that a unit sets itself."""
    pairs = (one for line in unit["Service"]["Environment"] for one in shlex.split(line))
    return dict(one.split("=", 1) for one in pairs)


def command(unit: Unit) -> list[str]:
    """The unit's command."""
    return shlex.split(unit["Service"]["ExecStart"][-1])


def folder_with_programs(to: Path) -> Path:
    """A root folder with the units, every program they name, and this machine's own units."""
    units = to / "etc/systemd/system"
    shutil.copytree(FOLDER, units)
    for name in SERVICES:
        program = to / command(read(FOLDER / name))[0].lstrip("/-+!@:")
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    for place in ("usr/lib/systemd/system", "lib/systemd/system"):
        if (source := Path("/") / place).is_dir() and not (to / place).exists():
            (to / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, to / place, symlinks=True)
            break
    return units


@cache
def allowed_calls() -> list[str]:
    """The system calls that the sandbox leaves, by systemd's own groups."""
    done = subprocess.run(
        [tool("systemd-analyze"), "syscall-filter", "--no-pager"], capture_output=True, text=True, check=True
    )
    groups: dict[str, list[str]] = {}
    name = ""
    for line in done.stdout.splitlines():
        if line.startswith("@"):
            name = line.split()[0]
            groups[name] = []
        elif line.startswith(" ") and not line.lstrip().startswith("#"):
            groups[name].append(line.strip())

    def members(one: str) -> set[str]:
        return {call for part in groups[one] for call in members(part)} if one.startswith("@") else {one}

    left = members("@default")
    for line in whole("petition-api.service")["Service"]["SystemCallFilter"]:
        named = {call for one in line.removeprefix("~").split() for call in members(one)}
        left = left - named if line.startswith("~") else left | named
    return sorted(left)


def tool(name: str) -> str:
    """The path of one of the programs that check what is shipped."""
    done = subprocess.run([ENSURE], capture_output=True, text=True, check=True)
    return next(line for line in done.stdout.splitlines() if line.endswith(f"/{name}"))
