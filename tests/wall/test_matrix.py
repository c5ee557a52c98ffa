"""Every cell of the matrix of who may do what, asked of the application. In `make test` a sample; all in `make test-all`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.caches import cheap_passwords
from tests.wall.askers import CASES, Hall, build
from tests.wall.asking import routes, told
from tests.wall.matrix import ABSENT, NAMES_NO_CASE, OPEN, PAGE, SIGN_IN, Cell, answered, cells, outcome, page
from tests.wall.permissions import OWN, PROOF, RIGHT_OF, RIGHTS
from tests.wall.rules import RULES, Ask

LONG = os.environ.get("KIOSK_LONG_TESTS") == "1"
ONE_OF = 1 if LONG else 32
ROOT = Path(__file__).resolve().parents[2]
SIGNS_IN = {"desk.sign_in_submit", "desk_api.open_session"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    built = build(tmp_path_factory.mktemp("matrix"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kiosk_api.services.staff.sign_in.NOBODYS", cheap_passwords().hash("nobody's"))
        yield built
    built.close()


def test_every_route_has_one_right(hall: Hall) -> None:
    served = {rule.endpoint for _, rule in routes(hall.house)}
    assert served == RIGHT_OF.keys(), "say in permissions.py who may use it, and why"
    assert sum(len(one.routes) for one in RIGHTS) == len(RIGHT_OF), "a route stands in two rows"
    of_case = {rule.endpoint for _, rule in routes(hall.house) if "number" in rule.arguments}
    assert of_case == {name for name, right in RIGHT_OF.items() if right.of_case}


def test_the_page_shows_the_matrix_as_it_is() -> None:
    assert (ROOT / PAGE).read_text() == page(), "run: python -m tests.wall.matrix"


def chosen(hall: Hall) -> list[Cell]:
    """One cell in ONE_OF by its name, so that the same ones are asked each time; all of them in the long form."""
    return [one for one in cells(hall) if int(sha256(one.name.encode()).hexdigest(), 16) % ONE_OF == 0]


def test_every_cell_is_answered_as_the_matrix_says(hall: Hall) -> None:
    wrong, asked = [], 0
    for cell in chosen(hall):
        answer = answered(hall, cell)
        asked += 1
        if not as_expected(cell, answer):
            wrong.append((cell.name, cell.ask, outcome(answer), answer.status_code))
    print(f"{asked} cells asked")
    assert not wrong
    assert asked > (10_000 if LONG else 300)


def as_expected(cell: Cell, answer: TestResponse) -> bool:
    """A route may itself find nothing under a made-up code or id, and refuse a wrong password."""
    found = outcome(answer)
    if cell.expected == OPEN and cell.case == NAMES_NO_CASE:
        return found in (OPEN, ABSENT) or (found == SIGN_IN and cell.rule.endpoint in SIGNS_IN)
    return found == cell.expected


def test_a_case_out_of_sight_is_answered_like_a_number_that_does_not_exist(hall: Hall) -> None:
    different = []
    for cell in chosen(hall):
        if not cell.is_out_of_sight:
            continue
        one = answered(hall, cell)
        other = answered(hall, cell, hall.ids["unknown"])
        if alike(one, hall.ids[cell.case]) != alike(other, hall.ids["unknown"]):
            different.append(cell.name)
    assert not different


def alike(answer: TestResponse, ids: dict[str, str]) -> tuple[object, ...]:
    """Status, headers and body without the number that was asked for."""
    status, headers, body = told(answer)
    for name in ("number", "document_id", "picture_id"):
        body = body.replace(ids[name].encode(), b"?")
    return status, [(name, value.replace(ids["number"], "?")) for name, value in headers], body


def proven(hall: Hall) -> Iterator[tuple[str, Rule, Ask]]:
    for method, rule in routes(hall.house):
        for ask in OWN.get(rule.endpoint, ()):
            yield method, rule, ask


@pytest.mark.parametrize("case", CASES if LONG else ["plain", "accusation"])
def test_a_petitioner_reaches_their_own_case_and_nobody_elses(hall: Hall, case: str) -> None:
    """With their own proof the route answers; with the proof of another case, or none, nothing of this one is told."""
    assert OWN.keys() <= PROOF.routes
    wrong = []
    own, other = hall.ids[case], hall.ids["elsewhere" if case != "elsewhere" else "plain"]
    for method, rule, ask in proven(hall):
        for asker in hall.askers[:3]:
            mine = Cell(method, rule, ask, asker, case, OPEN)
            if outcome(answered(hall, mine)) != OPEN:
                wrong.append((mine.name, "own proof"))
            for proof in ({**own, "phone_tail": other["phone_tail"], "lookup_token": "x" * 32, "bundle": "x" * 43,
                           "callback": "x" * 10},
                          {**other, "number": own["number"], "picture_id": own["picture_id"]}):  # fmt: skip
                answer = answered(hall, mine, proof)
                if names(answer, own):
                    wrong.append((mine.name, "another's proof"))
    assert not wrong


def names(answer: TestResponse, ids: dict[str, str]) -> bool:
    return answer.status_code < 400 and any(ids[one].encode() in answer.data for one in ("number", "lookup_token"))


def test_a_session_or_the_assistants_key_is_no_proof(hall: Hall) -> None:
    """Routes that want a proof answer staff and assistant as they answer anybody."""
    different = []
    for method, rule in routes(hall.house):
        if RIGHT_OF[rule.endpoint] is not PROOF or rule.endpoint.startswith("attachments."):
            continue  # the assistant handles pictures of its conversations under a code of theirs
        for ask in RULES[rule.endpoint]:
            plain = [answered(hall, Cell(method, rule, ask, who, "-", OPEN)).status_code for who in hall.askers]
            if len(set(plain)) > 1:
                different.append((method, str(rule), plain))
    assert not different
