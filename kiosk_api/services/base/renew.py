"""After a key rotation the worker re-encrypts stored values with the new key, batch by batch.

Everything stays readable meanwhile: sealed values name their key, and look-ups ask for the
spelling under each key.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from kiosk_api.domain.errors import CaseErased, CaseUnreadable, Unreadable
from kiosk_api.domain.keys import LASTING, KeyNote
from kiosk_api.services.base.callback_marks import callback_marks
from kiosk_api.services.base.case_marks import marks_of, messenger_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.quarantine import quarantine_record

INDEX_BATCH = 50
TAKEN_UP_AFTER_S = 10.0  # by then every process has seen the new key file


@dataclass
class Renewal:
    """Progress of the walk over the store; a worker that starts begins from the first row.

    Seconds are counted by `elapsed`, which no correction of the clock moves.
    """

    kind: int = 0  # of sealed value
    after: str = ""
    broken: int = 0
    indexed: int = 0  # kinds of marks: of cases, of requests to be called back, of people at messengers
    begun_at: float | None = None
    known: frozenset[str] = frozenset()  # keys, and since when this worker knows of all of them
    known_since: float = 0.0
    elapsed: Callable[[], float] = time.monotonic


def renew(ctx: Context, walk: Renewal) -> bool:
    """Process one batch. True while there is more to do, False when nothing waits or the walk is done."""
    with ctx.store.read() as records:
        notes, kinds = records.key_notes(), records.sealed_kinds()
    waiting = _former(notes)
    if not waiting:
        return False
    if (keys := frozenset(note.id for note in notes)) != walk.known:
        walk.known, walk.known_since = keys, walk.elapsed()
    if walk.begun_at is None:
        walk.begun_at = walk.elapsed()
    purposes = {note.purpose for note in waiting}
    if walk.kind < kinds:
        if "encryption" in purposes and _reseal(ctx, walk):
            return True
        walk.kind, walk.after = walk.kind + 1, ""
        return True
    if "blind_index" in purposes and _index(ctx, walk):
        return True
    if "blind_index" in purposes and walk.indexed < len(_MARKED) - 1:
        walk.indexed, walk.after = walk.indexed + 1, ""
        return True
    _conclude(ctx, walk, waiting)
    walk.kind, walk.after, walk.broken, walk.begun_at = 0, "", 0, None
    walk.indexed = 0
    return False


def _former(notes: list[KeyNote]) -> list[KeyNote]:
    """Keys that were replaced and from which the store has not been moved away yet."""
    newest = {note.purpose: note.number for note in notes}  # notes come in the order of numbers
    return [
        note
        for note in notes
        if note.purpose not in LASTING and note.number < newest[note.purpose] and note.emptied_at is None
    ]


def _reseal(ctx: Context, walk: Renewal) -> bool:
    """Re-encrypt a batch of this kind; whether one was found."""
    with ctx.store.read() as records:
        if not records.stale(walk.kind, walk.after):
            return False
    with ctx.store.write() as records:
        now = ctx.clock.now()
        walk.after, broken = records.reseal(walk.kind, walk.after, now)
    walk.broken += broken
    return True


def _index(ctx: Context, walk: Renewal) -> bool:
    """New marks for a batch of one kind; False when there are no more."""
    return _MARKED[walk.indexed](ctx, walk)


def _index_cases(ctx: Context, walk: Renewal) -> bool:
    with ctx.store.read() as records:
        rows = records.case_marks(walk.after, INDEX_BATCH)
    for case_id, phone_mark in rows:
        walk.after = case_id
        try:
            with ctx.store.write() as records:
                case = records.cases.by_id(case_id)
                assert case is not None  # cases are never deleted
                marks = marks_of(ctx, case.case_number, case.petition)
                if not marks.phone or marks.phone != phone_mark:  # without a phone there may be an ID number
                    records.set_case_marks(case_id, marks)
        except CaseErased:  # it has no marks
            continue
        except CaseUnreadable as unreadable:
            walk.broken += 1
            quarantine_record(ctx, unreadable)
    return bool(rows)


def _index_callbacks(ctx: Context, walk: Renewal) -> bool:
    with ctx.store.read() as records:
        ids = records.callbacks.ids(walk.after, INDEX_BATCH)
    for callback_id in ids:
        walk.after = callback_id
        try:
            with ctx.store.write() as records:
                if one := records.callbacks.by_id(callback_id):
                    records.callbacks.set_marks(callback_id, callback_marks(ctx, one.code, one.phone))
        except Unreadable as unreadable:
            walk.broken += 1
            quarantine_record(ctx, unreadable)
    return bool(ids)


def _index_links(ctx: Context, walk: Renewal) -> bool:
    """People at messengers: who never writes again must still be found when they leave."""
    with ctx.store.read() as records:
        rows = records.case_links.addresses(walk.after, INDEX_BATCH)
    with ctx.store.write() as records:
        for link_id, channel, address in rows:
            walk.after = link_id
            if address:
                records.case_links.set_mark(link_id, messenger_mark(ctx, channel, address))
    return bool(rows)


_MARKED = (_index_cases, _index_callbacks, _index_links)


def _conclude(ctx: Context, walk: Renewal, waiting: list[KeyNote]) -> None:
    """Note that former keys are no longer needed, if the walk saw everything and opened it, and began
    when nobody wrote under a former key any more."""
    assert walk.begun_at is not None
    if walk.broken or walk.begun_at - walk.known_since < TAKEN_UP_AFTER_S:
        return
    with ctx.store.write() as records:
        for note in waiting:
            records.key_emptied(note.id, ctx.clock.now())
    structlog.get_logger("keys").info("store_renewed", count=len(waiting))
