"""The look-up marks (HMACs) of a case, computed from its petition."""

from __future__ import annotations

from kiosk_api.domain.keys import Mark
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.phones import number_of, tail_of
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Index
from kiosk_api.services.base.records import LookupMarks


def marks_of(ctx: Context, case_number: str, petition: Petition) -> LookupMarks:
    """The marks under the current index key; a case without a phone has no mark that a guess could match."""
    phone = petition.phone
    return LookupMarks(
        tail=tail_mark(ctx, case_number, tail_of(phone)) if phone else "",
        phone=ctx.marks.mark("petitioner.phone", number_of(phone)) if phone else "",
        id_number=ctx.marks.mark("petitioner.id", petition.id_number) if petition.id_number else None,
    )


def messenger_mark(ctx: Context, channel: str, address: str) -> Mark:
    """The key of a person at a messenger; it names nobody."""
    return person_mark(ctx.marks, channel, address)


def person_mark(marks: Index, channel: str, address: str) -> Mark:
    """The same, where there is no context yet."""
    return marks.mark("channel.user", f"{channel}|{address}")


def tail_mark(ctx: Context, case_number: str, tail: str) -> Mark:
    """The index entry of a (number, phone tail) pair."""
    return ctx.marks.mark("case.tail", f"{case_number}|{tail}")
