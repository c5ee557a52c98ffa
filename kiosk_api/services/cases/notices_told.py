"""How the petitioner is told at home: by which ways, what was really sent, and what they want."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk_api.domain.labels_told_zh import ABOUT_LABELS, CHANNEL_LABELS, SENT_LABELS
from kiosk_api.domain.notice_attempts import REACHED
from kiosk_api.domain.petitioner_notices import NOTICES
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_ways import reaches, senders_on
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord

SHOWN_MOST = 20


@dataclass(frozen=True)
class NoticeSent:
    """A notice that a platform took: when, by which way, and in a few words what for."""

    at: datetime
    channel: str
    label: str
    about: str
    about_label: str


@dataclass(frozen=True)
class NoticesTold:
    """`ways` are the channels by which this petitioner is told now, in order; () where there is none. `only_owed`: they
    want only what the Regulations owe them."""

    ways: list[str]
    way_labels: list[str]
    only_owed: bool
    sent: list[NoticeSent]


def notices_told(ctx: Context, records: Records, case: CaseRecord) -> NoticesTold:
    """Inside the caller's transaction."""
    on = frozenset(senders_on(ctx, records))
    ways = list(dict.fromkeys(one.channel for one in reaches(ctx, records, case, on)))
    sent = [
        NoticeSent(
            one.sent_at, one.channel, SENT_LABELS[one.channel], said := NOTICES[row.kind].said, ABOUT_LABELS[said]
        )
        for row, attempts in records.petitioner_notices.of_case(case.id, SHOWN_MOST)
        for one in attempts
        if one.attempt.state in REACHED and one.sent_at is not None
    ]
    return NoticesTold(
        ways=ways,
        way_labels=[CHANNEL_LABELS[one] for one in ways],
        only_owed=records.petitioner_notices.wants_only_owed(case.id),
        sent=sorted(sent, key=lambda one: one.at),
    )
