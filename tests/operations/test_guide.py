"""The operator's guide: its commands name what exists, and its first steps do what they say in a scratch folder."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk_api import cli
from tests.operations.machine import Machine
from tests.operations.units import ROOT, SERVICES, tool

TEXT = (ROOT / "handbook/operators/guide.md").read_text(encoding="utf-8")
COMMANDS = [
    part.strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
    for part in re.sub(r"\s#\s.*$", "", line.removeprefix("# ").removeprefix("$ ")).split("&&")
]


def starting(*words: str) -> list[list[str]]:
    return [shlex.split(one)[len(words) :] for one in COMMANDS if shlex.split(one)[: len(words)] == list(words)]


def test_what_is_copied_is_in_the_repository() -> None:
    copied = [one for given in starting("install", "-m") for one in given[1:-1] if one.startswith("deploy/")]
    assert len(copied) >= 4
    assert not [one for one in copied if not (ROOT / one).is_file()]


def test_every_make_target_exists() -> None:
    targets = {line.partition(":")[0] for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()}
    named = {one for given in starting("make") for one in given} | set(re.findall(r"`make ([a-z-]+)", TEXT))
    assert "train" in named and {one for one in named if "=" not in one} <= targets


def test_every_command_of_the_service_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    known = set(re.findall(r"^    ([a-z-]+)", capsys.readouterr().out, re.MULTILINE))
    named = set(re.findall(r"PETITION ([a-z]+(?:-[a-z]+)*)", TEXT))
    assert {"backup-keys", "load-units", "calendar-day", "confirm-year"} <= named <= known


def test_the_users_of_the_units_are_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    program = Path(tool("systemd-analyze")).with_name("systemd-sysusers")
    subprocess.run(
        [program, f"--root={tmp_path}", ROOT / "deploy/systemd/petition.sysusers"], check=True, capture_output=True
    )
    users = {line.partition(":")[0] for line in (tmp_path / "etc/passwd").read_text(encoding="utf-8").splitlines()}
    assert {"petition", "petition-bot"} <= users
    shells = (tmp_path / "etc/passwd").read_text(encoding="utf-8")
    assert not re.search(r"^petition.*:/bin/(?:ba)?sh$", shells, re.MULTILINE)


def test_the_copy_of_the_units_takes_all_of_them(tmp_path: Path) -> None:
    for given in starting("cp", "-r"):
        for pattern in given[:-1]:
            for found in ROOT.glob(pattern):
                copy = shutil.copytree if found.is_dir() else shutil.copy
                copy(found, tmp_path / found.name)
    assert {*SERVICES, "petition.target", "petition-api.socket", "petition-.service.d"} <= {
        one.name for one in tmp_path.iterdir()
    }


def test_everything_in_the_data_folder_is_in_the_guide(machine: Machine) -> None:
    """What is made there may grow, or is missed by somebody who cleans up."""
    assert machine.made
    told = TEXT + (ROOT / "handbook/operators/keys-and-store.md").read_text(encoding="utf-8")
    told += (ROOT / "handbook/operators/backup.md").read_text(encoding="utf-8")
    assert not [name for name in machine.made if name.removesuffix("-shm") not in told]


def test_the_plan_for_incidents_cites_its_articles_and_invents_no_number() -> None:
    plan = TEXT.partition("## 8.")[2]
    assert {"Art. 51(5)", "Art. 57", "Art. 56"} <= set(re.findall(r"Art\. \d+(?:\(\d\))?", plan))
    assert plan.count("【请填写】") == 3 and not re.search(r"\d{7,}", plan)
