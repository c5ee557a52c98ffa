"""Convert between columns and the values of the use cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement

SHANGHAI = ZoneInfo("Asia/Shanghai")


def new_id() -> str:
    """A random 128-bit row id, 32 hexadecimal digits."""
    return uuid4().hex


def to_text(moment: datetime) -> str:
    """UTC, fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(stored: str) -> datetime:
    """The inverse, in Asia/Shanghai."""
    moment = datetime.strptime(stored, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return moment.astimezone(SHANGHAI)


def day_begins(day: date) -> str:
    """The first moment of a day in Shanghai, as stored."""
    return to_text(datetime.combine(day, time(), SHANGHAI))


def spelled(column: Column[Any], mark: str) -> ColumnElement[bool]:
    """The condition that `column` holds this mark, under the current index key or a former one."""
    spellings = [str(one) for one in getattr(mark, "spellings", (mark,))]
    return column == spellings[0] if len(spellings) == 1 else column.in_(spellings)
