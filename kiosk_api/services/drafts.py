"""Unfinished petitions, kept sealed so that a conversation can be taken up again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.context import Context
from kiosk_api.services.limits import RESUME_MISSES, require_left, spend

DRAFT_KEPT = timedelta(days=7)  # the office's choice
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: nothing to confuse aloud


def save_draft(ctx: Context, session_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the draft of a conversation; returns the code to take it up with elsewhere."""
    code = _resume_code(ctx, session_id)
    now = ctx.clock.now()
    with ctx.store.write() as records:
        records.save_draft(
            ctx.marks.mark("draft.session", session_id),
            ctx.marks.mark("draft.resume", code),
            values,
            now,
            now + DRAFT_KEPT,
        )
    return {"resume_code": shown_code(code)}


def load_draft(
    ctx: Context, session_id: str | None, resume_code: str | None
) -> dict[str, Any]:
    """The draft of a conversation or of a resume code; `draft` is None when there is none."""
    now = ctx.clock.now()
    if resume_code is not None:
        require_left(ctx, (RESUME_MISSES, "all"))
        column, mark = "resume_mark", ctx.marks.mark("draft.resume", normal_code(resume_code))
    elif session_id:
        column, mark = "session_mark", ctx.marks.mark("draft.session", session_id)
    else:
        raise DomainError("invalid_request", "请说明要接着填哪一份。")
    with ctx.store.read() as records:
        found = records.draft(column, mark, now)
    if found is None:
        if resume_code is not None:
            spend(ctx, (RESUME_MISSES, "all"))
        return {"draft": None, "updated_at": None}
    return {"draft": found.values, "updated_at": found.updated_at.isoformat()}


def discard_draft(ctx: Context, session_id: str) -> None:
    """Forget it."""
    with ctx.store.write() as records:
        records.drop_draft(ctx.marks.mark("draft.session", session_id))


def _resume_code(ctx: Context, session_id: str) -> str:
    """Eight letters (40 bits) that belong to this conversation and tell nothing about it."""
    digest = hashlib.sha256(ctx.marks.mark("draft.code", session_id).encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    return "".join(CODE_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def shown_code(code: str) -> str:
    """A code as people read it aloud: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"


def normal_code(code: str) -> str:
    """A code as it was made, whatever way it was typed."""
    kept = "".join(c for c in code.upper() if c.isalnum())
    return kept.replace("O", "0").replace("I", "1").replace("L", "1")[:16]
