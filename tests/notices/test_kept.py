"""What the store keeps of notices: each once, no longer than the office's policy, alike on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from kiosk_api.domain.petitioner_notices import Due, NoticeKind
from kiosk_api.domain.policy import NOTICES_KEPT
from kiosk_api.persistence.petitioner_notice_tables import notice_attempts, petitioner_notices
from tests.notices.telling import Office


def rows(office: Office) -> tuple[int, int]:
    with office.ctx.store._engine.connect() as connection:  # type: ignore[attr-defined]
        counts = [connection.execute(select(func.count()).select_from(one)).scalar_one()
                  for one in (petitioner_notices, notice_attempts)]  # fmt: skip
    return counts[0], counts[1]


def test_the_same_thing_to_be_told_is_kept_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    case_id, now = office.case_id(office.file()["case_number"]), office.ctx.clock.now()
    with office.ctx.store.write() as records:
        for _ in range(3):
            records.petitioner_notices.add(case_id, case_id, [Due("event:1", NoticeKind.FORWARDED, now)], now)
    assert rows(office) == (2, 0)


def test_told_notices_are_deleted_with_their_ways_after_the_policys_time(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.file()
    office.tell()
    assert rows(office) == (1, 1)
    for days, left in ((NOTICES_KEPT.days - 1, (1, 1)), (2, (0, 0))):
        office.later(days=days)
        with office.ctx.store.write() as records:
            records.purge(office.ctx.clock.now())
        assert rows(office) == left


def test_what_still_waits_is_never_deleted(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.file()
    with office.ctx.store.write() as records:
        records.purge(office.ctx.clock.now() + NOTICES_KEPT + timedelta(days=400))
    assert rows(office) == (1, 0)


def test_queries_of_the_worker_read_an_index_of_what_is_open(tmp_path: Path) -> None:
    office = Office(tmp_path)
    asked = {
        "ix_petitioner_notices_waiting": "SELECT id FROM petitioner_notices WHERE state = 'waiting' AND next_at <= 'x'",
        "ix_notice_attempts_open": (
            "SELECT id FROM notice_attempts WHERE channel = 'sms' AND state IN ('waiting', 'sending', 'unknown') "
            "AND next_at <= 'x'"
        ),
    }
    with office.ctx.store._engine.connect() as connection:  # type: ignore[attr-defined]
        for index, query in asked.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
            assert any(index in str(line) for line in plan), plan
