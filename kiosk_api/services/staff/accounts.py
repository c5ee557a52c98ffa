"""Staff accounts."""

from __future__ import annotations

import secrets

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer

# One account a role, so that a fresh installation can be tried; the bureau adds its own.
FIRST_OFFICERS = (
    ("office", "petition_office", "信访窗口", None),
    ("unit", "responsible_unit", "承办单位经办人", "u-0209"),  # of the sample county
    ("leader", "unit_leader", "承办单位负责人", "u-0209"),
    ("lead", "supervisor", "信访部门负责人", None),
    ("review", "review_unit", "复查机关", None),
    ("reexamine", "review_unit", "复核机关", None),
    ("admin", "administrator", "账号管理员", None),
)


def add_officer(
    ctx: Context, username: str, role: str, display_name: str, unit: str | None, password: str,
    *, must_change: bool = False,
) -> Officer:  # fmt: skip
    """Create an account. Raises DomainError when the name is taken, or role or unit unknown."""
    try:
        known_role = Role(role)
    except ValueError:
        raise DomainError("unknown_role", "没有这个岗位。") from None
    hashed = ctx.passwords.hash(password)
    with ctx.store.write() as records:
        known_unit = records.units.by_id(unit) if unit else None
        if unit and known_unit is None:
            raise DomainError("unknown_unit", "名册里没有这个单位，请填单位编号，比如 u-0209。")
        officer = Officer(
            secrets.token_hex(16), username, display_name, known_role, unit, known_unit.name if known_unit else None
        )
        if records.officer_by_name(username) is not None:
            raise DomainError("name_taken", "这个用户名已经有人用了。")
        records.add_officer(officer, hashed)
        records.accounts.take_office(officer.id, known_role, unit, ctx.clock.now())
        if must_change:
            records.accounts.set_password(officer.id, hashed, must_change=True)
    return officer
