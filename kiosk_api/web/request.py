"""Reading requests: the context, the caller's address, and a JSON object or a clear error."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.context import Context


def ctx() -> Context:
    """The use cases' world, wired in app.py."""
    context: Context = current_app.extensions["kiosk"]
    return context


def source() -> str:
    """Where the caller is, for budgets only; stored as a keyed mark, never in clear."""
    return request.remote_addr or "unknown"


def json_object() -> dict[str, Any]:
    """The request body. Raises DomainError `bad_json` unless it is a JSON object."""
    body = request.get_json(silent=True, force=True)
    if not isinstance(body, dict):
        raise DomainError("bad_json", "提交的格式不对，请用页面上的按钮提交，或刷新页面再试。")
    return body


def idempotency_key() -> str | None:
    """The header that makes a retry harmless."""
    return request.headers.get("Idempotency-Key")
