"""What each package (room) may import, and how long a file may be."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 300
MOST_LINES_IN_A_FUNCTION = 80
# third-party packages that a use case may import; neither the web nor the store
SERVICES_MAY_USE = {"structlog"}
# room → rooms of kiosk_api that it may import
MAY_IMPORT = {
    "domain": {"domain"},
    "services": {"domain", "services"},
    "persistence": {"domain", "persistence", *(f"services.base.{one}" for one in ("ports", "records", "route"))},
    "gateways": {
        "domain", "gateways", "services.base.ports", "services.base.terminal_ports",
        "services.base.records", "services.base.shown", "services.base.hall", "services.base.context", "services.base.sending",
        "services.base.wechat_ports",
    },
    "web": {"domain", "services", "web"},
    "server": {"server"},
}  # fmt: skip
# The same inside bot/. `understanding` is models only, so that training needs no dialogue; `dialogue` takes one
# spelling of texts from it and is otherwise sentences and rules; `components` and `channels` are the models' place in
# Rasa, and never decide what is said; `characters` says which signs are letters; `actions` alone brings dialogue and Rasa together.
BOT_MAY_IMPORT = {
    "understanding": {"petition_fields", "characters"},
    "dialogue": {"understanding", "petition_fields", "characters"},
    "components": {"understanding", "without_tensorflow"},
    "channels": {"understanding", "components"},
    "actions": {"dialogue", "kiosk_client", "turn_deadline"},
}  # fmt: skip
# Each of these rooms of services imports only itself and those before it: a feature can be read without
# those that build on it, and import cycles cannot arise.
SERVICE_ROOMS = (
    "base", "audit", "organisation", "documents", "handbook", "cases", "notices", "attachments", "petitions", "retention", "chat", "channels", "staff",
    "terminal",
)  # fmt: skip
# The same for the pages' scripts: a script's room shows what its page loads.
SCRIPT_ROOMS = ("core", "visit", "photos", "hearing", "case", "guide", "phone", "form", "keyboard", "pages")
SCRIPTS = ROOT / "kiosk_api/web/static/js"
SOURCES = sorted(
    path
    for top in ("kiosk_api", "bot", "tests")
    for path in (ROOT / top).rglob("*.py")
    if "versions" not in path.parts and "__pycache__" not in path.parts
)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, room: str) -> bool:
    return name == f"kiosk_api.{room}" or name.startswith(f"kiosk_api.{room}.")


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    wrong = []
    for path in (ROOT / "kiosk_api" / room).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for name in imports(path):
            if not name.startswith("kiosk_api.") or name.count(".") < 1:
                continue
            if name in {f"kiosk_api.{r.split('.')[0]}" for r in MAY_IMPORT[room]}:
                continue
            if not any(within(name, allowed) for allowed in MAY_IMPORT[room]):
                wrong.append(f"{path.name} imports {name}")
    assert not wrong, wrong


@pytest.mark.parametrize("room", SERVICE_ROOMS)
def test_a_room_of_services_imports_only_those_before_it(room: str) -> None:
    before = SERVICE_ROOMS[: SERVICE_ROOMS.index(room) + 1]
    wrong = [
        f"{path.name} imports {name}"
        for path in (ROOT / "kiosk_api/services" / room).rglob("*.py")
        for name in imports(path)
        if name.startswith("kiosk_api.services.") and name.split(".")[2] not in before
    ]
    assert not wrong


def test_every_use_case_has_its_room() -> None:
    inside = {path.name for path in (ROOT / "kiosk_api/services").iterdir() if path.name != "__pycache__"}
    assert inside == {*SERVICE_ROOMS, "__init__.py"}


def script_imports(room: str) -> list[tuple[Path, str]]:
    """(script, what it names) of every import of a room."""
    return [
        (path, name)
        for path in sorted((SCRIPTS / room).iterdir())
        for name in re.findall(r'(?:from|import)\s*\(?\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("room", SCRIPT_ROOMS)
def test_a_room_of_scripts_imports_only_files_of_those_before_it(room: str) -> None:
    allowed = {*SCRIPT_ROOMS[: SCRIPT_ROOMS.index(room) + 1], "vendor"}
    named = [(path.name, (path.parent / name).resolve()) for path, name in script_imports(room)]
    assert named or room == "core"
    assert not [one for one in named if not one[1].is_file() or one[1].parent.name not in allowed]


def test_every_script_has_its_room() -> None:
    assert {path.name for path in SCRIPTS.iterdir()} == set(SCRIPT_ROOMS)


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    for path in (ROOT / "kiosk_api" / "domain").rglob("*.py"):
        for name in imports(path):
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or within(name, "domain"), (path.name, name)


@pytest.mark.parametrize("room", sorted(BOT_MAY_IMPORT))
def test_a_room_of_the_bot_imports_only_what_it_may(room: str) -> None:
    allowed = {room, *BOT_MAY_IMPORT[room]}
    wrong = [
        f"{path.name} imports {name}"
        for path in (ROOT / "bot" / room).rglob("*.py")
        for name in imports(path)
        if name.startswith("bot.") and name.split(".")[1] not in allowed
    ]
    assert not wrong


def test_inside_the_dialogue_sentences_know_no_rule_and_readings_change_nothing() -> None:
    """words are said by talks, talks act on readings; never back, so that each can be read and tested alone."""
    may = {"words": set(), "reading": set(), "talks": {"words", "reading"}}
    wrong = [
        f"{path.name} imports {name}"
        for room, allowed in may.items()
        for path in (ROOT / "bot/dialogue" / room).rglob("*.py")
        for name in imports(path)
        if name.startswith("bot.dialogue.") and name.split(".")[2] in may.keys() - {room, *allowed}
    ]
    assert not wrong


@pytest.mark.parametrize("room", ["dialogue", "understanding"])
def test_what_is_pure_in_the_bot_knows_no_rasa_and_no_network(room: str) -> None:
    """So it runs in tests and benchmarks without Rasa, and survives the day when Rasa is replaced."""
    outside = {"rasa", "rasa_sdk", "sanic", "httpx", "requests"}
    assert not [
        (path.name, name)
        for path in (ROOT / "bot" / room).rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] in outside
    ]


def test_bot_and_api_never_import_each_other() -> None:
    for path in SOURCES:
        if path.relative_to(ROOT).parts[0] == "tests":
            continue
        other = "kiosk_api" if "bot" in path.relative_to(ROOT).parts[:1] else "bot"
        assert not [n for n in imports(path) if n.split(".")[0] == other], path


def test_no_test_module_is_imported() -> None:
    """Shared helpers have their own modules, so that each test file can be read alone."""
    assert not [(path.name, name) for path in SOURCES for name in imports(path) if ".test_" in f".{name}"]


def test_no_source_file_is_longer_than_its_limit() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long


def test_no_function_is_longer_than_its_limit() -> None:
    long = [
        f"{path.name}: {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_LINES_IN_A_FUNCTION
    ]
    assert not long


def test_a_use_case_imports_neither_the_web_nor_the_store() -> None:
    for path in (ROOT / "kiosk_api" / "services").rglob("*.py"):
        for name in imports(path):
            top = name.split(".")[0]
            known = top in sys.stdlib_module_names or top in {"kiosk_api"} | SERVICES_MAY_USE
            assert known, (path.name, name)
