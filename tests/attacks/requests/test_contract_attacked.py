"""Made-up requests from the published contract: no answer is a 5xx or breaks the contract.

Short and always the same in `make test`; KIOSK_LONG_TESTS=1 tries at least 20,000.
"""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from flask import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as conforms

from tests.attacks.requests.target import OFFICER_CALLS, Target

LONG = os.environ.get("KIOSK_LONG_TESTS") == "1"
LEAST_CASES = 20_000
EXAMPLES = {GenerationMode.POSITIVE: 350, GenerationMode.NEGATIVE: 350} if LONG else {
    GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 2}  # fmt: skip
CHECKS = [
    not_a_server_error, conforms.status_code_conformance, conforms.content_type_conformance,
    conforms.response_headers_conformance, conforms.response_schema_conformance,
]  # fmt: skip
# Documented answers of parts that are switched off in a test: library, printer, voice.
OFF = {"handwriting_off", "speech_off", "printer_off"}
# Calls that accept any text: no request is invalid. The search for one takes seconds: long form only.
NEVER_WRONG = {
    "POST /channels/twilio", "POST /channels/twilio/status", "GET /api/v1/attachments", "POST /api/v1/attachments/phone-visits",
    "POST /api/v1/attachments/bundles", "POST /api/v1/attachments/phone-link", "DELETE /api/v1/attachments/phone-link",
    "DELETE /api/v1/attachments/bundles",
}  # fmt: skip


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
            attack(target, operation, mode, examples, tried, statuses)
    print(f"{sum(tried.values())} cases over {len(tried)} calls; answers by status: {sorted(statuses.items())}")
    assert len(tried) >= 45
    if LONG:
        assert sum(tried.values()) >= LEAST_CASES


def without_locks(target: Target) -> Callable[..., Iterable[bytes]]:
    """The application, which also gives a contract that asks for no sign-in: every request here
    carries one, so a missing sign-in is not among the generated faults."""
    document = deepcopy(target.client.get("/api/v1/openapi.json").get_json())
    for operations in document["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    answer = Response(json.dumps(document), mimetype="application/json")

    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        inner = answer if environ["PATH_INFO"] == "/open" else target.app.wsgi_app
        return inner(environ, start)

    return application


def attack(target: Target, operation: schemathesis.APIOperation, mode: GenerationMode, examples: int,
           tried: Counter[str], statuses: Counter[int]) -> None:  # fmt: skip
    """`examples` requests to one call; a third of them name the case, token or bundle that exist."""
    checks = [*CHECKS, conforms.negative_data_rejection] if mode is GenerationMode.NEGATIVE else CHECKS
    if mode is GenerationMode.NEGATIVE and not takes_anything(operation):
        return
    if mode is GenerationMode.NEGATIVE and operation.label in NEVER_WRONG and not LONG:
        return
    target.sign_in_again()

    @seed(14)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), known=st.integers(0, 2))
    def run(case: schemathesis.Case, known: int) -> None:
        if known == 0 and mode is GenerationMode.POSITIVE:
            aim(target, case)
        signed_in = OFFICER_CALLS if "/desk/" in case.path else {}
        key = {"Idempotency-Key": secrets.token_hex(8)} if mode is GenerationMode.POSITIVE else {}
        # as it is: the caller within the process unpacks nothing
        response = case.call(headers={**signed_in, **key, "Accept-Encoding": "identity"})
        tried[f"{case.method} {case.path}"] += 1
        statuses[response.status_code] += 1
        if response.status_code == 503 and response.json().get("code") in OFF:
            return
        case.validate_response(response, checks=checks)

    try:
        run()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE and operation.label in NEVER_WRONG, operation.label


def takes_anything(operation: schemathesis.APIOperation) -> bool:
    """Nothing can be wrong with a request to a call that takes neither body nor parameters."""
    return bool(list(operation.body) or list(operation.iter_parameters()))


def aim(target: Target, case: schemathesis.Case) -> None:
    """Name what exists, so that more than the refusals is reached."""
    if "number" in (case.path_parameters or {}):
        case.path_parameters["number"] = target.case_number
    if "X-Bundle" in (case.headers or {}):
        case.headers["X-Bundle"] = target.bundle_token
    if isinstance(case.body, dict) and "lookup_token" in case.body:
        case.body |= {"lookup_token": target.lookup_token, "phone_tail": "5678"}


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
