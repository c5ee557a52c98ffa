"""Codes of officers who help at a kiosk: the form sends the code, the case records the officer.

The store has only the HMAC of a code, and codes expire. Until then a code is valid for every
attempt of the person being helped, so a retry never fails because of it.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

import structlog

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.policy import ASSIST_EVERYBODY, ASSIST_LASTS, ASSIST_SOURCE
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level, guess
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Helper, Officer
from kiosk_api.services.base.shown import CodeGiven

_DIGITS = 6


def open_assist(ctx: Context, officer: Officer, handed_over: str | None = None) -> CodeGiven:
    """Six digits that stand for this officer until they expire; `handed_over` is the
    mark of a handover that is done with when a petition is filed under them."""
    now = ctx.clock.now()
    with ctx.store.write() as records:
        code = _fresh(ctx, records)
        records.assist_codes.open(_mark(ctx, code), officer.id, handed_over, now + ASSIST_LASTS)
    structlog.get_logger("audit").info("assist_opened", reason=officer.id)
    return CodeGiven(code, int(ASSIST_LASTS.total_seconds() // 60))


def help_given(ctx: Context, records: Records, body: Mapping[str, Any]) -> dict[str, str]:
    """What the register event records of an officer's help; nothing when no code was given.

    Raises DomainError `invalid_petition` for a code that is wrong or over.
    """
    given = body.get("assisted_by_code")
    if given is None or given == "":
        return {}
    found = _kept(ctx, records, given)
    if found is None:
        detail = "协助码不对，或者已经过了时间。请工作人员再给一个；没有人帮忙就空着。"
        error = FieldError("assisted_by_code", "unknown_assist_code", detail)
        raise DomainError("invalid_petition", detail, (error,))
    return {"assisted_by": found.name, "assisted_by_id": found.officer_id}


def forget_handed_over(ctx: Context, records: Records, body: Mapping[str, Any]) -> None:
    """Drop the handover that this petition began with, now that it is filed."""
    found = _kept(ctx, records, body.get("assisted_by_code") or "")
    if found is not None and found.handover_mark:
        records.handovers.drop(found.handover_mark)


def _kept(ctx: Context, records: Records, given: object) -> Helper | None:
    """The officer of a typed code."""
    code = "".join(c for c in unicodedata.normalize("NFKC", str(given))[:40] if c.isdigit())
    return records.assist_codes.helper(_mark(ctx, code), ctx.clock.now())


def _mark(ctx: Context, code: str) -> str:
    return ctx.marks.mark("assist.code", code)


def code_errors(ctx: Context, body: Mapping[str, Any], source: str) -> tuple[FieldError, ...]:
    """The errors of a submission's code; a wrong code counts as a guess."""
    errors: tuple[FieldError, ...] = ()

    def find(records: Records) -> dict[str, str] | None:
        nonlocal errors
        try:
            return help_given(ctx, records, body)
        except DomainError as error:
            errors = error.errors
            return None

    guess(ctx, (
        Level(ASSIST_SOURCE, source, is_source=True), Level(ASSIST_EVERYBODY, "all"),
    ), find)  # fmt: skip
    return errors


def _fresh(ctx: Context, records: Records) -> str:
    """A code that is not in use now."""
    while True:
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        if records.assist_codes.helper(_mark(ctx, code), ctx.clock.now()) is None:
            return code
