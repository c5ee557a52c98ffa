"""`.ci/ensure_eslint.sh`: installs what package-lock.json lists, once, and fails where it cannot."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ci.programs import program

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".ci" / "ensure_eslint.sh"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a lock file, on a machine whose PATH holds only what the script may use."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(SCRIPT, tmp_path / ".ci")
    (tmp_path / "package-lock.json").write_text("one", encoding="utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "cat", "dirname", "sha256sum", "mkdir"):
        (programs / name).symlink_to(shutil.which(name) or name)
    program(programs, "id", "echo 1000")
    program(programs, "npm", 'echo "$@" >> asked; mkdir -p node_modules')
    return tmp_path


def ensure(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shutil.which("bash") or "bash", str(checkout / ".ci" / SCRIPT.name)],
        env={"PATH": str(checkout / "bin")}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_is_installed_once_for_one_lock_file(checkout: Path) -> None:
    for _ in range(2):
        assert ensure(checkout).stdout == f"{checkout}/node_modules/eslint/bin/eslint.js\n"
    assert (checkout / "asked").read_text().splitlines() == ["ci --silent --no-progress"]
    (checkout / "package-lock.json").write_text("another", encoding="utf-8")
    ensure(checkout)
    assert len((checkout / "asked").read_text().splitlines()) == 2


def test_an_install_that_fails_fails_each_time(checkout: Path) -> None:
    program(checkout / "bin", "npm", "exit 1")
    for _ in range(2):
        done = ensure(checkout)
        assert done.returncode == 1 and done.stdout == ""
        assert "package-lock.json" in done.stderr


def test_without_npm_the_user_is_told_what_to_do(checkout: Path) -> None:
    (checkout / "bin" / "npm").unlink()
    done = ensure(checkout)
    assert done.returncode == 1
    assert "apt-get install npm" in done.stderr


def test_the_lock_file_names_no_address_to_download_from() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 1
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert all(one.get("integrity") for name, one in packages.items() if name)


def test_make_lint_checks_the_scripts() -> None:
    lint = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nlint:")[1].split("\n\n")[0]
    assert ".ci/ensure_eslint.sh" in lint and "--max-warnings 0 ." in lint
