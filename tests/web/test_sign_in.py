"""Signing in, being seen and signing out, asked of the use cases themselves: what is stored, and what ends a session."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from pyotp import TOTP

from kiosk_api.domain.policy import SESSION_LASTS, SIGN_IN_EVERYBODY, SIGN_IN_NAME, SIGN_IN_PAIR, SIGN_IN_SOURCE
from kiosk_api.domain.session_policy import SESSION_IDLE
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.guesses import Level
from kiosk_api.services.base.ports import PasswordsBusy, StoreBusy
from kiosk_api.services.staff import manage_accounts, own_account, second_factor
from kiosk_api.services.staff.sign_in import NOBODYS, levels_of, note_seen, officer_for, sign_in, sign_out
from tests.factories import PASSWORD, UNIT
from tests.web.sign_in_helpers import SOURCE, admin_of, refused

SECOND = timedelta(seconds=1)


def busy(*_: Any) -> None:
    raise PasswordsBusy


def test_who_signs_in_is_known_by_the_token_until_it_is_given_back(ctx: Context) -> None:
    token, officer = sign_in(ctx, " unit ", PASSWORD, SOURCE)
    assert (officer.username, officer.role, officer.unit, officer.must_change) == (
        "unit", Role.RESPONSIBLE_UNIT, UNIT, False,
    )  # fmt: skip
    assert len(token) >= 43  # 32 random bytes in base64url
    assert officer_for(ctx, token) == officer
    for other in (None, "", token[:-1], token + "A", ctx.marks.mark("officer.session", token)):
        assert officer_for(ctx, other) is None
    sign_out(ctx, token)
    assert officer_for(ctx, token) is None


def test_each_session_has_a_token_of_its_own_and_ends_alone(ctx: Context) -> None:
    (first, _), (second, _) = (sign_in(ctx, "office", PASSWORD, SOURCE) for _ in range(2))
    sign_out(ctx, first)
    assert first != second and officer_for(ctx, first) is None and officer_for(ctx, second) is not None


def test_a_session_ends_with_the_shift(ctx: Context) -> None:
    token, _ = sign_in(ctx, "office", PASSWORD, SOURCE)
    ctx.clock.advance(SESSION_LASTS - SECOND)  # type: ignore[attr-defined]
    assert officer_for(ctx, token) is not None
    ctx.clock.advance(SECOND)  # type: ignore[attr-defined]
    assert officer_for(ctx, token) is None


def test_a_session_at_a_desk_that_was_left_ends_after_an_hour_to_the_second(ctx: Context) -> None:
    token, _ = sign_in(ctx, "office", PASSWORD, SOURCE)
    note_seen(ctx, token)
    ctx.clock.advance(SESSION_IDLE - SECOND)  # type: ignore[attr-defined]
    assert officer_for(ctx, token) is not None
    ctx.clock.advance(SECOND)  # type: ignore[attr-defined]
    assert officer_for(ctx, token) is None


def seen(ctx: Context, token: str) -> Any:
    with ctx.store.read() as records:
        return records.last_seen(ctx.marks.mark("officer.session", token))


def test_being_seen_is_written_once_a_minute_and_when_the_clock_was_put_back(ctx: Context) -> None:
    token, _ = sign_in(ctx, "office", PASSWORD, SOURCE)
    note_seen(ctx, token)
    begun = ctx.clock.now()
    assert seen(ctx, token) == begun
    for after, written in ((59, 0), (60, 60), (119, 60), (120, 120), (90, 90)):
        ctx.clock.advance(begun + after * SECOND - ctx.clock.now())  # type: ignore[attr-defined]
        note_seen(ctx, token)
        assert seen(ctx, token) == begun + written * SECOND, after


def test_a_page_is_shown_although_the_store_is_too_busy_to_note_it(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, _ = sign_in(ctx, "office", PASSWORD, SOURCE)
    note_seen(ctx, token)
    begun = ctx.clock.now()
    ctx.clock.advance(60 * SECOND)  # type: ignore[attr-defined]

    def locked() -> None:
        raise StoreBusy("locked")

    with monkeypatch.context() as busy_store:
        busy_store.setattr(ctx.store, "write", locked)
        note_seen(ctx, token)
    assert seen(ctx, token) == begun


@pytest.mark.parametrize(
    ("name", "password"),
    [("office", "wrong"), ("office", ""), ("office", PASSWORD + " "), ("Office2", PASSWORD), ("", PASSWORD)],
)
def test_a_wrong_pair_opens_nothing_and_says_no_more_than_that(ctx: Context, name: str, password: str) -> None:
    assert refused(lambda: sign_in(ctx, name, password, SOURCE)) == ("wrong_password", None)


def test_nobody_knows_the_password_of_nobody(ctx: Context) -> None:
    """The hash that an unknown name is compared with opens no session even if it fits."""
    fits = ctx.passwords.hash(PASSWORD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk_api.services.staff.sign_in.NOBODYS", fits)
        assert refused(lambda: sign_in(ctx, "nobody", PASSWORD, SOURCE)) == ("wrong_password", None)
    assert NOBODYS.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_when_too_many_sign_in_at_once_one_is_asked_to_wait_three_seconds(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = admin_of(ctx)
    token, officer = sign_in(ctx, "office", PASSWORD, SOURCE)
    for name in ("matches", "hash"):
        monkeypatch.setattr(ctx.passwords, name, busy)
    wait = ("sign_in_busy", 3)
    assert refused(lambda: sign_in(ctx, "office", PASSWORD, SOURCE)) == wait
    change = own_account.change_password
    assert refused(lambda: change(ctx, officer, token, PASSWORD, "four quiet words 7", SOURCE)) == wait
    assert refused(lambda: manage_accounts.create(ctx, admin, "chen.xin", "陈欣", "supervisor", "")) == wait
    assert refused(lambda: manage_accounts.reset_password(ctx, admin, officer.id)) == wait
    assert officer_for(ctx, token) == officer  # nothing has changed


def test_an_account_that_changed_while_its_password_was_compared_is_not_opened(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = admin_of(ctx)
    with ctx.store.read() as records:
        known = records.officer_by_name("office")
    assert known is not None
    matches = ctx.passwords.matches

    def meanwhile(encoded: str, password: str) -> bool:
        fits = matches(encoded, password)
        manage_accounts.reset_password(ctx, admin, known[0].id)
        return fits

    monkeypatch.setattr(ctx.passwords, "matches", meanwhile)
    assert refused(lambda: sign_in(ctx, "office", PASSWORD, SOURCE)) == ("wrong_password", None)


def test_a_disabled_account_is_told_so_and_its_session_is_over(ctx: Context) -> None:
    admin = admin_of(ctx)
    token, officer = sign_in(ctx, "office", PASSWORD, SOURCE)
    with ctx.store.write() as records:
        records.accounts.set_active(officer.id, False)
    assert officer_for(ctx, token) is None
    assert refused(lambda: sign_in(ctx, "office", PASSWORD, SOURCE)) == ("account_disabled", None)
    manage_accounts.set_active(ctx, admin, officer.id, is_active=True)
    assert officer_for(ctx, token) == officer


def test_a_first_password_is_known_as_one(ctx: Context) -> None:
    _, first = manage_accounts.create(ctx, admin_of(ctx), " chen.xin ", " 陈欣 ", "supervisor", "")
    token, officer = sign_in(ctx, "chen.xin", first, SOURCE)
    found = officer_for(ctx, token)
    assert found is not None and found.must_change and officer.must_change and officer.display_name == "陈欣"
    own_account.change_password(ctx, officer, token, first, "four quiet words 7", SOURCE)
    found = officer_for(ctx, token)
    assert found is not None and not found.must_change


def test_a_guess_counts_for_the_pair_the_name_the_source_and_everybody() -> None:
    assert levels_of("office", SOURCE) == (
        Level(SIGN_IN_PAIR, f"office|{SOURCE}"),
        Level(SIGN_IN_NAME, "office"),
        Level(SIGN_IN_SOURCE, SOURCE, is_source=True),
        Level(SIGN_IN_EVERYBODY, "all"),
    )


def test_a_wrong_code_or_password_is_refused_by_its_name(ctx: Context) -> None:
    token, officer = sign_in(ctx, "office", PASSWORD, SOURCE)
    change = own_account.change_password
    assert refused(lambda: change(ctx, officer, token, PASSWORD, "short", SOURCE)) == ("weak_password", None)
    assert refused(lambda: change(ctx, officer, token, "wrong", "four quiet words 7", SOURCE)) == (
        "wrong_password",
        None,
    )
    assert refused(lambda: second_factor.confirm(ctx, officer, "000000", SOURCE)) == ("wrong_code", None)  # no app yet
    second_factor.begin(ctx, officer, token)
    for call in (second_factor.confirm, second_factor.end):
        assert refused(lambda call=call: call(ctx, officer, "no code", SOURCE)) == ("wrong_code", None)  # type: ignore[misc]
    assert not second_factor.is_on(ctx, officer) and officer_for(ctx, token) == officer


def test_a_sign_in_is_in_the_log_with_what_was_shown(ctx: Context, capfd: pytest.CaptureFixture[str]) -> None:
    """ASVS 5.0, 16.3.1: who and by which factors, never the password, the code or the token."""
    token, officer = sign_in(ctx, "office", PASSWORD, SOURCE)
    app = second_factor.begin(ctx, officer, token)
    second_factor.confirm(ctx, officer, TOTP(app.secret).at(ctx.clock.now()), SOURCE)
    assert second_factor.is_on(ctx, officer)
    ctx.clock.advance(30 * SECOND)  # type: ignore[attr-defined]
    code = TOTP(app.secret).at(ctx.clock.now())
    assert refused(lambda: sign_in(ctx, "office", PASSWORD, SOURCE, " ")) == ("totp_needed", None)
    again, _ = sign_in(ctx, "office", PASSWORD, SOURCE, f" {code} ")
    said = "".join(capfd.readouterr())
    lines = [json.loads(line) for line in said.splitlines() if "signed_in" in line]
    assert [(one["event"], one["reason"], one["state"]) for one in lines] == [
        ("signed_in", officer.id, "password"),
        ("signed_in", officer.id, "password and code"),
    ]
    assert not any(secret in said for secret in (PASSWORD, code, token, again, app.secret))
    assert refused(lambda: sign_in(ctx, "office", PASSWORD, SOURCE, code)) == ("wrong_password", None)  # used
