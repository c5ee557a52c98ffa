from __future__ import annotations

from pathlib import Path

from kiosk_api.domain.labels_zh import ACTION_LABELS
from kiosk_api.domain.workflow import TABLE, Role
from tests.handbook.states_page import PAGE, render

GUIDE = Path(__file__).resolve().parents[2] / "handbook" / "staff" / "desk-guide.md"
STAFF = set(Role) - {Role.PETITIONER, Role.SYSTEM}


def test_the_states_page_agrees_with_the_workflow_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()


def test_the_desk_guide_explains_every_action_of_staff_under_its_article() -> None:
    rows = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    for rule in TABLE:
        if rule.roles & STAFF:
            row = next((row for row in rows if row.startswith(f"| {ACTION_LABELS[rule.action]} |")), "")
            assert row, rule.action
            assert (f"第{rule.article}条" if rule.article else "本单位") in row, rule.action
