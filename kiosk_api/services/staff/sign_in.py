"""Staff sign-in with server-side sessions, revocable at once."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import structlog

from kiosk_api.domain.actors import STAFF, Actor, act_as
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import SESSION_LASTS, SIGN_IN_EVERYBODY, SIGN_IN_NAME, SIGN_IN_PAIR, SIGN_IN_SOURCE
from kiosk_api.domain.session_policy import SESSION_IDLE
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level, Refusal, guess, require_open
from kiosk_api.services.base.ports import PasswordsBusy, Records, StoreBusy
from kiosk_api.services.base.records import Officer

_BUSY_S = 3
_SEEN_EVERY = timedelta(minutes=1)
TOO_OFTEN = Refusal(wait="密码试的次数有点多，请等一分钟再登录；忘了密码，请找管理员。")
# A hash of argon2-cffi's default cost that no password is known for.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$KGr9W46TtAhiau60MFHbjw$WSHLrnuEWRp4dz8kwKvxKGM1XQIJ0EK2iEjZVybWgu8"


def sign_in(ctx: Context, username: str, password: str, source: str, code: str = "") -> tuple[str, Officer]:
    """Open a session; returns its token. Raises DomainError `wrong_password`, `too_many_tries`
    or `sign_in_busy`.

    The hash is made before the transaction that decides: many wrong passwords sent at once cost
    their hashes, but only as many as the budgets hold are answered.
    """
    name = username.strip()[:64]
    levels = levels_of(name, source)
    require_open(ctx, levels, TOO_OFTEN)
    with ctx.store.read() as records:
        known = records.officer_by_name(name)
    # An unknown name costs the same one hash as a known one, so that names cannot be probed.
    try:
        matches = ctx.passwords.matches(known[1] if known else NOBODYS, password[:200])
    except PasswordsBusy:
        raise DomainError("sign_in_busy", "现在登录的人多，请过几秒再登录一次。", retry_after_s=_BUSY_S) from None

    def open_session(records: Records) -> tuple[str, Officer] | None:
        if not matches or known is None or records.officer_by_name(name) != known:  # changed in the meantime
            return None
        account = records.accounts.by_id(known[0].id)
        if account is None or not account.is_active:
            raise DomainError("account_disabled", "这个账号已经停用。需要用的话，请找管理员。")
        if (app := records.accounts.totp(account.id)) is not None and app.is_on:
            if not code.strip():
                raise DomainError("totp_needed", "这个账号开了动态验证码。请把手机上的6位数字也填上，再登录一次。")
            step = ctx.authenticator.step_of(app.secret, code, ctx.clock.now(), app.last_step)
            if step is None:
                return None
            records.accounts.use_totp_step(account.id, step)
        token, now = secrets.token_urlsafe(32), ctx.clock.now()
        mark = ctx.marks.mark("officer.session", token)
        records.open_session(mark, known[0].id, now, now + SESSION_LASTS)
        return token, replace(known[0], must_change=account.must_change)

    opened = guess(ctx, levels, open_session, TOO_OFTEN)
    if opened is None:
        raise DomainError(
            "wrong_password",
            "用户名、密码或者动态验证码不对，请再试一次。验证码用过一次就作废，请等下一个。"
            if code.strip()
            else "用户名或密码不对，请再试一次。",
        )
    factors = "password and code" if code.strip() else "password"
    structlog.get_logger("audit").info("signed_in", reason=opened[1].id, state=factors)
    return opened


def levels_of(name: str, source: str) -> tuple[Level, ...]:
    """The budgets that guessing this officer's password counts against."""
    return (
        Level(SIGN_IN_PAIR, f"{name}|{source}"),
        Level(SIGN_IN_NAME, name),
        Level(SIGN_IN_SOURCE, source, is_source=True),
        Level(SIGN_IN_EVERYBODY, "all"),
    )


def officer_for(ctx: Context, token: str | None) -> Officer | None:
    """Who this token belongs to, while the session lasts and somebody is there; what is changed from here on is
    recorded as theirs."""
    if not token:
        return None
    mark, now = ctx.marks.mark("officer.session", token), ctx.clock.now()
    with ctx.store.read() as records:
        found = records.officer_by_session(mark, now)
        account = records.accounts.by_id(found.id) if found else None
        seen = records.last_seen(mark) if found else None
    if seen is not None and now - seen >= SESSION_IDLE:
        return None
    if found is None or account is None or not account.is_active:
        return None
    act_as(Actor(STAFF, found.id))
    return replace(found, must_change=account.must_change)


def note_seen(ctx: Context, token: str) -> None:
    """Note that the officer of this session is at the desk; written at most once a minute."""
    now, mark = ctx.clock.now(), ctx.marks.mark("officer.session", token)
    with ctx.store.read() as records:
        before = records.last_seen(mark)
    if before is not None and timedelta(0) <= now - before < _SEEN_EVERY:
        return
    with suppress(StoreBusy), ctx.store.write() as records:  # the page does not depend on it
        records.note_seen(mark, now)


def sign_out(ctx: Context, token: str) -> None:
    """End a session."""
    with ctx.store.write() as records:
        records.close_session(ctx.marks.mark("officer.session", token))
