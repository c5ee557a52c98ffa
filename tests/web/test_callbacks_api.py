"""`POST /api/v1/callbacks` and its look-up: a number, a code, and what became of it."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk_api import cli
from kiosk_api.domain import policy
from kiosk_api.domain.limits import CALLBACK_ABOUT_MAX, CALLBACK_TIME_MAX
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.renew import Renewal, renew
from kiosk_api.services.staff.callbacks import act_on_callback, list_callbacks
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import PASSWORD
from tests.stores import connect

PHONE, TAIL = "13912345678", "5678"
WISH = {"phone": PHONE, "best_time": "上午", "about": "低保怎么办"}


def leave(client: FlaskClient, key: str = "callback-0001", **more: Any) -> Any:
    return client.post("/api/v1/callbacks", json={**WISH, **more}, headers={"Idempotency-Key": key})


def look(client: FlaskClient, code: str, tail: str = TAIL) -> Any:
    return client.post("/api/v1/callbacks/lookup", json={"code": code, "phone_tail": tail})


def office(ctx: Context) -> Any:
    return sign_in(ctx, "office", PASSWORD, "198.51.100.1")[1]


def purge(ctx: Context) -> None:
    with ctx.store.write() as records:
        records.purge(ctx.clock.now())


def act(ctx: Context, step: str, note: str = "") -> None:
    officer = office(ctx)
    (line,) = list_callbacks(ctx, officer, closed=False, page=1).items
    act_on_callback(ctx, officer, line.id, step, note)


def test_a_number_is_left_and_looked_up_however_the_code_is_typed(client: FlaskClient) -> None:
    answer = leave(client)
    left = answer.get_json()
    assert answer.status_code == 201
    assert left["due_by"] == "2026-03-03T18:00:00+08:00"  # the next working day
    for typed in (left["code"], left["code"].lower().replace("-", ""), f" {left['code']} "):
        found = look(client, typed).get_json()
        assert (found["state"], found["state_label"], found["due_by"]) == ("waiting", "等待回电", left["due_by"])
        assert [one["event"] for one in found["events"]] == ["requested"]
    assert look(client, left["code"], PHONE).status_code == 200


def test_a_phone_is_enough(client: FlaskClient) -> None:
    answer = client.post("/api/v1/callbacks", json={"phone": "010-65550199"}, headers={"Idempotency-Key": "callback-2"})
    assert answer.status_code == 201


def test_a_retry_gets_the_same_code(client: FlaskClient, ctx: Context) -> None:
    assert leave(client).get_json() == leave(client).get_json()
    assert leave(client, phone="13800138000").status_code == 422
    with ctx.store.read() as records:
        assert records.callbacks.waiting() == 1


def test_every_error_is_reported_at_once(client: FlaskClient) -> None:
    answer = leave(client, phone="123", best_time="早" * (CALLBACK_TIME_MAX + 1), about="事" * (CALLBACK_ABOUT_MAX + 1))
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_callback")
    assert [one["field"] for one in answer.get_json()["errors"]] == ["phone", "best_time", "about"]


def test_a_wrong_pair_is_answered_as_an_unknown_one(client: FlaskClient) -> None:
    code = leave(client).get_json()["code"]
    wrong, unknown = look(client, code, "0000"), look(client, "AAAA-BBBB")
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.get_json() == unknown.get_json()


def test_tails_are_not_guessed_and_the_whole_number_still_opens_it(client: FlaskClient) -> None:
    code = leave(client).get_json()["code"]
    codes = [look(client, code, f"{n:04}").get_json()["code"] for n in range(policy.TAIL_OF_CASE.most + 1)]
    assert codes == ["callback_not_found"] * policy.TAIL_OF_CASE.most + ["too_many_tries"]
    assert look(client, code, PHONE).status_code == 200


def test_a_tail_that_was_guessed_at_for_weeks_works_again_after_the_whole_number(
    client: FlaskClient, ctx: Context
) -> None:
    code, answer = leave(client).get_json()["code"], ""
    while answer != "whole_phone_needed":
        answer = look(client, code, "0000").get_json()["code"]
        ctx.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    assert look(client, code).get_json()["code"] == "whole_phone_needed"
    assert look(client, code, PHONE).status_code == look(client, code).status_code == 200


def test_one_number_is_not_rung_all_day(client: FlaskClient) -> None:
    most = policy.CALLBACKS_OF_PHONE.most
    codes = [leave(client, f"callback-{n:04}").status_code for n in range(most + 1)]
    assert codes == [201] * most + [429]


def test_what_waits_is_bounded(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.services.chat.leave_number.CALLBACKS_WAITING_MOST", 1)
    assert leave(client).status_code == 201
    assert leave(client, "callback-0002").get_json()["code"] == "callbacks_full"


def test_the_citizen_sees_what_became_of_it_but_neither_officer_nor_note(client: FlaskClient, ctx: Context) -> None:
    code = leave(client).get_json()["code"]
    act(ctx, "not_reached")
    assert look(client, code).get_json()["state"] == "waiting"
    act(ctx, "reached")
    act(ctx, "closed", "已说明低保申请材料")
    answer = look(client, code)
    found = answer.get_json()
    assert (found["state"], found["tries"], found["can_withdraw"]) == ("answered", 1, False)
    assert [one["event"] for one in found["events"]] == ["requested", "not_reached", "reached", "closed"]
    for hidden in ("窗口甲", "低保", PHONE):
        assert hidden not in answer.get_data(as_text=True)


def test_three_calls_that_nobody_answered_are_missed(client: FlaskClient, ctx: Context) -> None:
    code = leave(client).get_json()["code"]
    for _ in range(policy.CALLBACK_TRIES):
        act(ctx, "not_reached")
    assert look(client, code).get_json()["state"] == "missed"


def test_the_citizen_cancels_it_once(client: FlaskClient) -> None:
    code = leave(client).get_json()["code"]

    def cancel(key: str) -> Any:
        body = {"code": code, "phone_tail": TAIL}
        return client.post("/api/v1/callbacks/withdraw", json=body, headers={"Idempotency-Key": key})

    assert cancel("cancel-0001").get_json()["state"] == "withdrawn"
    assert cancel("cancel-0001").status_code == 200
    assert cancel("cancel-0002").status_code == 409


def test_it_is_deleted_a_month_after_it_was_answered_and_not_while_it_waits(client: FlaskClient, ctx: Context) -> None:
    code, clock = leave(client).get_json()["code"], ctx.clock
    clock.advance(timedelta(days=400))  # type: ignore[attr-defined]
    purge(ctx)
    assert look(client, code).get_json()["state"] == "waiting"
    act(ctx, "closed", "群众已到窗口办理")
    clock.advance(policy.CALLBACK_KEPT)  # type: ignore[attr-defined]
    purge(ctx)
    assert look(client, code).status_code == 200
    clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    purge(ctx)
    assert look(client, code).status_code == 404


def test_nothing_personal_is_in_the_open_in_its_row(client: FlaskClient, tmp_path: Path) -> None:
    code = leave(client).get_json()["code"].replace("-", "")
    with closing(connect(tmp_path)) as store:
        row = repr(store.execute("SELECT * FROM callbacks").fetchone()).encode()
    for secret in (code, PHONE, "上午", "低保"):
        assert secret.encode() not in row


def test_both_keys_are_renewed_and_the_code_still_opens_it(
    client: FlaskClient, ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_api.gateways.key_ring.CHECK_EVERY_S", 0.0)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    code = leave(client).get_json()["code"]

    def row() -> tuple[bytes, str, str, str]:
        with closing(connect(tmp_path)) as store:
            found = store.execute("SELECT sealed, code_mark, tail_mark, phone_mark FROM callbacks").fetchone()
            return (found[0][:5], *found[1:])

    before = row()
    for purpose in ("encryption", "blind-index"):
        assert cli.main(["rotate-keys", purpose]) == 0
    walk = Renewal()
    assert any(not renew(ctx, walk) for _ in range(100))  # it ends
    assert all(old != new for old, new in zip(before, row(), strict=True))
    assert look(client, code).status_code == look(client, code, PHONE).status_code == 200


def test_a_request_that_cannot_be_read_is_said_to_be_so_and_goes_into_quarantine(
    client: FlaskClient, ctx: Context, tmp_path: Path
) -> None:
    code = leave(client).get_json()["code"]
    with closing(connect(tmp_path)) as store, store:
        store.execute("UPDATE callbacks SET sealed = ?", (b"\x02no",))
    assert look(client, code).get_json()["code"] == "record_unreadable"
    (line,) = list_callbacks(ctx, office(ctx), closed=False, page=1).items
    assert line.unreadable
    with ctx.store.read() as records:
        assert [one.place for one in records.quarantined()] == ["callbacks.sealed"]
