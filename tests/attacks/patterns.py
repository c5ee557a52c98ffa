"""`python -m tests.attacks.patterns bot`: test every pattern of a package with hostile text.

Patterns are caught as they are compiled while the modules are imported, so none can be forgotten.
Prints one JSON line: how many patterns were tried, and which took too long on what. Runs under the
interpreter that serves the package (Python 3.10 for `bot`), in a process of its own.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.attacks.hostile import attacks

ROOT = Path(__file__).resolve().parents[2]
LENGTH = 20_000
SHORT, MIDDLE = 400, 2_000  # every string is tried short, the worst few longer
MOST_S = 0.1  # CPU seconds for one call at full length
GIVE_UP_S = 0.3  # a longer call is aborted
WORST = 3  # strings of a pattern
MOST_STRINGS = 2_000  # of a pattern with many alternatives, evenly chosen; all of them in `make test-all`
LONG = bool(os.environ.get("KIOSK_LONG_TESTS"))


def sources(package: str) -> Iterator[tuple[str, ast.Module]]:
    """(module, its syntax tree) of every file of the package."""
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" not in parts:
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def uses_patterns(tree: ast.Module) -> bool:
    """Whether a module imports `re`."""
    return any(
        isinstance(node, ast.Import)
        and any(one.name == "re" for one in node.names)
        or isinstance(node, ast.ImportFrom)
        and node.module == "re"
        for node in ast.walk(tree)
    )


def uncompiled(package: str) -> list[str]:
    """Calls such as `re.search("…", text)`, whose pattern no import compiles."""
    found = []
    for module, tree in sources(package):
        inside = [
            node
            for function in ast.walk(tree)
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for node in ast.walk(function)
        ]
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr != "escape"
                and (node.func.attr != "compile" or node in inside)
            ):
                found.append(f"{module}:{node.lineno} re.{node.func.attr}")
    return found


def collect(package: str) -> dict[str, re.Pattern[str]]:
    """`module:line` → pattern, of everything that importing the package compiles."""
    found: dict[str, re.Pattern[str]] = {}
    compile_it = re.compile

    def note(pattern: Any, flags: Any = 0) -> Any:
        made = compile_it(pattern, flags)
        caller = sys._getframe(1)
        if str(caller.f_globals.get("__name__", "")).split(".")[0] == package:
            place = f"{caller.f_globals['__name__']}:{caller.f_lineno}"
            found[f"{place} {made.pattern[:30]} {len(found)}"] = made
        return made

    re.compile = note  # type: ignore[assignment]
    try:
        for module, tree in sources(package):
            if uses_patterns(tree):
                importlib.import_module(module)
    finally:
        re.compile = compile_it  # type: ignore[assignment]
    return found


def cpu_of(call: Callable[[], object]) -> float:
    """CPU seconds. Beyond GIVE_UP_S the process is killed: a match cannot always be interrupted."""
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVE_UP_S)
    begin = time.process_time()
    call()
    taken = time.process_time() - begin
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return taken


def _last(found: Iterator[object]) -> None:
    for _ in found:
        pass


def ways(pattern: re.Pattern[str], text: str, all_of_them: bool) -> dict[str, Callable[[], object]]:
    """The ways to apply a pattern to a text; `finditer` goes on where `search` stops."""
    few: dict[str, Callable[[], object]] = {
        "finditer": lambda: _last(pattern.finditer(text)),
        "fullmatch": lambda: pattern.fullmatch(text),
    }
    return (
        few
        if not all_of_them
        else {
            **few,
            "search": lambda: pattern.search(text),
            "match": lambda: pattern.match(text),
            "sub": lambda: pattern.sub("", text),
        }
    )


def try_out(pattern: re.Pattern[str]) -> list[tuple[str, str, float]]:
    """(way, begin of the string, seconds) of whatever took too long."""
    short = _worst(pattern, SHORT, None)
    middle = _worst(pattern, MIDDLE, set(short))
    slow = []
    for place, text in enumerate(attacks(pattern, LENGTH)):
        if place not in middle or not LONG and middle[place] * (LENGTH / MIDDLE) ** 2 < MOST_S:
            continue  # fast enough even with quadratic growth
        for name, call in ways(pattern, text, all_of_them=LONG).items():
            taken = cpu_of(call)
            if taken > MOST_S:
                taken = min(taken, cpu_of(call))  # measure again: it may have been a page fault
            if taken > MOST_S:
                slow.append((name, text[:60], round(taken, 3)))
    return slow


def _worst(pattern: re.Pattern[str], length: int, only: set[int] | None) -> dict[int, float]:
    """Number of a string → seconds, of those that took longest at this length."""
    strings = list(attacks(pattern, length))
    step = 1 if LONG else max(1, round(len(strings) / MOST_STRINGS))
    chosen = range(0, len(strings), step) if only is None else [one for one in sorted(only) if one < len(strings)]
    taken = {
        place: max(_quicker(call) for call in ways(pattern, strings[place], all_of_them=False).values())
        for place in chosen
    }
    return dict(sorted(taken.items(), key=lambda one: -one[1])[:WORST])


def _quicker(call: Callable[[], object]) -> float:
    """Seconds by the finer clock, of the quicker of two calls; the CPU clock is too coarse here."""
    taken = []
    for _ in range(2):
        begin = time.perf_counter()
        cpu_of(call)
        taken.append(time.perf_counter() - begin)
    return min(taken)


def try_all(found: dict[str, re.Pattern[str]]) -> dict[str, object]:
    """Place → what took too long. A child process does the work and is killed where it hangs."""
    places, slow, at = list(found), {}, 0
    while at < len(places):
        for line in _child(found, places[at:]):
            if line:
                slow[places[at]] = line
            at += 1
        if at < len(places):
            slow[places[at]] = f"killed after {GIVE_UP_S} s"
            at += 1
    return slow


def _child(found: dict[str, re.Pattern[str]], places: list[str]) -> Iterator[object]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            for place in places:
                print(json.dumps(try_out(found[place])), file=out, flush=True)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as lines:
        yield from map(json.loads, lines)
    os.waitpid(child, 0)


def main(package: str) -> None:
    found = collect(package)
    print(
        json.dumps(
            {"patterns": len(found), "slow": try_all(found), "uncompiled": uncompiled(package)}, ensure_ascii=False
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
