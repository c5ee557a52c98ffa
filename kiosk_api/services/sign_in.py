"""Staff sign-in with server-side sessions, revocable at once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.context import Context
from kiosk_api.services.limits import SIGN_IN_MISSES, SIGN_IN_SOURCE, require_left, spend
from kiosk_api.services.records import Officer

SESSION_LASTS = timedelta(hours=8)
# A hash of argon2-cffi's default cost that no password is known for.
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$KGr9W46TtAhiau60MFHbjw$WSHLrnuEWRp4dz8kwKvxKGM1XQIJ0EK2iEjZVybWgu8"


def sign_in(ctx: Context, username: str, password: str, source: str) -> tuple[str, Officer]:
    """Open a session; returns its token. Raises DomainError `wrong_password`."""
    name = username.strip()[:64]
    budgets = ((SIGN_IN_MISSES, name), (SIGN_IN_SOURCE, source))
    require_left(ctx, *budgets)
    with ctx.store.read() as records:
        found = records.officer_by_name(name)
    # An unknown name costs the same one hash as a known one, so that names cannot be probed.
    matches = ctx.passwords.matches(found[1] if found else _NOBODYS, password[:200])
    if not matches or found is None:
        spend(ctx, *budgets)
        raise DomainError("wrong_password", "用户名或密码不对，请再试一次。")
    token, now = secrets.token_urlsafe(32), ctx.clock.now()
    with ctx.store.write() as records:
        mark = ctx.marks.mark("officer.session", token)
        records.open_session(mark, found[0].id, now, now + SESSION_LASTS)
    return token, found[0]


def officer_for(ctx: Context, token: str | None) -> Officer | None:
    """Who this token belongs to, while the session lasts."""
    if not token:
        return None
    with ctx.store.read() as records:
        return records.officer_by_session(
            ctx.marks.mark("officer.session", token), ctx.clock.now()
        )


def sign_out(ctx: Context, token: str) -> None:
    """End a session."""
    with ctx.store.write() as records:
        records.close_session(ctx.marks.mark("officer.session", token))
