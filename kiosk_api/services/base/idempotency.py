"""Run an operation once per Idempotency-Key.

The answer is stored in the transaction of the operation, so a retry after a lost reply gets
the same answer and never a second case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.keys import Mark
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import SavedAnswer

_KEY = re.compile(r"[\x21-\x7e]{8,255}")


@dataclass(frozen=True)
class Submission:
    """A request that may be sent again: its Idempotency-Key, and the members of its body that were
    sent, by name; the body of a retry must be equal."""

    key: str | None
    body: Mapping[str, Any]


def once(
    ctx: Context,
    scope: str,
    key: str | None,
    body: Mapping[str, Any],
    do: Callable[[Records], JsonObject],
) -> JsonObject:
    """Run `do` in one transaction unless this key has been answered; return the answer.

    Raises DomainError `idempotency_key_required` for a missing or malformed key and
    `idempotency_conflict` when the key was used with another body. Failures are not stored.
    """
    if not key or not _KEY.fullmatch(key):
        raise DomainError(
            "idempotency_key_required",
            "这次没有交好，您填的内容还在。请再按一次提交；还不行，请找窗口工作人员帮忙。",
        )
    key_mark, fingerprint = _marks(ctx, scope, key, body)
    with ctx.store.write() as records:
        given = _given(records, key_mark, fingerprint)
        if given is not None:
            return given
        answer = do(records)
        records.save_answer(key_mark, SavedAnswer(fingerprint, answer), ctx.clock.now())
        return answer


def answered(ctx: Context, scope: str, key: str | None, body: Mapping[str, Any]) -> JsonObject | None:
    """The stored answer of this key, if any; raises `idempotency_conflict` like `once`.

    Called before budgets are checked: a retry after a lost reply must get that reply.
    """
    if not key or not _KEY.fullmatch(key):
        return None
    key_mark, fingerprint = _marks(ctx, scope, key, body)
    with ctx.store.read() as records:
        return _given(records, key_mark, fingerprint)


def _marks(ctx: Context, scope: str, key: str, body: Mapping[str, Any]) -> tuple[Mark, Mark]:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (
        ctx.marks.mark(f"idempotency.{scope}", key),
        ctx.marks.mark("idempotency.body", canonical),
    )


def _given(records: Records, key_mark: Mark, fingerprint: Mark) -> JsonObject | None:
    saved = records.saved_answer(key_mark)
    if saved is None:
        return None
    if saved.fingerprint not in fingerprint.spellings:
        raise DomainError(
            "idempotency_conflict",
            "您上一次提交的已经收到了，后来改的内容没有算进去。要补充，请告诉窗口工作人员。",
        )
    return saved.answer
