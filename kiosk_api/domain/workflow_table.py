"""The workflow of 信访工作条例 (2022) as one table.

Each row: action, from which states, to which state, who may, article, what must be stated, and
which clocks it starts, stops or cancels. API, desk, status page and tests all read this table.
What depends on more than the state: by kind in bars.py, by history and clocks in conditions.py, by
what is stated in stated.py.
"""

from __future__ import annotations

from kiosk_api.domain.workflow_around import AROUND
from kiosk_api.domain.workflow_handling import HANDLING
from kiosk_api.domain.workflow_intake import INTAKE
from kiosk_api.domain.workflow_review import REVIEW
from kiosk_api.domain.workflow_rows import (
    HAS_RESULT,
    INVESTIGATION,
    IS_ACCUSATION,
    IS_ORDINARY,
    KINDS_DECIDED,
    OPEN,
    PROCEDURES,
    TAKES_PAPERS,
)
from kiosk_api.domain.workflow_types import Action, Rule

__all__ = [
    "HAS_RESULT", "INVESTIGATION", "IS_ACCUSATION", "IS_ORDINARY", "KINDS_DECIDED", "OPEN", "PROCEDURES",
    "RULE_OF", "TABLE", "TAKES_PAPERS",
]  # fmt: skip

TABLE: tuple[Rule, ...] = (*INTAKE, *HANDLING, *REVIEW, *AROUND)
RULE_OF: dict[Action, Rule] = {rule.action: rule for rule in TABLE}
