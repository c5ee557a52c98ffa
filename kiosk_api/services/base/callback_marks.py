"""The look-up marks (HMACs) of a request to be called back, computed from its code and phone."""

from __future__ import annotations

from kiosk_api.domain.keys import Mark
from kiosk_api.domain.phones import number_of, tail_of
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CallbackMarks


def callback_marks(ctx: Context, code: str, phone: str) -> CallbackMarks:
    """The marks under the current index key; `phone` in its stored form."""
    return CallbackMarks(code_mark(ctx, code), tail_mark(ctx, code, tail_of(phone)), phone_mark(ctx, code, phone))


def code_mark(ctx: Context, code: str) -> Mark:
    """Finds the request of a code in its normal form."""
    return ctx.marks.mark("callback.code", code)


def tail_mark(ctx: Context, code: str, tail: str) -> Mark:
    """The index entry of a (code, phone tail) pair."""
    return ctx.marks.mark("callback.tail", f"{code}|{tail}")


def phone_mark(ctx: Context, code: str, phone: str) -> Mark:
    """The index entry of a (code, phone) pair."""
    return ctx.marks.mark("callback.phone", f"{code}|{number_of(phone)}")
