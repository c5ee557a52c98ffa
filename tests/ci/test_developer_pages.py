"""What the developers' pages name exists: files, the functions after a file, and make commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WALK_PAGE, RECIPES_PAGE = ROOT / "handbook/developers/one-petition.md", ROOT / "CONTRIBUTING.md"
PAGES = [
    RECIPES_PAGE,
    *sorted((ROOT / "handbook/developers").rglob("*.md")),
    *sorted((ROOT / "handbook/operators").glob("*.md")),
]
WALK = WALK_PAGE.read_text(encoding="utf-8")
QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:kiosk_api|bot|nlu_data|tests|handbook|deploy|\.ci)/[\w./-]+")
NAME = re.compile(r"[A-Za-z_]\w+")
DEFINED = r"(?:\b(?:def|class|function) {name}\b|^(?:export )?(?:const )?{name}\b[^\n=]*=|^{name}\b:|^  (?:async )?{name}\(.*\) \{{$)"


def functions(page: str) -> list[tuple[str, str]]:
    """(file, name) of every name between "`file`:" and the end of its sentence or the next file."""
    found = []
    for item in re.split(r"\n(?=- |\n)", re.sub(r"```.*?```", "", page, flags=re.DOTALL)):
        for path, rest in re.findall(r"`([\w./-]+\.(?:py|js))`:\s((?:(?!`[\w./-]+/[\w.-]+`|\. |;).|\n)*)", item):
            found += [(path, name) for name in QUOTED.findall(rest) if NAME.fullmatch(name)]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_file_and_link_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [ROOT / path for path in QUOTED.findall(text) if PATH.fullmatch(path)]
    named += [page.parent / path for path in re.findall(r"\]\(([\w./-]+)\)", text)]
    assert not [str(path) for path in named if not path.exists()]


def test_every_function_of_the_walk_is_in_its_file() -> None:
    named = functions(WALK)
    assert len(named) > 80
    missing = [
        (path, name)
        for path, name in named
        if not re.search(DEFINED.format(name=name), (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert not missing


def test_every_make_command_of_the_recipes_is_a_target() -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", RECIPES_PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"dev", "hooks", "lint", "test"} <= named <= targets


def test_each_recipe_names_the_tests_that_notice_what_is_missing() -> None:
    recipes = RECIPES_PAGE.read_text(encoding="utf-8").split("\n### ")[1:]
    tried = [one for one in recipes if "This has not been tried" not in one]
    assert len(tried) >= 9
    assert not [one.splitlines()[0] for one in tried if "\nTests: " not in one]


def test_a_missing_function_would_be_noticed() -> None:
    page = "- `kiosk_api/app.py`: `create_app`, `no_such_name` build it. `kiosk_api/cli.py`: `main` starts."
    assert functions(page) == [
        ("kiosk_api/app.py", "create_app"),
        ("kiosk_api/app.py", "no_such_name"),
        ("kiosk_api/cli.py", "main"),
    ]
    assert not re.search(DEFINED.format(name="no_such_name"), (ROOT / "kiosk_api/app.py").read_text(encoding="utf-8"))
