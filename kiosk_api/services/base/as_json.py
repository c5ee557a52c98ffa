"""Convert the answers of the use cases to JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object that is stored or sent."""

OPTIONAL = {"optional": True}
"""`metadata` of a field that is left out of the JSON while it is empty."""


def as_json(answer: Any) -> JsonObject:
    """A dataclass or a mapping as JSON values: dates in ISO 8601, enumerations by value."""
    found = _plain(answer)
    assert isinstance(found, dict)
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        given = ((one, getattr(value, one.name)) for one in fields(value))
        return {one.name: _plain(item) for one, item in given if item or "optional" not in one.metadata}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
