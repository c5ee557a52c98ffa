"""Hand an unfinished petition to an officer: it is left under a code, and one officer takes it over."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

import structlog

from kiosk_api.domain.codes_read import short_code
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import HANDOVER_MAX
from kiosk_api.domain.policy import HANDOVER_EVERYBODY, HANDOVER_LASTS, HANDOVER_OFFICER, HANDOVERS
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level, guess
from kiosk_api.services.base.limits import charge_in, require_allowance
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.base.shown import CodeGiven
from kiosk_api.services.chat.drafts import CODE_ALPHABET, shown_code

NOT_KEPT = "内容没有收好，请直接到窗口找工作人员。"
_LETTERS = 8  # 40 bits


def leave_for_officer(ctx: Context, draft: Mapping[str, Any], source: str) -> CodeGiven:
    """Store what was typed so far under a new code; nothing of it is checked yet."""
    if len(json.dumps(draft, ensure_ascii=False)) > HANDOVER_MAX:
        raise DomainError("invalid_handover", NOT_KEPT)
    require_allowance(ctx, HANDOVERS, source)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(_LETTERS))
    now = ctx.clock.now()
    with ctx.store.write() as records:
        charge_in(ctx, records, HANDOVERS, source)
        records.handovers.leave(mark_of(ctx, code), draft, now, now + HANDOVER_LASTS)
    structlog.get_logger("audit").info("handover_left")
    return CodeGiven(shown_code(code), int(HANDOVER_LASTS.total_seconds() // 60))


def take_over(ctx: Context, officer: Officer, code: str) -> JsonObject:
    """What was left under this code. Whoever takes it first may read it again until it is filed or
    its time is over; for everybody else it is gone: `handover_not_found`."""
    mark = mark_of(ctx, code)

    def find(records: Records) -> JsonObject | None:
        found = records.handovers.find(mark, ctx.clock.now())
        if found is None or found.taken_by not in (None, officer.id):
            return None
        records.handovers.take(mark, officer.id)
        return found.draft

    draft = guess(ctx, (
        Level(HANDOVER_OFFICER, officer.id, is_source=True), Level(HANDOVER_EVERYBODY, "all"),
    ), find)  # fmt: skip
    if draft is None:
        raise DomainError(
            "handover_not_found", "没有这个交接码：可能输错了、已经取过，或者过了半小时。请群众再要一个。"
        )
    structlog.get_logger("audit").info("handover_taken", reason=officer.id)
    return draft


def done_with(ctx: Context, code: str) -> None:
    """Delete what was left under this code: it has been registered."""
    with ctx.store.write() as records:
        records.handovers.drop(mark_of(ctx, code))


def mark_of(ctx: Context, code: str) -> str:
    """The HMAC of a code however it was typed, for finding the handover and deleting it once filed."""
    return ctx.marks.mark("handover.code", short_code(code))
