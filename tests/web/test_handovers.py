"""Handovers and the codes of officers who help have tables of their own."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from kiosk_api import cli
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import HANDOVER_LASTS
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import _config
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.renew import Renewal, renew
from kiosk_api.services.cases.background import beat_and_purge
from kiosk_api.services.chat.drafts import save_draft
from kiosk_api.services.petitions.assist import code_errors, open_assist
from kiosk_api.services.staff.handover import leave_for_officer, mark_of, take_over
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import PASSWORD, settings
from tests.stores import connect

DRAFT = {"facts": "半截话"}


def officer(ctx: Context, name: str = "office") -> Any:
    return sign_in(ctx, name, PASSWORD, "198.51.100.1")[1]


def rows(folder: Path, *tables: str) -> list[int]:
    with closing(connect(folder)) as store:
        return [store.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in tables]


def test_drafts_hold_drafts_only(ctx: Context, tmp_path: Path) -> None:
    code = leave_for_officer(ctx, DRAFT, "here").code
    open_assist(ctx, officer(ctx), mark_of(ctx, code))
    assert rows(tmp_path, "drafts", "handovers", "assist_codes") == [0, 1, 1]
    save_draft(ctx, "s" * 20, DRAFT)
    assert rows(tmp_path, "drafts", "handovers", "assist_codes") == [1, 1, 1]


def test_both_are_deleted_at_their_end(ctx: Context, tmp_path: Path) -> None:
    leave_for_officer(ctx, DRAFT, "here")
    open_assist(ctx, officer(ctx))
    beat_and_purge(ctx)
    assert rows(tmp_path, "handovers", "assist_codes") == [1, 1]
    ctx.clock.advance(HANDOVER_LASTS + timedelta(seconds=1))  # type: ignore[attr-defined]
    beat_and_purge(ctx)
    assert rows(tmp_path, "handovers", "assist_codes") == [0, 0]


def test_a_code_is_found_under_the_former_index_key_and_its_draft_under_a_new_one(
    ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_api.gateways.key_ring.CHECK_EVERY_S", 0.0)
    left, helping = leave_for_officer(ctx, DRAFT, "here").code, open_assist(ctx, officer(ctx)).code
    with closing(connect(tmp_path)) as store:
        before = store.execute("SELECT sealed FROM handovers").fetchone()[0]
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    for purpose in ("encryption", "blind-index"):
        assert cli.main(["rotate-keys", purpose]) == 0
    walk = Renewal()
    assert any(not renew(ctx, walk) for _ in range(100))  # it ends
    with closing(connect(tmp_path)) as store:
        after = store.execute("SELECT sealed FROM handovers").fetchone()[0]
    assert before[:5] != after[:5]  # version and key id
    assert take_over(ctx, officer(ctx), left) == DRAFT
    assert code_errors(ctx, {"assisted_by_code": helping}, "here") == ()


def test_a_draft_that_cannot_be_decrypted_counts_as_absent(ctx: Context, tmp_path: Path) -> None:
    code = leave_for_officer(ctx, DRAFT, "here").code
    with closing(connect(tmp_path)) as store, store:
        store.execute("UPDATE handovers SET sealed = ?", (b"\x02no",))
    with pytest.raises(DomainError, match="handover_not_found"):
        take_over(ctx, officer(ctx), code)


def test_an_upgrade_keeps_the_drafts_of_conversations(tmp_path: Path) -> None:
    """Handovers stored among them are not found any more, and are deleted when they expire."""
    engine, config = make_engine(settings(tmp_path).database_url), _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        connection.execute(
            text("INSERT INTO drafts VALUES ('s', 'r', :sealed, '2026-03-02', '2026-03-09')"), {"sealed": b"\2"}
        )
        connection.commit()
        command.upgrade(config, "head")
        connection.commit()
        assert connection.exec_driver_sql("SELECT count(*) FROM drafts").scalar() == 1
        command.downgrade(config, "0005")
        connection.commit()
        assert connection.exec_driver_sql("SELECT count(*) FROM drafts").scalar() == 1
    engine.dispose()
