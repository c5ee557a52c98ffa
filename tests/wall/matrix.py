"""The matrix: every route × everybody who may ask × every kind of case, with the answer that is expected of each.

`python -m tests.wall.matrix` prints it as `handbook/developers/authorisation.md`; `test_matrix.py` asks every cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kiosk_api.domain.workflow import RULE_OF, Action, Role
from tests.wall.askers import CASES, STANDINGS, Asker, Hall
from tests.wall.asking import routes, send
from tests.wall.permissions import (
    ACTS,
    ASSISTANT,
    DESK,
    MORE,
    PROOF,
    READERS,
    RIGHT_OF,
    RIGHTS,
    SIGHT,
    Right,
    sees,
)
from tests.wall.rules import RULES, Ask
from tests.wall.world import ROLES

PAGE = Path("handbook/developers/authorisation.md")
OPEN, SIGN_IN, ROLE, ABSENT = "open", "sign in", "not this role", "as if it did not exist"
"""Expected answers. `open` is any answer of the route itself: done, or refused for what was sent or for the state."""
REFUSED = {SIGN_IN: (401,), ROLE: (403,), ABSENT: (404,)}
NAMES_NO_CASE = "-"


@dataclass(frozen=True)
class Cell:
    """One request of the matrix."""

    method: str
    rule: Rule
    ask: Ask
    asker: Asker
    case: str
    expected: str

    @property
    def is_out_of_sight(self) -> bool:
        """An officer who reads cases asks for one that they do not see."""
        known = self.asker.role in READERS and self.case != NAMES_NO_CASE
        return known and not sees(self.asker.role, self.asker.standing, self.case)

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule} by {self.asker.name}, case {self.case}: {self.expected}"


def expected(right: Right, asker: Asker, case: str, ask: Ask) -> str:
    """What the data says of one cell."""
    if right not in DESK:
        return ROLE if right == ASSISTANT and not asker.bot_key else OPEN
    if asker.role is None:
        return SIGN_IN
    if not right.of_case:
        return OPEN if asker.role in right.roles else ROLE
    if asker.role is Role.ADMINISTRATOR:
        return ROLE
    if right.role_first and asker.role not in right.roles:
        return right.others
    if not sees(asker.role, asker.standing, case):
        return OPEN if right.others == OPEN and asker.role in READERS and right.roles == READERS else ABSENT
    return OPEN if asker.role in _roles(right, ask) else ROLE


def _roles(right: Right, ask: Ask) -> frozenset[Role]:
    """For a step of the workflow, those of its row."""
    if not right.routes >= ACTS:
        return right.roles
    return RULE_OF[Action((ask.json or ask.form or {})["action"])].roles


def cells(hall: Hall) -> Iterator[Cell]:
    """Every route and way to ask, for everybody; those that name a case for every kind of case."""
    for method, rule in routes(hall.house):
        right = RIGHT_OF[rule.endpoint]
        for ask in MORE.get(rule.endpoint, RULES[rule.endpoint]):
            for case in CASES if right.of_case else (NAMES_NO_CASE,):
                for asker in hall.askers:
                    yield Cell(method, rule, ask, asker, case, expected(right, asker, case, ask))


def answered(hall: Hall, cell: Cell, ids: dict[str, str] | None = None) -> TestResponse:
    """Ask; what the request changed is undone."""
    known = ids if ids is not None else hall.ids["plain" if cell.case == NAMES_NO_CASE else cell.case]
    answer = send(hall.house, cell.asker.token, cell.method, cell.rule, cell.ask, known, cell.asker.bot_key)
    if cell.method != "GET":
        hall.restore_if_changed()
    return answer


def outcome(answer: TestResponse) -> str:
    """Which of the expected answers this is."""
    if answer.status_code == 303 and "/desk/sign-in" in answer.headers.get("Location", ""):
        return SIGN_IN
    if answer.status_code == 303 and answer.headers.get("Location", "").endswith("/desk/accounts"):
        return ROLE  # where an administrator is sent, who sees no list of cases
    return next((name for name, codes in REFUSED.items() if answer.status_code in codes), OPEN)


def page() -> str:
    """The matrix in Markdown: who asks, what they see, what they may do."""
    return "\n".join([*_INTRODUCTION, *_sight_table(), "", *_rights_table(), "", *_route_table(), ""])


_INTRODUCTION = (
    "# Who may do what",
    "",
    "Written by `python -m tests.wall.matrix` from `tests/wall/permissions.py`; `tests/wall/test_matrix.py` asks the application for",
    "every cell, so this page is what the service does. A route that is missing there fails the test.",
    "",
    "An officer who asks for a case that they do not see gets the answer of a number that does not exist, to the byte; so does a",
    "citizen with a wrong proof. `own`: of the unit that has the case (or of the petition office, which has none); `other`: of another",
    "unit; `accused`: of the unit that the case is about; `aside`: of the unit that has it, but has stepped aside (Art. 28).",
    "",
    "## Which cases an officer sees",
    "",
)


def _sight_table() -> list[str]:
    lines = ["| role, standing | " + " | ".join(CASES) + " |", "|---" * (len(CASES) + 1) + "|"]
    for role in ROLES:
        for standing in STANDINGS:
            seen = ["sees" if sees(role, standing, case) else "" for case in CASES]
            lines.append(f"| {role.value}, {standing} | " + " | ".join(seen) + " |")
    lines += ["", *(f"- **{name}**: {kind.title}." for name, kind in CASES.items()), "", "Why:", ""]
    return lines + [f"- {_list(one.roles)}, {_list(one.standings)}: {one.why}" for one in SIGHT]


def _list(names: frozenset[Role] | frozenset[str]) -> str:
    return ", ".join(sorted(map(str, names)))


def _rights_table() -> list[str]:
    lines = ["## Who may use a route", "", "| who | roles | why |", "|---|---|---|"]
    return lines + [f"| {one.title} | {_list(one.roles) or '–'} | {one.why} |" for one in RIGHTS]


def _route_table() -> list[str]:
    columns = ("nobody", "assistant", *(role.value for role in ROLES))
    lines = ["## Every route", "", "`case`: for a case that they see.", "",
             "| route | who | " + " | ".join(columns) + " |", "|---" * (len(columns) + 2) + "|"]  # fmt: skip
    for endpoint, right in sorted(RIGHT_OF.items()):
        lines.append(f"| {endpoint} | {right.title} | " + " | ".join(_marks(right)) + " |")
    return lines


def _marks(right: Right) -> Iterator[str]:
    if right == PROOF:
        yield from ("with proof",) * (2 + len(ROLES))
        return
    yield "yes" if right not in DESK and right != ASSISTANT else ""
    yield "yes" if right not in DESK else ""
    for role in ROLES:
        if right not in DESK:
            yield "yes" if right != ASSISTANT else ""
        else:
            yield ("case" if right.of_case else "yes") if role in right.roles else ""


if __name__ == "__main__":
    PAGE.write_text(page())
