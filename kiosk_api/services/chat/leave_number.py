"""回电请求: a citizen leaves a number, and looks up or cancels the request by its code and the phone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from kiosk_api.domain import callbacks
from kiosk_api.domain.callbacks import Progress, State, Step
from kiosk_api.domain.codes_read import short_code
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.labels_zh import CALLBACK_STATE_LABELS, CALLBACK_STEP_LABELS
from kiosk_api.domain.limits import CALLBACK_ABOUT_MAX, CALLBACK_TIME_MAX, PHONE_TYPED_MAX
from kiosk_api.domain.petitioner_notices import NoticeKind
from kiosk_api.domain.phones import number_of
from kiosk_api.domain.policy import CALLBACK_KEPT, CALLBACKS, CALLBACKS_OF_PHONE, CALLBACKS_WAITING_MOST, TAIL_OF_CASE
from kiosk_api.domain.typed import clean, one_line
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.callback_marks import callback_marks, code_mark, phone_mark, tail_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level, Refusal, guess, reset_total
from kiosk_api.services.base.idempotency import Submission, answered, once
from kiosk_api.services.base.limits import charge_in, require_allowance
from kiosk_api.services.base.notices_made import keep_of_callback
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Callback, CallbackEvent, StoredMarks
from kiosk_api.services.base.shown import CallbackOnReceipt
from kiosk_api.services.cases.find_case import phone_levels, same_mark, typed_phone
from kiosk_api.services.chat.drafts import CODE_ALPHABET, shown_code

_LETTERS = 8  # 40 bits
_PROOF = "callback"
_NOBODY = StoredMarks("", "0" * 64, "0" * 64)
_TOO_MANY = Refusal(
    wait="试的次数有点多，为了保护您的信息，请等一分钟再试。想马上查，请输入您留的完整电话号码。",
    over="有人多次输错这个回电码的电话后四位，为了保护您的信息，请输入您留的完整电话号码。",
)


@dataclass(frozen=True)
class CallbackLeft:
    """The code to look it up with, and until when the office wants to have rung."""

    code: str
    due_by: datetime


@dataclass(frozen=True)
class CallbackStep:
    """One line of what has happened, as the citizen sees it: neither who rang nor any note."""

    at: datetime
    event: Step
    label: str


@dataclass(frozen=True)
class CallbackShown:
    """The state of a request, without number and line: whoever knows the code need not see them."""

    state: State
    state_label: str
    due_by: datetime
    is_overdue: bool
    tries: int
    can_withdraw: bool
    events: list[CallbackStep]


def leave_number(ctx: Context, sent: Submission, source: str) -> JsonObject:
    """The answer to `POST /callbacks`. Raises DomainError `invalid_callback`, `too_many_tries` or
    `callbacks_full`."""
    if before := answered(ctx, "callbacks", sent.key, sent.body):
        return before
    wish = checked(ctx, sent.body)
    require_allowance(ctx, CALLBACKS, source)
    require_allowance(ctx, CALLBACKS_OF_PHONE, number_of(wish["phone"]))

    def do(records: Records) -> JsonObject:
        if records.callbacks.waiting() >= CALLBACKS_WAITING_MOST:
            raise DomainError(
                "callbacks_full", "现在等着回电的人太多，暂时记不下了。请直接打咨询电话，或者上班时间到窗口。"
            )
        charge_in(ctx, records, CALLBACKS, source)
        charge_in(ctx, records, CALLBACKS_OF_PHONE, number_of(wish["phone"]))
        now = ctx.clock.now()
        code = _fresh_code(ctx, records)
        one = Callback(
            id=secrets.token_hex(16), code=code, progress=Progress(), requested_at=now,
            due_by=callbacks.due_by(now, records.calendar()), closed_at=None, answered_by=None,
            events=(CallbackEvent(now, Step.REQUESTED),), **wish,
        )  # fmt: skip
        records.callbacks.add(one, callback_marks(ctx, one.code, one.phone))
        keep_of_callback(records, one.id, NoticeKind.CALLBACK_ASKED, now)
        return as_json(CallbackLeft(shown_code(code), one.due_by))

    answer = once(ctx, "callbacks", sent.key, sent.body, do)
    structlog.get_logger("audit").info("callback_requested")
    return answer


def look_up_callback(ctx: Context, code: str | None, phone: str | None, source: str) -> CallbackShown:
    """The state of one's own request; a wrong pair and an unknown code give `callback_not_found`."""
    found = _identify(ctx, code, phone, source)
    with ctx.store.read() as records:
        return _shown(ctx, _opened(records, found))


def callback_on_receipt(ctx: Context, code: str, phone: str, source: str) -> CallbackOnReceipt | None:
    """For the receipt of the same visit; None without a code, and whatever is wrong with it: the receipt comes first."""
    if not code:
        return None
    with suppress(DomainError):
        found = look_up_callback(ctx, code, phone, source)
        if found.state is State.WAITING:
            return CallbackOnReceipt(shown_code(short_code(code)), found.due_by)
    return None


def withdraw_callback(ctx: Context, code: str | None, phone: str | None, sent: Submission, source: str) -> JsonObject:
    """The citizen needs no call any more. Raises also `not_allowed_now`."""
    found = _identify(ctx, code, phone, source)

    def do(records: Records) -> JsonObject:
        one = take_step(ctx, records, _opened(records, found), CallbackEvent(ctx.clock.now(), Step.WITHDRAWN))
        return as_json(_shown(ctx, one))

    return once(ctx, "callbacks.withdraw", sent.key, {"callback": found, "body": dict(sent.body)}, do)


def take_step(ctx: Context, records: Records, one: Callback, event: CallbackEvent) -> Callback:
    """Store one step of a request; it is kept for a month after it no longer waits."""
    progress = callbacks.after(one.progress, event.step)
    one = replace(
        one,
        progress=progress,
        closed_at=event.at if progress.is_closed else None,
        answered_by=event.officer_id if event.step is Step.REACHED else one.answered_by,
        events=(*one.events, event),
    )
    if progress.state is State.MISSED:
        keep_of_callback(records, one.id, NoticeKind.CALLBACK_MISSED, event.at)
    records.callbacks.save(one, None if progress.state is State.WAITING else event.at + CALLBACK_KEPT)
    return one


def checked(ctx: Context, body: Mapping[str, Any]) -> dict[str, str]:
    """phone, best_time and about as they are stored. Raises `invalid_callback` with every error."""
    errors: list[FieldError] = []
    typed = clean(str(body.get("phone") or "")).strip()
    phone = ctx.identity.phone(typed) if 0 < len(typed) <= PHONE_TYPED_MAX else None
    if phone is None:
        errors.append(FieldError("phone", "invalid", "请填写能打通的电话：手机号11位，或者带区号的座机号。"))
    wish = {"phone": phone or ""}
    for name, most in (("best_time", CALLBACK_TIME_MAX), ("about", CALLBACK_ABOUT_MAX)):
        text = one_line(str(body.get(name) or ""))
        wish[name] = text
        if len(text) > most:
            errors.append(FieldError(name, "too_long", f"这一项请写短一些，不超过{most}个字。"))
    if errors:
        detail = errors[0].detail if len(errors) == 1 else "有几处需要您改一下，其他内容都还在。"
        raise DomainError("invalid_callback", detail, tuple(errors))
    return wish


def _identify(ctx: Context, typed_code: str | None, typed: str | None, source: str) -> str:
    """The id of the request that code and phone name; a wrong pair counts against the budgets."""
    code = short_code(typed_code or "")
    if not code:
        detail = "请输入回电码。"
        raise DomainError("invalid_request", detail, (FieldError("code", "required", detail),))
    phone = typed_phone(ctx, typed)
    assert phone is not None  # required
    mark = code_mark(ctx, code)
    tail, whole = tail_mark(ctx, code, phone.text), phone_mark(ctx, code, phone.text)

    def find(records: Records) -> str | None:
        found = records.callbacks.by_code(mark) or _NOBODY
        fits = same_mark(found.phone, whole) if phone.is_whole else same_mark(found.tail, tail)
        if fits and phone.is_whole:  # the owner's own proof: the tail counts from nothing again
            reset_total(ctx, records, Level(TAIL_OF_CASE, f"{_PROOF}|{code}"))
        return found.id if fits else None

    found = guess(ctx, phone_levels(_PROOF, code, source, whole=phone.is_whole), find, _TOO_MANY)
    if found is None:
        raise _not_found()
    return found


def _opened(records: Records, callback_id: str) -> Callback:
    one = records.callbacks.by_id(callback_id)
    if one is None:  # deleted a moment ago
        raise _not_found()
    return one


def _shown(ctx: Context, one: Callback) -> CallbackShown:
    return CallbackShown(
        state=one.progress.state,
        state_label=CALLBACK_STATE_LABELS[one.progress.state.value],
        due_by=one.due_by,
        is_overdue=callbacks.is_overdue(one.progress, one.due_by, ctx.clock.now()),
        tries=one.progress.tries,
        can_withdraw=Step.WITHDRAWN in callbacks.may_do(one.progress),
        events=[CallbackStep(e.at, e.step, CALLBACK_STEP_LABELS[e.step.value]) for e in one.events],
    )


def _fresh_code(ctx: Context, records: Records) -> str:
    """A code that no stored request has."""
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(_LETTERS))
        if records.callbacks.by_code(code_mark(ctx, code)) is None:
            return code


def _not_found() -> DomainError:
    return DomainError("callback_not_found", "没有查到这个回电码。请核对回电码和您留的电话后四位。")
