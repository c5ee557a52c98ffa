"""The map of what is kept: every table and column, and every place outside the store. Read from data_map.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import tomllib

from kiosk_api.domain import policy

FILE = Path(__file__).with_name("data_map.toml")


class Protection(StrEnum):
    """How a column is stored."""

    SEALED = "sealed"  # encrypted, bound to its row
    MARK = "mark"  # a keyed one-way index
    HASH = "hash"
    PLAIN = "plain"


class About(StrEnum):
    """Whom a column says something about."""

    NOBODY = "nobody"
    CASE = "case"  # a matter; about a person only together with the sealed columns of the case
    CITIZEN = "citizen"
    SENSITIVE = "sensitive"  # may hold what Art. 28 of the Personal Information Protection Law names
    STAFF = "staff"


class Kept(StrEnum):
    """Periods that are no constant of the policy."""

    CASE = "case"
    EVENT = "event"
    OFFICE = "office"
    ACCOUNT = "account"
    SETTING = "setting"


@dataclass(frozen=True)
class MappedColumn:
    """One column: how it is protected, whom it is about, what it is (Chinese)."""

    name: str
    protection: Protection
    about: About
    what: str


@dataclass(frozen=True)
class MappedTable:
    """One table; `kept` holds words of Kept and lifetimes of the policy by name."""

    name: str
    what: str
    whose: str
    law: tuple[str, ...]
    kept: tuple[Kept | str, ...]
    erased: str
    readers: str
    columns: tuple[MappedColumn, ...]


@dataclass(frozen=True)
class MappedPlace:
    """A place outside the tables."""

    where: str
    what: str
    personal: str
    kept: str
    erased: str


@dataclass(frozen=True)
class DataMap:
    """All of it."""

    tables: tuple[MappedTable, ...]
    places: tuple[MappedPlace, ...]


def load() -> DataMap:
    """The map as committed. Raises KeyError, ValueError or TypeError when it is badly written."""
    content = tomllib.loads(FILE.read_text("utf-8"))
    tables = [
        MappedTable(
            name, one["what"], one["whose"], tuple(one["law"]), tuple(_kept(word) for word in one["kept"]),
            one["erased"], one["readers"], tuple(_column(line) for line in one["columns"].strip().splitlines()),
        )
        for name, one in content["tables"].items()
    ]  # fmt: skip
    return DataMap(tuple(tables), tuple(MappedPlace(**one) for one in content["places"]))


def lifetime(name: str) -> timedelta:
    """A lifetime of the office's policy by its name."""
    found = getattr(policy, name)
    if not isinstance(found, timedelta):
        raise TypeError(name)
    return found


def _kept(word: str) -> Kept | str:
    if word in set(Kept):
        return Kept(word)
    lifetime(word)
    return word


def _column(line: str) -> MappedColumn:
    name, protection, about, what = line.split(maxsplit=3)
    return MappedColumn(name, Protection(protection), About(about), what)
