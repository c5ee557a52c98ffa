"""Erase cases whose time is over, or whose petitioner asked for it: one transaction a case, safe to stop and repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from kiosk_api.domain.erasure import OBSTACLE_ZH, REST, Cause, Erased, Obstacle, cutoff
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.erasure_ports import ErasureList
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer

BATCH = 20
CASE, MESSENGERS = "case", "messengers"
WHAT = (CASE, MESSENGERS)
REASON_MOST = 500  # characters


@dataclass(frozen=True)
class Due:
    """Numbers only: how many cases are due, and how many each obstacle keeps."""

    cases: int
    kept: dict[Obstacle, int]


def show_due(ctx: Context) -> Due | None:
    """What would be erased now; None when the bureau has set no period."""
    if ctx.keep_cases_years is None:
        return None
    with ctx.store.read() as records:
        now = ctx.clock.now()
        counts = records.erasures.counts(cutoff(now, ctx.keep_cases_years), now.date())
    return Due(counts[None], {name: number for name, number in counts.items() if name is not None})


def erase_due(ctx: Context, most: int = BATCH) -> int:
    """Erase at most so many cases whose period is over; how many were. Without a period none is."""
    if ctx.keep_cases_years is None:
        return 0
    now, done = ctx.clock.now(), 0
    before = cutoff(now, ctx.keep_cases_years)
    with ctx.store.read() as records:  # mostly nothing is due, and nobody waits for it
        ids = records.erasures.due(before, now.date(), most)
    for case_id in ids:
        with ctx.store.write() as records:
            if not records.erasures.obstacles(case_id, before, now.date()):  # something may have come in between
                _erase(ctx, records, case_id, Cause.PERIOD)
                done += 1
    if done:
        structlog.get_logger("retention").info("cases_erased", count=done)
    return done


def _erase(ctx: Context, records: Records, case_id: str, cause: Cause) -> None:
    """The list comes first: a line too many is harmless, one too few would bring a case back with a backup."""
    now = ctx.clock.now()
    ctx.erasure_list.add([Erased(case_id, now, cause)])
    records.erasures.erase(case_id, now, cause)


def repeat_erasures(ctx: Context, source: ErasureList | None = None) -> tuple[int, int]:
    """After an older backup was restored: erase again what the list names. (Erased now, not in this store.)"""
    again = unknown = 0
    for one in (source or ctx.erasure_list).all():
        with ctx.store.write() as records:
            if not records.erasures.knows(one.case_id):
                unknown += 1
            elif not records.erasures.is_erased(one.case_id):
                records.erasures.erase(one.case_id, one.at, one.cause)
                again += 1
    return again, unknown


def hold_case(ctx: Context, officer: Officer, case_number: str, reason: str) -> None:
    """Keep a case from being erased until it is released. Raises DomainError."""
    said = _reason(reason)
    with ctx.store.write() as records:
        case_id = _id_of(records, case_number)
        if records.erasures.is_erased(case_id):
            raise _stands([Obstacle.ERASED])
        records.erasures.hold(case_id, officer.id, ctx.clock.now(), said)


def release_case(ctx: Context, officer: Officer, case_number: str) -> int:
    """End the holds of a case; how many there were. Raises DomainError."""
    with ctx.store.write() as records:
        return records.erasures.release_hold(_id_of(records, case_number), officer.id, ctx.clock.now())


def erase_on_request(
    ctx: Context, officer: Officer, case_number: str, what: str, *, granted: bool, reason: str
) -> None:
    """Record a petitioner's request (Art. 47) with its decision, and carry out one that is granted.

    `what` is `messengers` (who is told of the case, at once) or `case` (its whole content, once nothing stands against it:
    as long as a case is handled, its law asks for its content). Raises DomainError `not_erasable`, recording nothing.
    """
    said = _reason(reason)
    now = ctx.clock.now()
    with ctx.store.write() as records:
        case_id = _id_of(records, case_number)
        if granted and what == CASE and (obstacles := records.erasures.obstacles(case_id, now - REST, now.date())):
            raise _stands(obstacles)
        records.erasures.note_request(case_id, what, granted, officer.id, now, said)
        if granted and what == MESSENGERS:
            records.erasures.drop_messengers(case_id)
        elif granted:
            _erase(ctx, records, case_id, Cause.REQUEST)


def officer_of(ctx: Context, username: str) -> Officer:
    """The officer who decided. Raises DomainError for a name that is nobody's."""
    with ctx.store.read() as records:
        found = records.officer_by_name(username)
    if found is None:
        raise DomainError("account_not_found", "没有这个账号。")
    return found[0]


def _id_of(records: Records, case_number: str) -> str:
    case_id = records.erasures.id_of(case_number.strip().upper())
    if case_id is None:
        raise DomainError("case_not_found", "没有这个编号的信访件。")
    return case_id


def _reason(reason: str) -> str:
    said = reason.strip()
    if not 0 < len(said) <= REASON_MOST:
        raise DomainError("reason_needed", f"请写明理由，不超过{REASON_MOST}字，不要写姓名和号码。")
    return said


def _stands(obstacles: Sequence[Obstacle]) -> DomainError:
    return DomainError("not_erasable", "现在不能清除：" + "；".join(OBSTACLE_ZH[one] for one in obstacles) + "。")
