"""What an administrator does: accounts made, disabled, moved, given a new first password, sessions ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk_api.domain.account_records import Account, DeskSession, RoleHeld
from kiosk_api.domain.accounts import name_problems, office_problems, require_one_left
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import PasswordsBusy, Records
from kiosk_api.services.base.records import Officer
from kiosk_api.services.organisation.choosing import problem_of_unit
from kiosk_api.services.staff.accounts import add_officer

_BUSY_S = 3


@dataclass(frozen=True)
class AccountInFull:
    """An account with its sessions and the offices it held."""

    account: Account
    sessions: list[DeskSession]
    offices: list[RoleHeld]


def require_administrator(officer: Officer) -> None:
    """Raise DomainError `forbidden` for everybody else."""
    if officer.role is not Role.ADMINISTRATOR:
        raise DomainError("forbidden", "账号由管理员办理，您的岗位没有这个权限。")


def accounts(ctx: Context, officer: Officer) -> list[Account]:
    """Every account."""
    require_administrator(officer)
    with ctx.store.read() as records:
        return records.accounts.all(ctx.clock.now())


def account(ctx: Context, officer: Officer, officer_id: str) -> AccountInFull:
    """One account. Raises DomainError `account_not_found`."""
    require_administrator(officer)
    with ctx.store.read() as records:
        found = _known(records, officer_id)
        sessions = records.accounts.sessions(officer_id, ctx.clock.now())
        held = records.accounts.offices(officer_id)
        names = records.units.names_of({one.unit for one in held if one.unit})
        return AccountInFull(found, sessions, [replace(one, unit_name=names.get(one.unit or "")) for one in held])


def create(ctx: Context, officer: Officer, username: str, display_name: str, role: str, unit: str) -> tuple[str, str]:
    """A new account; returns its id and the first password, which has to be changed at the first sign-in."""
    require_administrator(officer)
    username, display_name, unit = username.strip(), display_name.strip(), unit.strip()
    with ctx.store.read() as records:
        unit = _unit_id(records, unit)
        _refuse([*name_problems(username, display_name), *_office_problems(ctx, records, role, unit)])
    password = _first_password()
    try:
        made = add_officer(ctx, username, role, display_name, unit or None, password, must_change=True)
    except PasswordsBusy:
        raise _busy() from None
    return made.id, password


def move(ctx: Context, officer: Officer, officer_id: str, role: str, unit: str) -> None:
    """Another office, from now on: what is read with a session that lasts follows it at once."""
    require_administrator(officer)
    unit = unit.strip()
    with ctx.store.write() as records:
        before, unit = _known(records, officer_id), _unit_id(records, unit)
        _refuse(_office_problems(ctx, records, role, unit))
        if (before.role, before.unit) == (Role(role), unit or None):
            return
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(records, officer_id)
        records.accounts.take_office(officer_id, Role(role), unit or None, ctx.clock.now())


def set_active(ctx: Context, officer: Officer, officer_id: str, *, is_active: bool) -> None:
    """Disable an account, which ends its sessions at once, or let it sign in again."""
    require_administrator(officer)
    with ctx.store.write() as records:
        _known(records, officer_id)
        if not is_active:
            _keep_an_administrator(records, officer_id)
            records.accounts.end_sessions(officer_id)
        records.accounts.set_active(officer_id, is_active)


def reset_password(ctx: Context, officer: Officer, officer_id: str) -> str:
    """A new first password in place of one that was forgotten; every session of the account ends."""
    require_administrator(officer)
    password = _first_password()
    try:
        hashed = ctx.passwords.hash(password)
    except PasswordsBusy:
        raise _busy() from None
    with ctx.store.write() as records:
        _known(records, officer_id)
        records.accounts.set_password(officer_id, hashed, must_change=True)
        records.accounts.set_totp(officer_id, None)
        records.accounts.end_sessions(officer_id)
    return password


def end_sessions(ctx: Context, officer: Officer, officer_id: str, session_id: str = "") -> None:
    """End one session of an account, or all of them."""
    require_administrator(officer)
    with ctx.store.write() as records:
        _known(records, officer_id)
        if not session_id:
            records.accounts.end_sessions(officer_id)
        elif not records.accounts.end_session(officer_id, session_id):
            raise DomainError("session_not_found", "这次登录已经结束了。")


def _known(records: Records, officer_id: str) -> Account:
    found = records.accounts.by_id(officer_id)
    if found is None:
        raise DomainError("account_not_found", "没有这个账号。请回到账号列表重新选择。")
    return found


def _office_problems(ctx: Context, records: Records, role: str, unit: str) -> list[FieldError]:
    found = office_problems(role, unit)
    unknown = problem_of_unit(records, "unit", unit, ctx.clock.now().date()) if unit else None
    return found if unknown is None else [*found, unknown]


def _unit_id(records: Records, typed: str) -> str:
    """The id of a unit of which the id or the whole name was typed."""
    named = records.units.by_name(typed) if typed and records.units.by_id(typed) is None else None
    return named.id if named else typed


def _keep_an_administrator(records: Records, officer_id: str) -> None:
    require_one_left(records.accounts.active(Role.ADMINISTRATOR), officer_id)


def _refuse(problems: Sequence[FieldError]) -> None:
    if problems:
        raise DomainError("invalid_account", "有几处需要改一下，其他内容都还在。", problems)


def _first_password() -> str:
    return secrets.token_urlsafe(12)


def _busy() -> DomainError:
    return DomainError("sign_in_busy", "现在登录的人多，请过几秒再办一次。", retry_after_s=_BUSY_S)
