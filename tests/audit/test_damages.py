"""Random damages are found, and the first fault names their place. Ten thousand: `python -m tests.audit.damages`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kiosk_api import cli
from tests.audit.damages import DAMAGES, examine
from tests.audit.world import few_units, run, small_world
from tests.past_guards import past_guards

SHORT = 20 * len(DAMAGES)


def test_random_damages_are_found_and_placed(tmp_path: Path) -> None:
    few_units(tmp_path)
    results = examine(small_world(tmp_path), SHORT, seed=7)
    assert len(results) == 14
    assert sum(results.values(), Counter()) == {"found": SHORT}


def test_the_command_names_the_first_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few_units(tmp_path)
    ctx = small_world(tmp_path)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    capsys.readouterr()
    assert cli.main(["verify-audit"]) == 0
    assert "对不上0处" in capsys.readouterr().out
    with ctx.store.write() as records:
        one = records._connection.exec_driver_sql("SELECT id FROM events ORDER BY case_id, seq").scalar()
        with past_guards(records._connection.exec_driver_sql):
            records._connection.exec_driver_sql("UPDATE events SET actor = 'x' WHERE id = ?", (one,))
    assert cli.main(["verify-audit"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[0].split("\t")[:3] == ["row_changed", "events", one]
    assert "钱多米" not in said.out + said.err
    assert run(ctx, "SELECT count(*) FROM events") > 0
