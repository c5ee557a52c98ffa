"""What officers do with their own account: choose a password, see where they are signed in, end that."""

from __future__ import annotations

from kiosk_api.domain.account_records import DeskSession
from kiosk_api.domain.accounts import password_problems
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import guess, require_open
from kiosk_api.services.base.ports import PasswordsBusy, Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.sign_in import TOO_OFTEN, levels_of

_BUSY_S = 3


def change_password(ctx: Context, officer: Officer, token: str, current: str, new: str, source: str) -> None:
    """A password of the officer's own. Every other session of the account ends. Guessing the current one counts
    like guessing it at sign-in."""
    problems = password_problems(officer.username, current, new, is_common=ctx.passwords.is_common(new))
    if problems:
        raise DomainError("weak_password", problems[0].detail, problems)
    levels = levels_of(officer.username, source)
    require_open(ctx, levels, TOO_OFTEN)
    with ctx.store.read() as records:
        known = records.officer_by_name(officer.username)
    try:
        matches = known is not None and ctx.passwords.matches(known[1], current[:200])
        hashed = ctx.passwords.hash(new) if matches else ""
    except PasswordsBusy:
        raise DomainError("sign_in_busy", "现在登录的人多，请过几秒再改一次。", retry_after_s=_BUSY_S) from None

    def replace_it(records: Records) -> bool | None:
        if known is None or not matches or records.officer_by_name(officer.username) != known:
            return None
        records.accounts.set_password(officer.id, hashed, must_change=False)
        records.accounts.end_sessions(officer.id, but_mark=ctx.marks.mark("officer.session", token))
        return True

    if not guess(ctx, levels, replace_it, TOO_OFTEN):
        raise DomainError("wrong_password", "现在的密码不对，请再试一次。")


def own_sessions(ctx: Context, officer: Officer, token: str) -> list[DeskSession]:
    """Where the officer is signed in."""
    with ctx.store.read() as records:
        mark = ctx.marks.mark("officer.session", token)
        return records.accounts.sessions(officer.id, ctx.clock.now(), mark)


def end_other_sessions(ctx: Context, officer: Officer, token: str) -> None:
    """Sign out everywhere but here."""
    with ctx.store.write() as records:
        records.accounts.end_sessions(officer.id, but_mark=ctx.marks.mark("officer.session", token))
