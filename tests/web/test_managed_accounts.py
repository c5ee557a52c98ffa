"""Accounts of officers, asked of the use cases themselves: who may make and change which."""

from __future__ import annotations

import pytest

from kiosk_api.domain.accounts import ACCOUNT_ROLES, UNIT_ROLES, name_problems, office_problems
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.staff import accounts, manage_accounts
from kiosk_api.services.staff.sign_in import officer_for, sign_in
from tests.factories import PASSWORD, UNIT, UNIT_NAME
from tests.web.sign_in_helpers import SOURCE, admin_of, refused


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"role": "king"}, "unknown_role"), ({"unit": "u-none"}, "unknown_unit"), ({"username": "office"}, "name_taken")],
)
def test_an_account_of_the_command_line_is_checked(ctx: Context, changes: dict[str, str], code: str) -> None:
    asked = {"username": "chen.xin", "role": "responsible_unit", "display_name": "陈欣", "unit": UNIT, **changes}
    assert refused(lambda: accounts.add_officer(ctx, password=PASSWORD, **asked)) == (code, None)


def test_an_account_of_the_command_line_holds_its_office_and_keeps_its_password(ctx: Context) -> None:
    made = accounts.add_officer(ctx, "chen.xin", "responsible_unit", "陈欣", UNIT, PASSWORD)
    assert (len(made.id), made.unit_name) == (32, UNIT_NAME)
    token, officer = sign_in(ctx, "chen.xin", PASSWORD, SOURCE)
    assert officer == made and officer_for(ctx, token) == made
    with ctx.store.read() as records:
        held = records.accounts.offices(made.id)
    assert [(one.role, one.unit, one.since, one.until) for one in held] == [
        (Role.RESPONSIBLE_UNIT, UNIT, ctx.clock.now(), None)
    ]


def test_an_administrator_does_nothing_to_an_account_there_is_not(ctx: Context) -> None:
    admin, nobody = admin_of(ctx), "0" * 32
    for call in (
        lambda: manage_accounts.account(ctx, admin, nobody),
        lambda: manage_accounts.move(ctx, admin, nobody, "supervisor", ""),
        lambda: manage_accounts.set_active(ctx, admin, nobody, is_active=True),
        lambda: manage_accounts.set_active(ctx, admin, nobody, is_active=False),
        lambda: manage_accounts.reset_password(ctx, admin, nobody),
        lambda: manage_accounts.end_sessions(ctx, admin, nobody),
    ):
        assert refused(call) == ("account_not_found", None)


@pytest.mark.parametrize("name", ["office", "lead", "leader", "unit", "review"])
def test_nobody_but_an_administrator_does_anything_to_an_account(ctx: Context, name: str) -> None:
    who, (_, officer) = admin_of(ctx).id, sign_in(ctx, name, PASSWORD, SOURCE)
    for call in (
        lambda: manage_accounts.accounts(ctx, officer),
        lambda: manage_accounts.account(ctx, officer, who),
        lambda: manage_accounts.create(ctx, officer, "chen.xin", "陈欣", "supervisor", ""),
        lambda: manage_accounts.move(ctx, officer, who, "supervisor", ""),
        lambda: manage_accounts.set_active(ctx, officer, who, is_active=False),
        lambda: manage_accounts.reset_password(ctx, officer, who),
        lambda: manage_accounts.end_sessions(ctx, officer, who),
    ):
        assert refused(call) == ("forbidden", None)


def test_a_session_of_a_disabled_account_is_over_for_good_and_an_administrator_who_is_left_stays(ctx: Context) -> None:
    admin = admin_of(ctx)
    token, officer = sign_in(ctx, "office", PASSWORD, SOURCE)
    manage_accounts.set_active(ctx, admin, officer.id, is_active=False)
    manage_accounts.set_active(ctx, admin, officer.id, is_active=True)
    assert officer_for(ctx, token) is None and sign_in(ctx, "office", PASSWORD, SOURCE)[1] == officer
    for call in (
        lambda: manage_accounts.set_active(ctx, admin, admin.id, is_active=False),
        lambda: manage_accounts.move(ctx, admin, admin.id, "supervisor", ""),
    ):
        assert refused(call) == ("last_administrator", None)


def test_a_fresh_installation_has_an_account_of_each_role_with_its_unit(ctx: Context) -> None:
    assert {one[1] for one in accounts.FIRST_OFFICERS} == set(ACCOUNT_ROLES)
    for name, role, shown, unit in accounts.FIRST_OFFICERS:
        assert not name_problems(name, shown) and not office_problems(role, unit or "")
        made = accounts.add_officer(ctx, f"first-{name}", role, shown, unit, PASSWORD)
        assert (made.unit_name is None) is (role not in UNIT_ROLES)
