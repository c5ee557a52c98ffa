"""`.ci/ensure_node.sh`: prints a suitable node, and installs one if there is none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ci.programs import program

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "ensure_node.sh"
GOOD, OLD = "exit 0", "exit 1"  # the exit status of the check for the needed function


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder that is the whole PATH, with a fake root user and an apt-get that installs a good node."""
    program(tmp_path, "id", "echo 0")
    program(
        tmp_path,
        "apt-get",
        f"""echo "$@" >> {tmp_path}/asked; echo "many words"
case "$*" in *install*) printf '#!/bin/sh\\nexit 0\\n' > {tmp_path}/node; {shutil.which("chmod")} 755 {tmp_path}/node;; esac""",
    )
    return tmp_path


def ensure(machine: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shutil.which("bash") or "bash", str(SCRIPT)],
        env={"PATH": str(machine), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_suitable_node_is_used(machine: Path) -> None:
    program(machine, "nodejs", GOOD)
    assert ensure(machine).stdout == f"{machine}/nodejs\n"
    program(machine, "node", GOOD)
    assert ensure(machine).stdout == f"{machine}/node\n"
    program(machine, "mine", GOOD)
    assert ensure(machine, NODE=str(machine / "mine")).stdout == f"{machine}/mine\n"
    assert not (machine / "asked").exists()


def test_a_missing_or_old_node_is_replaced_without_recommended_packages(machine: Path) -> None:
    for old in (False, True):
        if old:
            program(machine, "node", OLD)
        done = ensure(machine)
        assert done.returncode == 0 and done.stdout == f"{machine}/node\n"
        assert "--no-install-recommends nodejs" in (machine / "asked").read_text()
        (machine / "asked").unlink()
        (machine / "node").unlink()


def test_a_user_who_may_not_install_gets_instructions(machine: Path) -> None:
    program(machine, "id", "echo 1000")
    done = ensure(machine)
    assert done.returncode == 1 and done.stdout == ""
    assert "apt-get install nodejs" in done.stderr
