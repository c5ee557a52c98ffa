"""Finding one's own case: by the QR token, or by number and phone tail.

Wherever the tail is asked for, the whole phone number may be given: others can use up the tries
at four digits, and then the owner gets in with the whole number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from kiosk_api.domain.case_number import parse as parse_case_number
from kiosk_api.domain.codes_read import link_token, phone_tail, token_in, visible
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.keys import Mark
from kiosk_api.domain.limits import PHONE_TYPED_MAX
from kiosk_api.domain.phones import number_of
from kiosk_api.domain.policy import (
    PHONE_EVERYBODY,
    PHONE_OF_CASE,
    PHONE_SOURCE,
    TAIL_EVERYBODY,
    TAIL_OF_CASE,
    TAIL_SOURCE,
)
from kiosk_api.services.base.case_marks import tail_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level, Refusal, guess, misses, reset_total
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseMarks, CaseRecord

_TAIL = 4  # characters
_NOTICED = 5  # misses; fewer may be the owner's own typing errors
_NO_NUMBER = "XF00000000-0000-0000-00"
_NO_MARK = "0" * 64
_NOBODY = CaseMarks(id="", case_number="", tail="", phone="")
_BY_NUMBER = Refusal(
    wait="试的次数有点多，为了保护您的信息，请等一分钟再试。想马上查，请输入登记时留的完整电话号码，或者扫回执上的二维码。",
    over="有人多次输错这个编号的电话后四位，为了保护您的信息，请输入登记时留的完整电话号码，或者扫回执上的二维码。",
)
_BY_TOKEN = Refusal(
    wait="试的次数有点多，为了保护您的信息，请等一分钟再试。想马上办，请输入登记时留的完整电话号码。",
    over="有人多次输错这件事的电话后四位，为了保护您的信息，请输入登记时留的完整电话号码。",
)


@dataclass(frozen=True)
class Identification:
    """How a citizen names their case: by QR token, or by number and phone; as typed, unchecked.

    `phone_tail` is the last four digits or the whole number of the phone given at registration.
    """

    lookup_token: str | None = None
    case_number: str | None = None
    phone_tail: str | None = None


@dataclass(frozen=True)
class GuessedAt:
    """Wrong tries by others at a case's phone number, and a notice for its owner."""

    times: int
    last_at: datetime
    sentence: str


@dataclass(frozen=True)
class TypedPhone:
    """Four digits, or a whole number in the form in which it is stored, without an extension."""

    text: str
    is_whole: bool


def find_by_token(ctx: Context, records: Records, lookup_token: str) -> CaseRecord:
    """The case of a QR token, which may stand in its address. Raises DomainError `case_not_found`."""
    if token := token_in(lookup_token):
        case = records.cases.by_token(ctx.marks.mark("case.token", token))
        if case is not None:
            return case
    raise _not_found()


def identify(ctx: Context, who: Identification, source: str, *, both: bool = False) -> str:
    """The id of the case that `who` names; wrong pairs count against the budgets.

    `both` asks for token and phone together, for steps that end or reopen a case. A token alone
    cannot be guessed and is never counted, nor is a text that cannot be one. A wrong pair and an
    unknown case give the same error. A receipt's address will do in place of the number.
    """
    token = _token(who)
    phone = typed_phone(ctx, who.phone_tail, required=both)
    if token and phone is None:
        with ctx.store.read() as records:
            return find_by_token(ctx, records, token).id
    if token and phone:
        return _by_token_and_phone(ctx, token, phone, source)
    if both:
        raise _invalid("lookup_token", "请扫描回执上的二维码，再办理这一项。")
    typed_number = _typed(who.case_number)
    if not typed_number:
        raise _invalid("case_number", "请输入回执上的信访件编号。")
    if phone is None:
        raise _invalid("phone_tail", "请输入登记电话的后四位数字。")
    number = parse_case_number(typed_number)
    return _proven(
        ctx, phone, number, phone_levels("number", number, source, whole=phone.is_whole),
        lambda records: records.cases.marks_by_number(number), _BY_NUMBER,
    )  # fmt: skip


def _by_token_and_phone(ctx: Context, token: str, phone: TypedPhone, source: str) -> str:
    """Guesses with an unknown token have a budget of their own: somebody without a receipt cannot use up
    the tries of those who have one."""
    mark = ctx.marks.mark("case.token", token)
    with ctx.store.read() as records:
        known = records.cases.marks_by_token(mark)
    if known:
        number, levels = known.case_number, phone_levels(
            "token", known.case_number, source, whole=phone.is_whole)  # fmt: skip
    else:
        number, levels = _NO_NUMBER, phone_levels("no-token", mark, source, whole=phone.is_whole)
    return _proven(ctx, phone, number, levels, lambda records: records.cases.marks_by_token(mark), _BY_TOKEN)


def _proven(
    ctx: Context, phone: TypedPhone, number: str, levels: Sequence[Level],
    look: Callable[[Records], CaseMarks | None], refusal: Refusal,
) -> str:  # fmt: skip
    """The case that `look` finds, if the phone matches it."""
    tail = tail_mark(ctx, number, phone.text)
    whole = ctx.marks.mark("petitioner.phone", phone.text)

    def find(records: Records) -> str | None:
        found = look(records) or _NOBODY
        fits = same_mark(found.phone, whole) if phone.is_whole else same_mark(found.tail, tail)
        if not fits:
            return None
        if phone.is_whole:
            reset_tails(ctx, records, found.case_number)
        return found.id

    case_id = guess(ctx, levels, find, refusal)
    if case_id is None:
        raise _not_found()
    return case_id


def phone_levels(proof: str, thing: str, source: str, *, whole: bool) -> tuple[Level, ...]:
    """What a guess at a phone's tail, or at the whole number, counts against; `proof` says what
    it is given together with."""
    budgets = ((PHONE_OF_CASE, PHONE_SOURCE, PHONE_EVERYBODY) if whole
               else (TAIL_OF_CASE, TAIL_SOURCE, TAIL_EVERYBODY))  # fmt: skip
    return (
        Level(budgets[0], f"{proof}|{thing}"),
        Level(budgets[1], f"{proof}|{source}", is_source=True),
        Level(budgets[2], proof),
    )


def reset_tails(ctx: Context, records: Records, case_number: str) -> None:
    """Allow the tail again after a stronger proof, until others use up its tries again."""
    for proof in ("number", "token"):
        reset_total(ctx, records, Level(TAIL_OF_CASE, f"{proof}|{case_number}"))


def guessed_at(ctx: Context, records: Records, case_number: str) -> GuessedAt | None:
    """The notice for the owner about wrong tries by others; None while there are few."""
    levels = [phone_levels(proof, case_number, "", whole=whole)[0]
              for proof in ("number", "token") for whole in (False, True)]  # fmt: skip
    times, last_at = misses(ctx, records, levels)
    if times < _NOTICED or last_at is None:
        return None
    return GuessedAt(times, last_at, (
        f"最近有人多次输错这件事的登记电话（{times}次，最近一次是{last_at.month}月{last_at.day}日）。"
        "输错的人看不到您的信息。如果不是您输错的，回执又可能被别人拍过、捡到过，请带身份证到窗口换一个新的二维码，旧的马上作废。"
    ))  # fmt: skip


def same_mark(stored: str, mark: Mark) -> bool:
    """Whether the marks match under the current index key or a former one; compared in constant time.

    "" (no phone was given) matches nothing and takes as long.
    """
    return sum(compare_digest(stored or _NO_MARK, one) for one in mark.spellings) > 0


def typed_phone(ctx: Context, given: str | None, *, required: bool = True) -> TypedPhone | None:
    """The last four digits, or the whole number as it is stored; None when nothing was given and nothing
    is required. Raises DomainError `invalid_request`."""
    typed = visible((_typed(given) or "")[:PHONE_TYPED_MAX]).strip()
    if not typed and not required:
        return None
    if tail := phone_tail(typed):
        return TypedPhone(tail, is_whole=False)
    whole = ctx.identity.phone(typed) if len(typed) > _TAIL else None
    if whole is None:
        raise _invalid("phone_tail", "请输入登记电话的后四位数字，比如 1234。")
    return TypedPhone(number_of(whole), is_whole=True)


def has_token(who: Identification) -> bool:
    """Whether a token was given; it may be unknown. Raises DomainError `case_not_found` for a text that holds none."""
    return _token(who) is not None


def _token(who: Identification) -> str | None:
    """The token that was sent. Raises DomainError `case_not_found` for a text that holds none."""
    if typed := _typed(who.lookup_token):
        token = token_in(typed)
        if token is None:
            raise _not_found()
        return token
    return link_token(who.case_number or "", "r")


def _typed(value: str | None) -> str | None:
    return (value or "").strip() or None


def _invalid(field: str, detail: str) -> DomainError:
    return DomainError("invalid_request", detail, (FieldError(field, "invalid", detail),))


def _not_found() -> DomainError:
    return DomainError("case_not_found", "没有查到这件信访事项。请核对编号和电话后四位，或扫描回执上的二维码。")
