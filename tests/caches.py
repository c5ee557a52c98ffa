"""Caches, once per process, what each of a thousand applications would otherwise build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from kiosk_api.gateways.passwords import Argon2Passwords
from kiosk_api.persistence import database
from tests import stores

# A hash costs a tenth of a second; its cost is tested separately (attacks/test_budgets.py).
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def cheap_passwords() -> Argon2Passwords:
    """A hasher for one application, with its own queue."""
    return Argon2Passwords(hasher=_CHEAP)


class Compiled(BytecodeCache):
    """Templates, by their text."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (code := self.kept.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


TEMPLATES = Compiled()


def compile_rules_once() -> None:
    """Functions that build addresses: two for each of ninety rules, which takes half of the time
    that an application needs to start. They depend on the rule's parts alone."""
    compiled, kept = Rule._compile_builder, {}

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key: Any = (rule.rule, *rule._trace, str(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compiled(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = once  # type: ignore[method-assign]


_STATEMENTS = LRUCache(3_000)


_DIALECTS: dict[str, Dialect] = {}


def make_engine(url: str) -> Engine:
    """An engine that shares the text of its statements with all others of this process. SQLAlchemy otherwise
    writes each statement again for each application, which is a sixth of the time of a short test."""
    engine = database.make_engine(url)
    name = engine.dialect.name
    if name == "postgresql" and not stores.ON_POSTGRESQL:
        return engine  # its server may be away, as that is what is tested
    if name not in _DIALECTS:  # what SQLAlchemy learns from its first connection
        first = database.make_engine("sqlite://" if name == "sqlite" else url)
        first.connect().close()
        first.dispose()
        _DIALECTS[name] = first.dialect
    engine.dialect = _DIALECTS[name]
    engine.update_execution_options(compiled_cache=_STATEMENTS)
    return engine
