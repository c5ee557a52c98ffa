"""Damage that triggers would refuse, for tests about what happens then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def past_guards(execute: Callable[[str], Any]) -> Iterator[None]:
    """Statements inside the block, in the same transaction, are not refused and not recorded."""
    execute("INSERT INTO audit_guard VALUES (1, 'repair')")
    yield
    execute("DELETE FROM audit_guard")
