"""Notices to petitioners at the desk: those of a case, and those that an officer has to tell by other ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_notices_zh import (
    ATTEMPT_STATE_LABELS,
    CHANNEL_STATE_LABELS,
    NOTICE_KIND_LABELS,
    NOTICE_REASON_LABELS,
    NOTICE_STATE_LABELS,
    ONLY_SHOWN,
)
from kiosk_api.domain.labels_told_zh import CHANNEL_LABELS
from kiosk_api.domain.notice_attempts import REACHED
from kiosk_api.domain.notice_records import AttemptRow, NoticeRow, NoticeState
from kiosk_api.domain.petitioner_notices import NOTICES, NoticeKind
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_health import PARTS, channel_parts
from kiosk_api.services.base.notice_ways import CONSOLE
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord, Officer
from kiosk_api.services.chat.hall_calls import IN_THE_HALL, require_hall
from kiosk_api.services.staff.sight import outsider

PAGE_SIZE = 20
SHOWN_MOST = 50
COUNTED_MOST = 100
TO_BE_TOLD = frozenset({
    *(one.kind.value for one in NOTICES.values() if one.is_statutory), NoticeKind.CALLBACK_MISSED.value,
})  # fmt: skip
"""Owed by law, or waited for at a telephone: these an officer tells by other ways. The rest can be read on the page."""
OTHERS = frozenset(one.value for one in NOTICES) - TO_BE_TOLD


@dataclass(frozen=True)
class AttemptOnDesk:
    """One way that was tried, how far it is, and when it went out."""

    channel_label: str
    state: str
    state_label: str
    sent_at: datetime | None


@dataclass(frozen=True)
class NoticeOnDesk:
    """A notice with its state of delivery; `reason_label` says why it was not told."""

    at: datetime
    kind: str
    kind_label: str
    article: str
    state: str
    state_label: str
    reason_label: str
    attempts: list[AttemptOnDesk]


@dataclass(frozen=True)
class UntoldOnDesk:
    """A notice to be told by other ways; without a case number it is of a request to be called back."""

    id: str
    at: datetime
    kind_label: str
    article: str
    state_label: str
    reason_label: str
    case_number: str | None
    callback_id: str | None


@dataclass(frozen=True)
class UntoldPage:
    """One page of the list, and how each way of sending is."""

    items: list[UntoldOnDesk]
    has_next: bool
    channels: list[tuple[str, str, str]]  # label, state, its label


def notices_of_case(records: Records, case: CaseRecord) -> list[NoticeOnDesk]:
    """Inside the caller's transaction, of a case that this officer may see."""
    return [_notice(*one) for one in records.petitioner_notices.of_case(case.id, SHOWN_MOST)]


def untold(ctx: Context, officer: Officer, *, others: bool, page: int) -> UntoldPage:
    """What nobody could be told at home, the latest first. Raises DomainError `forbidden` outside the hall."""
    require_hall(officer)
    with ctx.store.read() as records:
        who = outsider(records, officer)
        kinds = OTHERS if others else TO_BE_TOLD
        found = records.petitioner_notices.untold(kinds, who, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
        parts = channel_parts(ctx, records)
    items = [
        UntoldOnDesk(
            id=one.id, at=one.at, kind_label=NOTICE_KIND_LABELS[one.kind.value], article=NOTICES[one.kind].article,
            state_label=NOTICE_STATE_LABELS[one.state.value], reason_label=_reason(one.reason),
            case_number=one.case_number, callback_id=None if one.case_number else one.subject,
        )
        for one in found[:PAGE_SIZE]
    ]  # fmt: skip
    channels = [(CHANNEL_LABELS[name], parts[name], _state(ctx, name, parts[name])) for name in PARTS]
    return UntoldPage(items, len(found) > PAGE_SIZE, channels)


def untold_count(ctx: Context, officer: Officer) -> int:
    """How many this officer has to tell by other ways, counted up to COUNTED_MOST; 0 outside the hall."""
    if officer.role not in IN_THE_HALL:
        return 0
    with ctx.store.read() as records:
        return records.petitioner_notices.count_untold(TO_BE_TOLD, outsider(records, officer), COUNTED_MOST)


def told_otherwise(ctx: Context, officer: Officer, notice_id: str) -> None:
    """This officer has told it: by telephone, by letter, in person. Raises DomainError `forbidden`, `not_allowed_now`."""
    require_hall(officer)
    with ctx.store.write() as records:
        who = outsider(records, officer)
        done = records.petitioner_notices.close(notice_id, officer.id, who, ctx.clock.now())
    if not done:
        raise DomainError("not_allowed_now", "这一条已经有人办过了，请回到列表看最新情况。")
    structlog.get_logger("audit").info("notice_told_otherwise", reason=officer.id)


def _state(ctx: Context, name: str, state: str) -> str:
    sender = ctx.senders.get(name)
    shown = state == "ok" and sender is not None and sender.name == CONSOLE
    return ONLY_SHOWN if shown else CHANNEL_STATE_LABELS[state]


def _notice(row: NoticeRow, attempts: list[AttemptRow]) -> NoticeOnDesk:
    return NoticeOnDesk(
        at=row.at,
        kind=row.kind.value,
        kind_label=NOTICE_KIND_LABELS[row.kind.value],
        article=NOTICES[row.kind].article,
        state=row.state.value,
        state_label=_told(row, attempts),
        reason_label=_reason(row.reason),
        attempts=[_attempt(one) for one in attempts],
    )


def _told(row: NoticeRow, attempts: list[AttemptRow]) -> str:
    """How the notice stands; what only the demonstration showed has told nobody."""
    only_shown = bool(attempts) and all(one.channel == CONSOLE for one in attempts)
    return ONLY_SHOWN if only_shown and row.state is NoticeState.TOLD else NOTICE_STATE_LABELS[row.state.value]


def _attempt(one: AttemptRow) -> AttemptOnDesk:
    state = one.attempt.state
    shown = one.channel == CONSOLE
    return AttemptOnDesk(
        channel_label="短信（演示）" if shown else CHANNEL_LABELS[one.channel],
        state=state.value,
        state_label="没有真的发出" if shown and state in REACHED else ATTEMPT_STATE_LABELS[state.value],
        sent_at=one.sent_at,
    )


def _reason(code: str) -> str:
    return NOTICE_REASON_LABELS.get(code, code)
