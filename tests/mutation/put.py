"""Put a fault into modules that are already loaded, in a process that ends soon.

A function keeps its identity and gets the changed code, so that everybody who imported it runs the fault. A table is
replaced, with what was derived from it, wherever the same object is held under the same name.
"""

from __future__ import annotations

import importlib
import sys
from types import CodeType, FunctionType
from typing import Any

from tests.mutation.faults import Fault

OURS = ("kiosk_api", "tests")


def put(fault: Fault) -> bool:
    """Whether the fault could be put in place."""
    module = importlib.import_module(fault.module)
    code = compile(fault.tree, str(module.__file__), "exec", dont_inherit=True)
    return (
        _table(module, code, (fault.within, *fault.derived))
        if fault.is_table
        else _function(module, code, fault.within)
    )


def _function(module: Any, code: CodeType, within: str) -> bool:
    changed = _code_of(code, within.split("."))
    held: Any = module
    for name in within.split("."):
        held = held.__dict__[name]
    for function in _unwrapped(held):
        if changed is not None and function.__code__.co_freevars == changed.co_freevars:
            function.__code__ = changed
            return True
    return False


def _unwrapped(held: Any) -> list[FunctionType]:
    if isinstance(held, property):
        held = held.fget
    held = getattr(held, "__func__", held)
    while not isinstance(held, FunctionType) and hasattr(held, "__wrapped__"):
        held = held.__wrapped__
    found = [held] if isinstance(held, FunctionType) else []
    if found and hasattr(held, "__wrapped__"):
        found.insert(0, held.__wrapped__)
    return found


def _code_of(code: CodeType, names: list[str]) -> CodeType | None:
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and constant.co_name == names[0]:
            return constant if len(names) == 1 else _code_of(constant, names[1:])
    return None


def _table(module: Any, code: CodeType, names: tuple[str, ...]) -> bool:
    fresh: dict[str, Any] = {
        "__name__": module.__name__,
        "__file__": module.__file__,
        "__package__": module.__package__,
    }
    exec(code, fresh)  # our own source with one fault
    for name in names:
        old, new = getattr(module, name), fresh[name]
        for held in list(sys.modules.values()):
            if getattr(held, "__name__", "").startswith(OURS) and held.__dict__.get(name) is old:
                setattr(held, name, new)
    return True
