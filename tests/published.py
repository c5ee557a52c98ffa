"""Checks every answer in a test against the published contract, down to each member."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, request
from jsonschema import Draft202012Validator

from kiosk_api.web.api.publishing import document


def watch(app: Flask) -> list[str]:
    """Deviations of `app`'s answers from the contract; the list grows as calls are made."""
    exact = json.loads(json.dumps(document(app)))  # a copy; ten times as quick as deepcopy
    for schema in exact["components"]["schemas"].values():
        if schema.get("type") == "object" and "properties" in schema:
            schema["additionalProperties"] = (
                False  # clients must accept more members; our own answers must be documented
            )
    found: list[str] = []

    @app.after_request
    def _as_published(response: Response) -> Response:
        rule = str(request.url_rule).replace("<", "{").replace(">", "}")
        operation = exact["paths"].get(rule, {}).get(request.method.lower())
        if operation is not None:
            found.extend(f"{request.method} {rule} {fault}" for fault in _faults(exact, operation, response))
        return response

    return found


def _faults(whole: dict[str, Any], operation: dict[str, Any], response: Response) -> Iterator[str]:
    declared = operation["responses"].get(str(response.status_code))
    if declared is None:
        yield f"answers {response.status_code}"
        return
    content = declared.get("content", {})
    if content and response.mimetype not in content:
        yield f"answers {response.status_code} as {response.mimetype}"
    elif response.is_json and content:
        schema = content[response.mimetype]["schema"]
        checked = Draft202012Validator({**schema, "components": whole["components"]})
        for one in checked.iter_errors(response.get_json()):
            # place and rule; never the content
            yield f"{response.status_code}: {'.'.join(map(str, one.path))} fails {one.validator}"
