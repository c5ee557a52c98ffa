"""Notices to petitioners as they are kept, and each way that was tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk_api.domain.notice_attempts import Attempt
from kiosk_api.domain.petitioner_notices import NoticeKind


class NoticeState(StrEnum):
    """`UNDERWAY`: a way is being tried. `UNTOLD`: no way reached the person, or there is none. `NEEDLESS`: nothing is to
    be told any more, or the petitioner wants only what the law owes them. `OTHERWISE`: an officer told it."""

    WAITING = "waiting"
    UNDERWAY = "underway"
    TOLD = "told"
    UNTOLD = "untold"
    DOUBTFUL = "doubtful"
    NEEDLESS = "needless"
    OTHERWISE = "otherwise"


@dataclass(frozen=True)
class NoticeRow:
    """One notice. `subject` is the case, or the request to be called back; `reason` a code, why it was not told."""

    id: str
    subject: str
    case_id: str | None
    kind: NoticeKind
    at: datetime
    state: NoticeState
    reason: str
    done_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class AttemptRow:
    """One way of telling a notice; its `id` is the key that the platform gets at each try. `link_id` names the bound
    messenger, "" the phone on record."""

    id: str
    notice_id: str
    channel: str
    link_id: str
    attempt: Attempt
    began_at: datetime | None
    sent_at: datetime | None
    platform_id: str
    last_error: str


@dataclass(frozen=True)
class UntoldRow:
    """A notice that an officer has to tell by other ways; without a case it belongs to a request to be called back."""

    id: str
    kind: NoticeKind
    at: datetime
    state: NoticeState
    reason: str
    subject: str
    case_number: str | None
