"""退订 and 恢复 said in a messenger: only what the Regulations owe, or everything again, for the cases told of there."""

from __future__ import annotations

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Person, plainly
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseFilter
from kiosk_api.services.channels.answer import said
from kiosk_api.services.channels.said import Outcome, Said

_FEWER = frozenset({"退订", "退订通知", "取消通知", "不要通知", "td", "stop", "unsubscribe"})
_AGAIN = frozenset({"恢复", "恢复通知", "恢复订阅", "重新订阅", "start", "subscribe"})
_BY_NUMBER = frozenset({"sms", "whatsapp"})
"""Channels whose address is a phone number: its owner may also have been told without having bound anything."""
_CASES_MOST = 50


def choosing(ctx: Context, person: Person, text: str) -> Outcome | None:
    """The choice, when these are its words and this person is told of any case; else None, and it is for the talk."""
    key = plainly(text)
    if key not in _FEWER | _AGAIN:
        return None
    with ctx.store.read() as records:
        if not _cases_of(ctx, records, person):
            return None
    only_owed = key in _FEWER

    def do(records: Records, now: Person) -> Said:
        records.petitioner_notices.choose(_cases_of(ctx, records, now), only_owed=only_owed, at=ctx.clock.now())
        return Said(said(word("only_owed" if only_owed else "all_again", now.language)), now)

    return do


def _cases_of(ctx: Context, records: Records, person: Person) -> list[str]:
    found = [one.case_id for one in records.case_links.of_user(person.mark)]
    if person.channel in _BY_NUMBER:
        theirs = CaseFilter(phone=ctx.marks.mark("petitioner.phone", person.address))
        found += [row.id for row in records.cases.page(theirs, _CASES_MOST, 0)]
    return list(dict.fromkeys(found))
