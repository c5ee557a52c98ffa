"""The git hooks: they run what `make lint` runs, from this checkout, and refuse broken text files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONFIG = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HOOKS = [hook for repo in CONFIG["repos"] for hook in repo["hooks"]]
CHECK = ROOT / ".ci" / "check_text_files.py"


def check(*paths: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(CHECK), *map(str, paths)], capture_output=True, text=True, check=False)


def test_every_hook_is_of_this_checkout() -> None:
    assert {repo["repo"] for repo in CONFIG["repos"]} == {"local"}
    assert {hook["language"] for hook in HOOKS} == {"system"}


def test_every_check_of_make_lint_is_a_hook_over_the_same_folders() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.split("\nlint: ", 1)[1].split("\n\n", 1)[0]
    commands = re.findall(r"@(\.venv\S+(?: check| format)?)(?: --[\w-]+(?: [\d.]+)?)* (.+)", recipe)
    assert len(commands) == 6
    hooked = [(hook["entry"], re.findall(r"\w+", hook["files"])) for hook in HOOKS if "files" in hook]
    for command, folders in commands:
        assert any(entry.startswith(command) and files == folders.split() for entry, files in hooked), command
    assert "ensure_eslint.sh" in recipe and any("eslint" in entry for entry, _ in hooked)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("text\n<<<<<<< ours\n", "line 2: marker of a merge conflict"),
        ("text\n>>>>>>> theirs\n", "line 2: marker of a merge conflict"),
        ("text", "no newline at the end"),
    ],
)
def test_a_broken_text_file_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("heading\n=======\n", encoding="utf-8")
    bad.write_text(content, encoding="utf-8")
    done = check(good, bad)
    assert done.returncode == 1
    assert done.stdout == f"{bad}: {fault}\n"
    assert check(good).returncode == 0


def test_every_committed_text_file_passes() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    other = re.compile(rf"\.(png|webp)$|{next(one['exclude'] for one in HOOKS if one['id'] == 'text-files')}")
    texts = [ROOT / name for name in listed.split("\0") if name and not other.search(name)]
    done = check(*(path for path in texts if path.is_file()))
    assert done.stdout == ""
