"""What is kept although its time is over, what is erased on request, and how it goes on after a kill or a restore."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from kiosk_api import cli
from kiosk_api.domain.erasure import REST, Obstacle, cutoff
from kiosk_api.domain.errors import CaseErased, DomainError
from kiosk_api.gateways.erasure_list import ErasureFile
from kiosk_api.gateways.notify import HANDLERS
from kiosk_api.services.base.context import Context
from kiosk_api.services.retention import erasing
from kiosk_api.worker import Worker
from tests.audit.world import run, small_app
from tests.factories import START
from tests.past_guards import past_guards
from tests.retention.world import NAMES, YEARS, case_id, ended, later, stands
from tests.stores import connect


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ("UPDATE cases SET status = 'concluded'", Obstacle.OPEN),
        ("UPDATE cases SET status = 'under_review'", Obstacle.OPEN),
        ("INSERT INTO legal_holds VALUES ('h', :id, 'o', '2026', NULL, NULL, x'02')", Obstacle.HELD),
        ("UPDATE events SET at = '2029-03-01T00:00:00.000000Z' WHERE seq = 2 AND case_id = :id", Obstacle.RECENT),
        ("INSERT INTO case_clocks VALUES (:id, 'conclude', 9, '2026-05-01', 'running', '')", Obstacle.CLOCK),
        ("UPDATE petitioner_notices SET state = 'waiting', done_at = NULL WHERE case_id = :id", Obstacle.NOTICE),
        ("UPDATE petitioner_notices SET state = 'untold' WHERE case_id = :id", Obstacle.NOTICE),
        ("UPDATE outbox SET done_at = NULL WHERE case_id = :id", Obstacle.NOTICE),
        (
            "UPDATE cases SET repeat_of = (SELECT case_number FROM cases WHERE id = :id) WHERE id != :id",
            Obstacle.REPEATED,
        ),
    ],
)
def test_nothing_is_erased_that_must_be_kept(
    app: Flask, ctx: Context, case: dict[str, str], tmp_path: Path, change: str, obstacle: Obstacle
) -> None:
    later(ctx, days=YEARS * 366)
    identity = case_id(ctx, case["number"])
    changed = change if ":id" in change else f"{change} WHERE id = :id"
    with closing(connect(tmp_path)) as store, store, past_guards(store.execute):
        store.execute(changed.replace(":id", f"'{identity}'"))
    assert stands(ctx, case["number"]) == [obstacle]
    assert erasing.erase_due(ctx) == 0
    due = erasing.show_due(ctx)
    assert due is not None and due.cases == 0 and due.kept[obstacle] > 0
    officer = erasing.officer_of(ctx, "lead")
    if obstacle is not Obstacle.RECENT:  # a request needs only a rest after the last step
        with pytest.raises(DomainError, match="not_erasable"):
            erasing.erase_on_request(ctx, officer, case["number"], erasing.CASE, granted=True, reason="本人要求")
    assert not run(ctx, "SELECT count(*) FROM erasures") and not run(ctx, "SELECT count(*) FROM erasure_requests")


def test_without_a_period_no_case_is_ever_erased(tmp_path: Path) -> None:
    made = small_app(tmp_path)
    ctx: Context = made.extensions["kiosk"]
    ended(made)
    later(ctx, days=100 * 366)
    assert erasing.erase_due(ctx) == 0 and erasing.show_due(ctx) is None
    assert not ctx.erasure_list.all()


def test_a_hold_keeps_a_case_until_it_is_released(ctx: Context, case: dict[str, str]) -> None:
    officer = erasing.officer_of(ctx, "lead")
    erasing.hold_case(ctx, officer, case["number"], "行政诉讼还没有结束")
    later(ctx, days=YEARS * 366)
    assert erasing.erase_due(ctx) == 0
    assert erasing.release_case(ctx, officer, case["number"]) == 1
    assert erasing.erase_due(ctx) == 1
    with pytest.raises(DomainError, match="not_erasable"):
        erasing.hold_case(ctx, officer, case["number"], "太晚了")


def test_a_hold_that_comes_while_cases_are_being_erased_still_keeps_its_case(
    ctx: Context, case: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(ctx, days=YEARS * 366)
    officer, write = erasing.officer_of(ctx, "lead"), ctx.store.write

    def held_first() -> Any:
        monkeypatch.setattr(ctx.store, "write", write)
        erasing.hold_case(ctx, officer, case["number"], "法院在审")
        return write()

    monkeypatch.setattr(ctx.store, "write", held_first)
    assert erasing.erase_due(ctx) == 0 and stands(ctx, case["number"]) == [Obstacle.HELD]
    erasing.release_case(ctx, officer, case["number"])
    assert erasing.erase_due(ctx) == 1


def test_only_an_officer_decides_and_only_about_a_case_there_is(ctx: Context, case: dict[str, str]) -> None:
    for call, code in (
        (lambda: erasing.officer_of(ctx, "nobody"), "account_not_found"),
        (lambda: erasing.hold_case(ctx, erasing.officer_of(ctx, "lead"), "XF-none", "r"), "case_not_found"),
        (lambda: erasing.hold_case(ctx, erasing.officer_of(ctx, "lead"), case["number"], " "), "reason_needed"),
        (lambda: erasing.hold_case(ctx, erasing.officer_of(ctx, "lead"), case["number"], "字" * 501), "reason_needed"),
    ):
        with pytest.raises(DomainError) as refused:
            call()
        assert refused.value.code == code
    assert Obstacle.HELD not in stands(ctx, case["number"])


def test_a_petitioner_who_asks_is_answered_and_heard(ctx: Context, case: dict[str, str]) -> None:
    officer, number = erasing.officer_of(ctx, "lead"), case["number"]
    erasing.erase_on_request(ctx, officer, number, erasing.CASE, granted=False, reason="档案还在保存期内")
    later(ctx, days=REST.days + 1)
    with ctx.store.read() as records:
        assert records.cases.by_number(number) is not None
    erasing.erase_on_request(ctx, officer, number, erasing.CASE, granted=True, reason="目的已经实现")
    with ctx.store.read() as records, pytest.raises(CaseErased):
        records.cases.by_number(number)
    with ctx.store.read() as records:
        noted = records.erasures.requests_of(case_id(ctx, number))
    assert noted == [("case", False, "档案还在保存期内"), ("case", True, "目的已经实现")]
    assert [one.cause for one in ctx.erasure_list.all()] == ["request"]
    with pytest.raises(DomainError, match="reason_needed"):
        erasing.erase_on_request(ctx, officer, number, erasing.CASE, granted=False, reason=" ")


def test_who_is_told_at_messengers_is_erased_at_once_even_of_an_open_case(app: Flask, ctx: Context) -> None:
    number = str(run(ctx, "SELECT case_number FROM cases WHERE status = 'registered'"))
    identity = case_id(ctx, number)
    with ctx.store.write() as records:
        records.case_links.add(
            identity, ctx.marks.mark("channel.user", "x"), "wechat", "oInvented-1", "zh", "token", START
        )
    officer = erasing.officer_of(ctx, "lead")
    erasing.erase_on_request(ctx, officer, number, erasing.MESSENGERS, granted=True, reason="不想再收到通知")
    assert run(ctx, "SELECT count(*) FROM case_links") == 0


def test_a_kill_between_list_and_commit_leaves_a_line_too_many_and_no_half_case(
    ctx: Context, case: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(ctx, days=YEARS * 366)
    with monkeypatch.context() as patched:
        patched.setattr("kiosk_api.persistence.erasures.SqlErasures._rows", killed)
        with pytest.raises(KeyboardInterrupt):
            erasing.erase_due(ctx)
    with ctx.store.read() as records:
        assert records.cases.by_number(case["number"]) is not None
    assert erasing.erase_due(ctx) == 1
    assert len(ctx.erasure_list.all()) == 2
    assert erasing.repeat_erasures(ctx) == (0, 0)


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_after_an_older_backup_is_restored_the_list_erases_again(
    app: Flask, ctx: Context, case: dict[str, str], tmp_path: Path
) -> None:
    later(ctx, days=YEARS * 366)
    ctx.store.close()
    backup = tmp_path / "older.db"
    with closing(sqlite3.connect(tmp_path / "kiosk.db")) as store, closing(sqlite3.connect(backup)) as copy:
        store.backup(copy)
    assert erasing.erase_due(ctx) == 1
    with closing(sqlite3.connect(tmp_path / "kiosk.db")) as store, closing(sqlite3.connect(backup)) as copy:
        copy.backup(store)
    with ctx.store.read() as records:
        assert records.cases.by_number(case["number"]) is not None  # it came back
    with (tmp_path / "erasures.log").open("ab") as file:
        file.write(b"\n" + b"0" * 32 + b"\t2029-03-02T00:00:00+08:00\tperiod\ntorn of")
    assert erasing.repeat_erasures(ctx, ErasureFile(tmp_path / "erasures.log")) == (1, 1)
    with ctx.store.read() as records, pytest.raises(CaseErased):
        records.cases.by_number(case["number"])


def test_the_list_names_nobody_and_is_the_owners_alone(ctx: Context, case: dict[str, str], tmp_path: Path) -> None:
    later(ctx, days=YEARS * 366)
    erasing.erase_due(ctx)
    written = (tmp_path / "erasures.log").read_text("utf-8")
    assert case_id(ctx, case["number"]) in written
    assert not [name for name in (*NAMES, case["number"]) if name in written]
    assert (tmp_path / "erasures.log").stat().st_mode & 0o077 == 0


def test_the_worker_erases_by_itself_and_not_by_a_clock_in_doubt(ctx: Context, case: dict[str, str]) -> None:
    later(ctx, days=YEARS * 366)
    Worker(ctx, HANDLERS, watch=SimpleNamespace(is_trusted=lambda now: False)).round()  # type: ignore[arg-type]
    assert run(ctx, "SELECT count(*) FROM erasures") == 0
    Worker(ctx, HANDLERS, watch=SimpleNamespace(is_trusted=lambda now: True)).round()  # type: ignore[arg-type]
    assert run(ctx, "SELECT count(*) FROM erasures") == 1


def test_a_year_ends_on_a_day_that_exists() -> None:
    leap = START.replace(year=2028, month=2, day=29)
    assert cutoff(leap, 1).date().isoformat() == "2027-02-28"
    assert cutoff(START, 1) == START.replace(year=2025)


def test_the_commands_say_what_they_did(
    app: Flask, ctx: Context, case: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("kiosk_api.app.SystemClock", lambda: ctx.clock)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    number, by = case["number"], ["--by", "lead"]

    def said(*arguments: str) -> tuple[int, str]:
        code = cli.main(list(arguments))
        return code, "".join(capsys.readouterr())

    assert "KIOSK_KEEP_CASES_YEARS" in said("show-what-is-due")[1]
    assert said("erase-due")[0] == 0 and not run(ctx, "SELECT count(*) FROM erasures")
    monkeypatch.setenv("KIOSK_KEEP_CASES_YEARS", str(YEARS))
    assert "现在可以清除：0件" in said("show-what-is-due")[1]
    later(ctx, days=YEARS * 366)
    assert said("hold-case", number, *by, "--reason", "诉讼中")[0] == 0
    assert "清除了0件" in said("erase-due")[1]
    assert "1个" in said("release-case", number, *by)[1]
    assert said("release-case", number, "--by", "nobody")[0] == 1
    assert said("erase-person-data", number, "messengers", "refuse", *by, "--reason", "没有绑定")[0] == 0
    assert "清除了1件" in said("erase-due")[1]
    assert said("erase-person-data", number, "case", "grant", *by, "--reason", "本人要求")[0] == 1
    assert "再清除0件" in said("repeat-erasures")[1]
    assert said("repeat-erasures", str(tmp_path / "none"))[0] == 2
    assert not [name for name in NAMES if name in said("show-what-is-due")[1]]
