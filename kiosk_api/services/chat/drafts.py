"""Unfinished petitions, stored encrypted so that a conversation can be resumed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk_api.domain.codes_read import short_code
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import DRAFT_KEPT, RESUME_EVERYBODY, RESUME_SOURCE, UNASKED_KEPT
from kiosk_api.services.attachments.talk_pictures import drop_pictures, keep_with_draft, take_over
from kiosk_api.services.base.as_json import OPTIONAL, JsonObject
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level, guess
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Draft

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no two letters sound or look alike
_ASKED_FOR = "_asked_for"  # the draft's content when its owner said 先存着
_PICTURES = "_pictures"  # the mark of its pictures' bundle
_OURS = frozenset({_ASKED_FOR, _PICTURES})


@dataclass(frozen=True)
class SavedDraft:
    """The code that opens a kept draft elsewhere; none when nothing was kept."""

    resume_code: str = field(default="", metadata=OPTIONAL)


@dataclass(frozen=True)
class LoadedDraft:
    """A draft and when it was last touched; both None when there is none."""

    draft: JsonObject | None = None
    updated_at: datetime | None = None


def save_draft(
    ctx: Context,
    session_id: str,
    values: Mapping[str, Any],
    *,
    asked_for: bool = False,
    on_a_page: bool = False,
    is_over: Callable[[], bool] = lambda: False,
) -> SavedDraft:
    """Store the draft of a conversation; returns the code to resume it elsewhere.

    `asked_for`: its owner said 先存着, so it outlives the conversation. `on_a_page`: the
    conversation is one of the web page, which cannot be taken up again once the page is gone.
    `is_over`: whether it has ended; asked inside the transaction, so that a late turn and the end
    cannot pass each other. Nothing is kept then but what its owner asked for.
    """
    code = _resume_code(ctx, session_id)
    now = ctx.clock.now()
    mark = ctx.marks.mark("draft.session", session_id)
    with ctx.store.write() as records:
        if is_over() and not asked_for:
            return SavedDraft()
        before = records.draft_of_session(mark, now)
        promised = values if asked_for else before.values.get(_ASKED_FOR) if before else None
        life = DRAFT_KEPT if promised or not on_a_page else UNASKED_KEPT
        kept = {**values, _PICTURES: keep_with_draft(ctx, records, session_id, now + life)}
        if promised:
            kept[_ASKED_FOR] = promised
        records.save_draft(mark, ctx.marks.mark("draft.resume", code), kept, now, now + life)
    return SavedDraft(shown_code(code))


def load_draft(
    ctx: Context, session_id: str | None, resume_code: str | None, source: str, taken_up_by: str | None = None
) -> LoadedDraft:
    """The draft of a conversation or of a resume code; its pictures go to the conversation that takes it up."""
    now = ctx.clock.now()
    if resume_code is not None:
        mark = ctx.marks.mark("draft.resume", short_code(resume_code))

        def find(records: Records) -> Draft | None:
            return records.draft_by_code(mark, now)

        found = guess(ctx, (
            Level(RESUME_SOURCE, source, is_source=True), Level(RESUME_EVERYBODY, "all"),
        ), find)  # fmt: skip
    elif session_id:
        with ctx.store.read() as records:
            found = records.draft_of_session(ctx.marks.mark("draft.session", session_id), now)
    else:
        raise DomainError("invalid_request", "请说明要接着填哪一份。")
    if found is None:
        return LoadedDraft()
    if taken_up_by and found.values.get(_PICTURES):
        with ctx.store.write() as records:
            take_over(ctx, records, found.values[_PICTURES], taken_up_by)
    values = {name: one for name, one in found.values.items() if name not in _OURS}
    return LoadedDraft(values, found.updated_at)


def discard_draft(ctx: Context, session_id: str) -> None:
    """Delete it, and the pictures that were sent for it."""
    with ctx.store.write() as records:
        records.drop_draft(ctx.marks.mark("draft.session", session_id))
        drop_pictures(ctx, records, session_id)


def end_draft(ctx: Context, session_id: str) -> None:
    """End the draft after its owner has left: what was saved with 先存着 stays as it was then, the rest is deleted."""
    now = ctx.clock.now()
    mark = ctx.marks.mark("draft.session", session_id)
    with ctx.store.write() as records:  # waits for a turn that is just being stored
        found = records.draft_of_session(mark, now)
        promised = found.values.get(_ASKED_FOR) if found else None
        if promised:
            resume = ctx.marks.mark("draft.resume", _resume_code(ctx, session_id))
            pictures = keep_with_draft(ctx, records, session_id, now + DRAFT_KEPT)
            kept = {**promised, _ASKED_FOR: promised, _PICTURES: pictures}
            records.save_draft(mark, resume, kept, now, now + DRAFT_KEPT)
        else:
            records.drop_draft(mark)
            drop_pictures(ctx, records, session_id)


def _resume_code(ctx: Context, session_id: str) -> str:
    """Eight letters (40 bits) derived from the conversation; they reveal nothing about it."""
    digest = hashlib.sha256(ctx.marks.mark("draft.code", session_id).encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    return "".join(CODE_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def shown_code(code: str) -> str:
    """A code as people read it aloud: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"
