"""Requests made up from the published contract, for the suite and for long runs (`make attack-contract`)."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import schemathesis
from flask import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as conforms

from kiosk_api.domain.typed import clean, is_text
from kiosk_api.web.api.internal import DiscardBody, FieldBody, LoadBody, SaveBody
from tests.attacks.requests.target import OFFICER_CALLS, Target

CHECKS = [
    not_a_server_error, conforms.status_code_conformance, conforms.content_type_conformance,
    conforms.response_headers_conformance, conforms.response_schema_conformance,
]  # fmt: skip
schemathesis.serializer.alias("audio/wav", "application/octet-stream")  # it knows no sound of its own
# Documented answers of parts that are switched off in a test: library, printer, voice.
OFF = {"handwriting_off", "card_off", "hearing_off", "hearing_busy", "speech_off", "printer_off"}
# Calls that accept any text: no request is invalid. The search for one takes seconds: long form only.
NEVER_WRONG = {
    "POST /channels/twilio", "POST /channels/twilio/status", "GET /api/v1/attachments", "POST /api/v1/attachments/phone-visits",
    "POST /api/v1/attachments/bundles", "POST /api/v1/attachments/phone-link", "DELETE /api/v1/attachments/phone-link",
    "DELETE /api/v1/attachments/bundles", "POST /api/v1/card",
}  # fmt: skip

INTERNAL = {"fields/check": FieldBody, "drafts/save": SaveBody, "drafts/load": LoadBody, "drafts/discard": DiscardBody}
PROBLEM = {"type": "object", "required": ["code", "title", "detail", "errors"]}


def without_locks(target: Target) -> Callable[..., Iterable[bytes]]:
    """The application, which also gives a contract that asks for no sign-in: every request here
    carries one, so a missing sign-in is not among the generated faults."""
    document = deepcopy(target.client.get("/api/v1/openapi.json").get_json())
    document["paths"] |= internal_calls()
    for operations in document["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    answer = Response(json.dumps(document), mimetype="application/json")

    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        inner = answer if environ["PATH_INFO"] == "/open" else target.app.wsgi_app
        return inner(environ, start)

    return application


def internal_calls() -> dict[str, Any]:
    """The calls of the assistant, which the contract does not publish, in the same form."""
    refusals = {str(status): {"description": "refused", "content": {"application/problem+json": {"schema": PROBLEM}}}
                for status in (400, 404, 413, 415, 422, 429, 503)}  # fmt: skip
    fine = {"200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}}
    return {
        f"/internal/v1/{path}": {"post": {
            "requestBody": {"required": True, "content": {"application/json": {"schema": model.model_json_schema()}}},
            "responses": {**fine, **refusals},
        }}
        for path, model in INTERNAL.items()
    }  # fmt: skip


def attack(target: Target, operation: schemathesis.APIOperation, mode: GenerationMode, examples: int,
           tried: Counter[str], statuses: Counter[int], *, thorough: bool, start: int = 14) -> None:  # fmt: skip
    """`examples` requests to one call; a third of them name the case, token or bundle that exist.

    `thorough` also looks for a wrong request where hardly any is one; `start` chooses the requests. Raises what a check found.
    """
    checks = [*CHECKS, conforms.negative_data_rejection] if mode is GenerationMode.NEGATIVE else CHECKS
    if mode is GenerationMode.NEGATIVE and not takes_anything(operation):
        return
    if mode is GenerationMode.NEGATIVE and operation.label in NEVER_WRONG and not thorough:
        return
    target.sign_in_again()

    @seed(start)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), known=st.integers(0, 2))
    def run(case: schemathesis.Case, known: int) -> None:
        if known == 0 and mode is GenerationMode.POSITIVE:
            aim(target, case)
        signed_in = OFFICER_CALLS if "/desk/" in case.path else {}
        if case.path.startswith("/internal/"):
            signed_in = {"X-Bot-Key": target.app.extensions["kiosk"].bot_key}
        key = {"Idempotency-Key": secrets.token_hex(8)} if mode is GenerationMode.POSITIVE else {}
        # as it is: the caller within the process unpacks nothing
        response = case.call(headers={**signed_in, **key, "Accept-Encoding": "identity"})
        tried[f"{case.method} {case.path}"] += 1
        statuses[response.status_code] += 1
        if response.status_code == 503 and response.json().get("code") in OFF:
            return
        looked_for = CHECKS if has_unseen_signs(case.body) else checks
        case.validate_response(response, checks=looked_for)

    try:
        run()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE and operation.label in NEVER_WRONG, operation.label


def has_unseen_signs(value: Any) -> bool:
    """Whether reading the body takes signs out of it (web/reading.py): a text that is too long as sent may fit then."""
    if isinstance(value, str):
        return is_text(value) and clean(value) != value
    if isinstance(value, dict):
        return any(has_unseen_signs(one) for one in value.values())
    return isinstance(value, list) and any(has_unseen_signs(one) for one in value)


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
