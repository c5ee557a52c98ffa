"""By which ways the petitioner of a case can be told, in the office's order: a messenger they bound themselves first,
then the phone on record. Never anybody else: not who speaks beside them, and not a number found elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk_api.domain.notice_records import NoticeRow
from kiosk_api.domain.phones import takes_texts
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.sending import Sender

TEXTS = "sms"
ORDER = ("wechat", "whatsapp", TEXTS)
"""What the person chose and what costs nothing first."""
CONSOLE = "console"
DEMO = "demo"
"""The beat that marks a store of invented cases: its numbers may belong to somebody."""


@dataclass(frozen=True)
class Way:
    """One way: the sender's name, the bound messenger ("" for the phone on record), the address and the language."""

    channel: str
    link_id: str
    address: str
    language: str = ""


def senders_on(ctx: Context, records: Records) -> Mapping[str, Sender]:
    """The senders that can send, by name; in a store of invented cases only the console."""
    invented = records.last_beat(DEMO) is not None
    return {one.name: one for one in ctx.senders.values() if _may_send(one, invented)}


def sender_on(ctx: Context, records: Records, channel: str) -> Sender | None:
    """The one that may send over a channel to an address on record; None when it is off, or none of an invented case."""
    sender = ctx.senders.get(channel)
    return sender if sender and _may_send(sender, records.last_beat(DEMO) is not None) else None


def sender_back(ctx: Context, channel: str) -> Sender | None:
    """The one that answers who has just written; None when it is off. An address that writes is never an invented one,
    so that the demo mark does not matter."""
    sender = ctx.senders.get(channel)
    return sender if sender and sender.is_on() else None


def ways_of(
    ctx: Context, records: Records, notice: NoticeRow, case: CaseRecord | None, on: frozenset[str]
) -> list[Way]:
    """The ways open now, in order. Raises Unreadable."""
    if case is not None:
        return reaches(ctx, records, case, on)
    asked = records.callbacks.by_id(notice.subject)
    return _by_phone(ctx, asked.phone if asked else "", on)


def reaches(ctx: Context, records: Records, case: CaseRecord, on: frozenset[str]) -> list[Way]:
    """The ways to the petitioner of a case, in order; of two messengers of one kind the one bound last first."""
    bound = [
        (ORDER.index(one.channel), Way(sender.name, one.id, one.address, one.language))
        for one in reversed(records.case_links.of_case(case.id))
        if one.channel in ORDER and (sender := ctx.senders.get(one.channel)) and sender.name in on
    ]
    found = [way for _, way in sorted(bound, key=lambda one: one[0])]
    proxy = case.petition.proxy
    by_phone = _by_phone(ctx, case.petition.phone or (proxy.phone if proxy else ""), on)
    known = {(one.channel, one.address) for one in found}
    return found + [one for one in by_phone if (one.channel, one.address) not in known]


def way_again(
    ctx: Context, records: Records, notice: NoticeRow, case: CaseRecord | None, channel: str, link_id: str
) -> Way | None:
    """The way of an attempt as it is now; None once the messenger is unbound or the number is gone."""
    ways = ways_of(ctx, records, notice, case, frozenset({channel}))
    return next((one for one in ways if (one.channel, one.link_id) == (channel, link_id)), None)


def _may_send(sender: Sender, invented: bool) -> bool:
    return sender.is_on() and (not invented or sender.name == CONSOLE)


def _by_phone(ctx: Context, phone: str, on: frozenset[str]) -> list[Way]:
    sender = ctx.senders.get(TEXTS)
    if sender is None or sender.name not in on or not takes_texts(phone):
        return []
    return [Way(sender.name, "", phone)]
