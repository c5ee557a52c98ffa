"""Made-up requests from the published contract: no answer is a 5xx or breaks the contract.

Short and always the same in `make test`; KIOSK_LONG_TESTS=1 tries at least 20,000,
and `make attack-contract` a hundred thousand.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
import schemathesis
from openapi_spec_validator import validate
from schemathesis import GenerationMode

from tests.attacks.requests.made_up import attack, without_locks
from tests.attacks.requests.target import Target

LONG = os.environ.get("KIOSK_LONG_TESTS") == "1"
LEAST_CASES = 20_000
EXAMPLES = {GenerationMode.POSITIVE: 350, GenerationMode.NEGATIVE: 350} if LONG else {
    GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 2}  # fmt: skip


def test_the_contract_is_valid_and_names_every_call(target: Target) -> None:
    document = target.client.get("/api/v1/openapi.json").get_json()
    validate(document)
    published = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    served = {
        str(rule) for rule in target.app.url_map.iter_rules()
        if str(rule).startswith(("/api/", "/channels/", "/healthz", "/readyz", "/metrics"))
    }  # fmt: skip
    assert served - published == {"/api/v1/openapi.json"}
    assert document["components"]["securitySchemes"]["officer"]["scheme"] == "bearer"


def test_every_refusal_is_declared_as_a_problem_with_a_time_to_retry(target: Target) -> None:
    document = target.client.get("/api/v1/openapi.json").get_json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and path != "/readyz":
                    assert list(answer["content"]) == ["application/problem+json"], (path, method, status)
                if status in ("429", "503"):
                    assert answer["headers"]["Retry-After"]["required"], (path, method)
            assert {"400", "429", "503"} <= set(operation["responses"])
            desk = path.startswith("/api/v1/desk/") and (path, method) != ("/api/v1/desk/session", "post")
            assert (operation.get("security") == [{"officer": []}]) == desk, (path, method)


def test_made_up_requests_never_break_the_contract(target: Target) -> None:
    schema = schemathesis.openapi.from_wsgi("/open", without_locks(target))
    tried: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode, examples in EXAMPLES.items():
            attack(target, operation, mode, examples, tried, statuses, thorough=LONG)
    print(f"{sum(tried.values())} cases over {len(tried)} calls; answers by status: {sorted(statuses.items())}")
    assert len(tried) >= 45
    if LONG:
        assert sum(tried.values()) >= LEAST_CASES


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v1/petitions", "/internal/v1/nowhere", "/channels/x"])
def test_a_wrong_address_or_method_gives_programs_a_problem_document(target: Target, path: str) -> None:
    answer = target.client.get(path)
    assert answer.status_code in (404, 405)
    assert answer.mimetype == "application/problem+json"
    assert (answer.status_code == 405) == ("Allow" in answer.headers)


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/receipt", 405)])
def test_a_wrong_address_or_method_gives_people_a_page(target: Target, path: str, status: int) -> None:
    answer = target.client.put(path) if status == 405 else target.client.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
