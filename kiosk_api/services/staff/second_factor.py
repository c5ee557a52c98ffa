"""An authenticator app in addition to the password, for officers who want it. Whoever loses the phone asks an
administrator for a new first password, which removes the app too."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.session_policy import FRESH_SIGN_IN
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import guess
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.sign_in import TOO_OFTEN, levels_of

_ISSUER = "信访工作台"


@dataclass(frozen=True)
class NewApp:
    """What an authenticator app has to be told, once."""

    secret: str
    qr_svg: str


def begin(ctx: Context, officer: Officer, token: str) -> NewApp:
    """A new secret; it counts from the first right code on. `token` is the session's. Raises DomainError `totp_on`, or
    `sign_in_again` when the password was given too long ago (ASVS 5.0, 7.5.1)."""
    secret, now = ctx.authenticator.new_secret(), ctx.clock.now()
    with ctx.store.write() as records:
        open_now = records.accounts.sessions(officer.id, now, ctx.marks.mark("officer.session", token))
        if not any(one.is_this and now - one.opened_at < FRESH_SIGN_IN for one in open_now):
            raise DomainError("sign_in_again", "登录已经有一会儿了。请先退出，再登录一次，15分钟内来开动态验证码。")
        known = records.accounts.totp(officer.id)
        if known is not None and known.is_on:
            raise DomainError("totp_on", "动态验证码已经开着。要换手机，请先关掉再开。")
        records.accounts.set_totp(officer.id, secret)
    return NewApp(secret, ctx.pictures.svg(ctx.authenticator.address_of(secret, officer.username, _ISSUER)))


def confirm(ctx: Context, officer: Officer, code: str, source: str) -> None:
    """The app shows the right code: from now on it is asked for at every sign-in."""
    _right_code(ctx, officer, code, source)


def end(ctx: Context, officer: Officer, code: str, source: str) -> None:
    """No code any more, shown that the app is at hand."""
    _right_code(ctx, officer, code, source)
    with ctx.store.write() as records:
        records.accounts.set_totp(officer.id, None)


def is_on(ctx: Context, officer: Officer) -> bool:
    """Whether a code is asked for at sign-in."""
    with ctx.store.read() as records:
        known = records.accounts.totp(officer.id)
    return known is not None and known.is_on


def _right_code(ctx: Context, officer: Officer, code: str, source: str) -> None:
    def use(records: Records) -> bool | None:
        known = records.accounts.totp(officer.id)
        step = ctx.authenticator.step_of(known.secret, code, ctx.clock.now(), known.last_step) if known else None
        if step is None:
            return None
        records.accounts.use_totp_step(officer.id, step)
        return True

    if not guess(ctx, levels_of(officer.username, source), use, TOO_OFTEN):
        raise DomainError("wrong_code", "验证码不对，或者已经用过。请等下一个，再填一次。")
