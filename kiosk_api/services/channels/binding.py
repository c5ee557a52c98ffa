"""A person at a messenger and a case: bound by the receipt's token or a code sent to the phone on record, and unbound."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest

from kiosk_api.domain import case_number
from kiosk_api.domain.codes_read import folded
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Person, Proof, plainly
from kiosk_api.domain.phones import tail_of
from kiosk_api.domain.policy import (
    BIND_CODE,
    BIND_CODE_LASTS,
    BIND_EVERYBODY,
    BIND_SOURCE,
    CODES_SENT_CASE,
    CODES_SENT_USER,
)
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level, guess
from kiosk_api.services.base.limits import charge
from kiosk_api.services.base.notice_ways import TEXTS, sender_on
from kiosk_api.services.base.office import filled_in
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.sending import Outgoing, SendError, Unknown
from kiosk_api.services.cases.find_case import Identification, find_by_token, identify
from kiosk_api.services.channels.answer import before, said
from kiosk_api.services.channels.said import Outcome, Said, in_own_words, source_of, tells_here, unchanged

_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[ -]?)?(1[3-9][0-9]{9})(?![0-9])")
_SIX = re.compile(r"(?:验证码)?([0-9]{6})")
_BIND = "绑定"
_UNBIND = ("解除绑定", "取消绑定", "解绑", "unbind", "unlink")
_PARTICLES = 4  # characters behind the command that change nothing: “解除绑定吧，谢谢”
_A_SIGN = re.compile("[0-9]")
_GIVE_UP = ("取消", "不绑了", "算了", "cancel")
_PENDING = "binding"  # in a person's state: case, mark of the code, until when
_LONGEST = 120  # characters; whatever is longer is an account


def by_token(ctx: Context, token: str, then: Outcome) -> Outcome:
    """Bind the case of a receipt's token, and say so before what `then` says; an unknown token changes nothing."""

    def do(records: Records, person: Person) -> Said:
        try:
            case = find_by_token(ctx, records, token)
        except DomainError:
            return then(records, person)
        told = bind(ctx, records, person, case.id, case.case_number, Proof.TOKEN)
        after = then(records, person)
        return Said(before((told,), after.answer), after.person)

    return do


def bind(ctx: Context, records: Records, person: Person, case_id: str, number: str, proof: Proof) -> str:
    """The sentence that says it."""
    now = ctx.clock.now()
    records.case_links.add(case_id, person.mark, person.channel, person.address, person.language, proof, now)
    filed = "filed" if proof is Proof.FILED else "bound"
    key = filed if tells_here(ctx, records, person.channel) else f"{filed}_silent"
    return word(key, person.language, number=number)


def words(ctx: Context, person: Person, text: str) -> Outcome | None:
    """What is said to words about binding; None for any other message."""
    if len(text) > _LONGEST:
        return None
    plain = plainly(text)
    if pending := person.state.get(_PENDING):
        if plain in _GIVE_UP:
            return lambda records, now: Said(said(word("bind_dropped", now.language)), _without(now))
        if found := _SIX.fullmatch(plain):
            return _with_code(ctx, person, dict(pending), found[1])
    if unbind := next((one for one in _UNBIND if plain.startswith(one)), None):
        return _unbind(ctx, text, plain.removeprefix(unbind))
    if plain.startswith(_BIND):
        return _ask(ctx, person, text)
    return None


def _ask(ctx: Context, person: Person, text: str) -> Outcome:
    """Send a code to the phone on record of the case that number and phone name."""
    phone = _MOBILE.search(folded(text))
    if phone is None:
        return in_own_words("bind_how")
    with ctx.store.read() as records:
        sender = sender_on(ctx, records, TEXTS)
    if sender is None:
        return in_own_words("no_sms")
    try:
        number = case_number.parse(text.replace(phone[0], " ").removeprefix(_BIND))
        case_id = identify(ctx, Identification(case_number=number, phone_tail=phone[1]), source_of(person))
        charge(ctx, CODES_SENT_USER, person.mark)
        charge(ctx, CODES_SENT_CASE, case_id)
    except DomainError as error:
        return unchanged(said(error.detail))
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
    assert case is not None and case.petition.phone  # it was identified by it
    code, minutes = f"{secrets.randbelow(1_000_000):06}", int(BIND_CODE_LASTS.total_seconds() // 60)
    office = filled_in(ctx.office.get("name")) or word("office", person.language)
    content = word("code_text", person.language, office=office, code=code, minutes=minutes)
    try:
        sender.send(case.petition.phone, Outgoing(secrets.token_hex(16), content, "code", {"code": code}))
    except Unknown:
        pass  # it may be on its way: the code is good if it is
    except SendError:
        return in_own_words("code_not_sent")
    pending = {
        "case": case_id,
        "number": case.case_number,
        "code": _mark(ctx, person, code),
        "until": (ctx.clock.now() + BIND_CODE_LASTS).isoformat(),
        "key": secrets.token_hex(8),
    }
    tail = tail_of(case.petition.phone)

    def do(records: Records, now: Person) -> Said:
        told = said(word("code_sent", now.language, tail=tail, minutes=minutes))
        return Said(told, replace(now, state={**now.state, _PENDING: pending}))

    return do


def _with_code(ctx: Context, person: Person, pending: dict[str, str], code: str) -> Outcome:
    if datetime.fromisoformat(pending["until"]) <= ctx.clock.now():
        return lambda records, now: Said(said(word("code_over", now.language)), _without(now))
    try:
        right = code_fits(ctx, pending["key"], source_of(person), _mark(ctx, person, code), pending["code"])
    except DomainError as error:
        return unchanged(said(error.detail))
    if not right:
        return in_own_words("code_wrong")

    def do(records: Records, now: Person) -> Said:
        told = bind(ctx, records, now, pending["case"], pending["number"], Proof.CODE)
        return Said(said(told), _without(now))

    return do


def code_fits(ctx: Context, asking: str, source: str, given: str, kept: str) -> bool:
    """Whether the marks are of one code; `asking` is the one request that it was sent for. A miss counts against it, the
    source and everybody. Raises DomainError `too_many_tries`."""
    levels = (Level(BIND_CODE, asking), Level(BIND_SOURCE, source, is_source=True), Level(BIND_EVERYBODY, "all"))
    return bool(guess(ctx, levels, lambda records: compare_digest(given, kept) or None))


def _unbind(ctx: Context, text: str, more: str) -> Outcome | None:
    """One case by its number, all without one; nothing for a number that was mistyped, and None for a question."""
    try:
        number = case_number.parse(text)
    except DomainError as error:
        if _A_SIGN.search(more):
            return unchanged(said(error.detail))
        return _unbound(None, "") if len(more) <= _PARTICLES else None
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
    return _unbound(case.id if case else "", number)


def _unbound(case_id: str | None, number: str) -> Outcome:
    def do(records: Records, person: Person) -> Said:
        count = records.case_links.drop_of_user(person.mark, case_id)
        key = "unbound" if count else "not_bound_this" if number else "not_bound"
        return Said(said(word(key, person.language, count=count, number=number)), _without(person))

    return do


def _without(person: Person) -> Person:
    return replace(person, state={key: value for key, value in person.state.items() if key != _PENDING})


def _mark(ctx: Context, person: Person, code: str) -> str:
    return str(ctx.marks.mark("channel.code", f"{person.mark}|{code}"))
